// A serial line between the C core's link and the node's, on a clock that stands still: bytes take their time, and noise does what it likes.
import { openCoreLink } from '#node/devices/virtual/core-link';
import { nodeLink } from '#schema/wire/dispenser-link';
import { trialClock } from './clock.ts';

/** What noise makes of what one end wrote at once: any number of pieces, each so many milliseconds late. */
export type Noise = (bytes: Uint8Array, random: () => number) => { bytes: Uint8Array; lateMs: number }[];

export interface LinkEnd {
  /** Says so many messages, numbered within this opening of the link. Returns how many were taken. */
  say(count: number): number;
  /** In order: [the opening, as the other end counts, the number within it]. */
  heard: [number, number][];
  isUp(): boolean;
  ups: number;
  /** The program behind this end starts again. */
  restart(): void;
}

export interface NoisyLine {
  dispenser: LinkEnd;
  node: LinkEnd;
  noise: { toNode: Noise; toDispenser: Noise };
  pass(ms: number): void;
}

interface Speaker {
  bytes(chunk: Uint8Array, nowMs: number): void;
  send(message: Uint8Array, nowMs: number): boolean;
  tick(nowMs: number): number;
}

interface SpeakerPort {
  write(bytes: Uint8Array): void;
  message(bytes: Uint8Array): void;
  up(up: boolean): void;
}

const byteMs = 10 / 115.2;

export const quiet: Noise = (bytes) => [{ bytes, lateMs: 0 }];

/** The same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function noisyLine(options: { module: WebAssembly.Module; seed: number; startMs?: number }): NoisyLine {
  const clock = trialClock(options.startMs ?? 1000);
  const random = seeded(options.seed);
  const host = Object.fromEntries(WebAssembly.Module.imports(options.module).map(({ name }) => [name, () => 0]));
  const line: NoisyLine['noise'] = { toNode: quiet, toDispenser: quiet };

  function end(open: (port: SpeakerPort, life: number) => Speaker, carry: (bytes: Uint8Array) => void) {
    let life = 0;
    let isUp = false;
    let index = 0;
    let cancelTick = () => {};
    let speaker: Speaker;
    const number = new Uint8Array(10);
    const view = new DataView(number.buffer);

    const tick = () => {
      cancelTick();
      cancelTick = clock.after(Math.max(1, speaker.tick(clock.now())), tick);
    };
    const port = (of: number): SpeakerPort => ({
      write: (bytes) => of === life && carry(bytes.slice()),
      message(bytes) {
        const heard = new DataView(bytes.buffer, bytes.byteOffset);
        self.heard.push([heard.getUint32(2), heard.getUint32(6)]);
      },
      up(up) {
        isUp = up;
        if (up) self.ups += 1;
        index = 0;
      },
    });
    const self: LinkEnd & { take(bytes: Uint8Array): void } = {
      heard: [],
      ups: 0,
      isUp: () => isUp,
      say(count) {
        let taken = 0;
        for (let more = 0; more < count; more++) {
          number[0] = 1;
          number[1] = 0x10;
          view.setUint32(2, self.ups);
          view.setUint32(6, index);
          const padding = new Uint8Array(Math.floor(random() ** 3 * 234)).fill(random() * 256);
          if (!speaker.send(Uint8Array.from([...number, ...padding]), clock.now())) break;
          index += 1;
          taken += 1;
        }
        tick();
        return taken;
      },
      restart() {
        life += 1;
        isUp = false;
        speaker = open(port(life), life);
        tick();
      },
      take(bytes) {
        speaker.bytes(bytes, clock.now());
        tick();
      },
    };
    return self;
  }

  const freeAt = { toNode: 0, toDispenser: 0 };
  const carry = (way: keyof NoisyLine['noise'], to: () => { take(bytes: Uint8Array): void }) => (bytes: Uint8Array) => {
    freeAt[way] = Math.max(freeAt[way], clock.now()) + bytes.length * byteMs;
    for (const piece of line[way](bytes, random)) {
      clock.after(Math.ceil(freeAt[way] - clock.now()) + piece.lateMs, () => to().take(piece.bytes));
    }
  };
  const dispenser = end(
    (port, life) =>
      openCoreLink(new WebAssembly.Instance(options.module, { host }).exports, port, { epoch: life * 5000, nowMs: clock.now() }),
    carry('toNode', () => node),
  );
  const node = end(
    (port, life) => nodeLink(port, { nonce: life * 1000, nowMs: clock.now() }),
    carry('toDispenser', () => dispenser),
  );
  dispenser.restart();
  node.restart();
  return { dispenser, node, noise: line, pass: clock.pass };
}
