// The dispenser's end of a serial line, as the C core in a WebAssembly module has it: bytes of the line in and out, messages in and out.
import { assert } from '#schema/values/assert';

export interface CoreLinkPort {
  write(bytes: Uint8Array): void;
  message(bytes: Uint8Array): void;
  up(up: boolean): void;
}

export interface CoreLink {
  bytes(chunk: Uint8Array, nowMs: number): void;
  send(message: Uint8Array, nowMs: number): boolean;
  /** After how many milliseconds it wants to be called again. */
  tick(nowMs: number): number;
}

interface LinkExports {
  memory: WebAssembly.Memory;
  linkInput(): number;
  linkEvents(): number;
  linkTakeEvents(): number;
  linkOpen(nowMs: number, epoch: number): void;
  linkBytes(nowMs: number, length: number): void;
  linkSend(nowMs: number, length: number): number;
  linkTick(nowMs: number): number;
}

const inputSize = 256;
/** As in firmware/ports/wasm/line.c. */
const kinds = { write: 0, message: 1, up: 2 } as const;

/** One instance holds one link. Everything that a call brings about is told before it returns. */
export function openCoreLink(
  exports: WebAssembly.Exports,
  port: CoreLinkPort,
  options: { epoch: number; nowMs: number },
): CoreLink {
  const core = exports as unknown as LinkExports;

  function place(bytes: Uint8Array): number {
    assert(bytes.length <= inputSize, `${bytes.length} bytes are more than the core takes at once`);
    new Uint8Array(core.memory.buffer, core.linkInput(), bytes.length).set(bytes);
    return bytes.length;
  }

  function tell(): void {
    const events = new Uint8Array(core.memory.buffer, core.linkEvents(), core.linkTakeEvents()).slice();
    const view = new DataView(events.buffer);
    for (let at = 0; at < events.length; ) {
      const kind = view.getUint8(at);
      const bytes = events.subarray(at + 3, at + 3 + view.getUint16(at + 1));
      at += 3 + bytes.length;
      if (kind === kinds.write) port.write(bytes);
      else if (kind === kinds.message) port.message(bytes);
      else port.up(kind === kinds.up);
    }
  }

  core.linkOpen(options.nowMs, options.epoch);
  tell();
  return {
    bytes(chunk, nowMs) {
      for (let at = 0; at < chunk.length; at += inputSize) {
        core.linkBytes(nowMs, place(chunk.subarray(at, at + inputSize)));
        tell();
      }
    },
    send(message, nowMs) {
      const taken = core.linkSend(nowMs, place(message)) !== 0;
      tell();
      return taken;
    },
    tick(nowMs) {
      const waitMs = core.linkTick(nowMs) >>> 0;
      tell();
      return waitMs;
    },
  };
}
