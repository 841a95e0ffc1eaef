// Single functions of the C core, called through the hooks that firmware/test/hooks.c adds to a test build.
import { type DeviceIdentity, frameLayout, identityLayout } from '#schema/wire/dispenser';
import type { Frame } from '#schema/wire/dispenser-frame';
import { encode, sizeOf } from '#schema/wire/layout';
import { trialModule } from './wasm.ts';

type Call = (...args: number[]) => number;

export interface CoreHooks {
  sha256(bytes: Uint8Array): Uint8Array;
  hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array;
  crc32(bytes: Uint8Array): number;
  base32(text: string, length: number): Uint8Array | null;
  /** The number of the refusal. */
  voucher(text: string, by: { dispenserNumber: number; keyEpoch: number; rootKey: Uint8Array }): number;
  opensSeal(identity: DeviceIdentity, counter: number, message: Uint8Array): boolean;
  frameLine(frame: Frame): Uint8Array;
  /** How many frames these bytes of the line end. */
  framesIn(line: Uint8Array): number;
  window: { init(): void; used(serial: number): boolean; use(serial: number): void; raise(base: number): void };
}

export async function coreHooks(): Promise<CoreHooks> {
  const module = await trialModule();
  const host = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]));
  const { exports } = new WebAssembly.Instance(module, { host });
  const memory = exports.memory as WebAssembly.Memory;
  const call = (name: string, ...args: number[]) => (exports[name] as Call)(...args);
  const scratch = call('hookScratch');
  const place = (...parts: Uint8Array[]) => {
    const bytes = Buffer.concat(parts);
    new Uint8Array(memory.buffer, scratch, bytes.length).set(bytes);
    return bytes.length;
  };
  const take = (at: number, length: number) => new Uint8Array(memory.buffer, scratch + at, length).slice();
  return {
    sha256(bytes) {
      call('hookSha256', place(bytes));
      return take(bytes.length, 32);
    },
    hmac(key, bytes) {
      const end = place(key, bytes);
      call('hookHmac', bytes.length);
      return take(end, 32);
    },
    crc32: (bytes) => call('hookCrc32', place(bytes)) >>> 0,
    base32(text, length) {
      const end = place(Buffer.from(text, 'latin1'));
      return call('hookBase32', end, length) === 1 ? take(end, length) : null;
    },
    voucher(text, by) {
      const code = Buffer.from(text, 'latin1');
      place(by.rootKey, code);
      return call('hookVoucher', by.dispenserNumber, by.keyEpoch, code.length);
    },
    opensSeal(identity, counter, message) {
      place(encode(identityLayout, identity), message);
      return call('hookSeal', counter, message.length) === 1;
    },
    frameLine({ flags, payload, ...head }) {
      place(encode(frameLayout, { ...head, versionFlags: flags }), payload);
      const length = call('hookFrameWrite', payload.length);
      return take(sizeOf(frameLayout) + payload.length, length);
    },
    framesIn: (line) => call('hookFrameTake', place(line)),
    window: {
      init: () => void call('hookWindowInit'),
      used: (serial) => call('hookWindowUsed', serial) === 1,
      use: (serial) => void call('hookWindowUse', serial),
      raise: (base) => void call('hookWindowRaise', base),
    },
  };
}
