// The serial link over a bad line: the C core's end against the node's. Whatever noise does, each message comes once, whole and in order,
// and what does not come is told by the link going down.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { frameReader, writeFrame } from '#schema/wire/dispenser-frame';
import { type CoreHooks, coreHooks } from '#scripts/dispenser-trial/hooks';
import { type LinkEnd, type Noise, noisyLine, quiet } from '#scripts/dispenser-trial/noisy-line';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { type dispenserVectors, vectorsFile } from '#scripts/dispenser-vectors';

const vectors: ReturnType<typeof dispenserVectors> = JSON.parse(readFileSync(vectorsFile, 'utf8'));
const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const framesIn = (line: Uint8Array) => {
  const reader = frameReader();
  return [...line].flatMap((byte) => reader.take(byte) ?? []);
};

let module: WebAssembly.Module;
let core: CoreHooks;

beforeAll(async () => {
  module = await trialModule();
  core = await coreHooks();
}, compileTimeoutMs);

const lost: Noise = () => [];
const now = (bytes: Uint8Array) => [{ bytes, lateMs: 0 }];
/** One write in three suffers. */
const sometimes =
  (noise: Noise): Noise =>
  (bytes, random) =>
    random() < 1 / 3 ? noise(bytes, random) : quiet(bytes, random);
const place = (bytes: Uint8Array, random: () => number) => Math.floor(random() * bytes.length);
let held: Uint8Array | null = null;

const noises: Record<string, Noise> = {
  'flipped bits': (bytes, random) => {
    const at = place(bytes, random);
    return now(bytes.map((byte, index) => (index === at ? byte ^ (1 << Math.floor(random() * 8)) : byte)));
  },
  'writes cut short': (bytes, random) => now(bytes.slice(0, place(bytes, random))),
  'lost bytes': (bytes, random) => {
    const at = place(bytes, random);
    return now(bytes.filter((_, index) => index !== at));
  },
  'bytes from nowhere': (bytes, random) => {
    const at = place(bytes, random);
    return now(Uint8Array.from([...bytes.slice(0, at), Math.floor(random() * 256), ...bytes.slice(at)]));
  },
  'repeated writes': (bytes, random) => [...now(bytes), { bytes, lateMs: Math.floor(random() * 900) }],
  'writes that overtake each other': (bytes, random) => [{ bytes, lateMs: Math.floor(random() * 900) }],
  'writes run together': (bytes) => {
    const merged = held === null ? [] : now(Uint8Array.from([...held.slice(0, -1), ...bytes.slice(1)]));
    held = held === null ? bytes : null;
    return merged;
  },
  'the noise of a booting chip': (bytes, random) =>
    now(Uint8Array.from([...Array.from({ length: 80 }, () => Math.floor(random() * 256)), ...bytes])),
  'writes that never come': lost,
};

/** Numbers rise by one within an opening, from 0: nothing doubled, nothing out of order, nothing missing in between. */
function expectInOrder({ heard }: LinkEnd): void {
  let [opening, index] = [0, 0];
  for (const [nextOpening, nextIndex] of heard) {
    if (nextOpening === opening) expect(nextIndex).toBe(index + 1);
    else expect(nextOpening > opening && nextIndex === 0, `${nextOpening}.${nextIndex} after ${opening}.${index}`).toBe(true);
    [opening, index] = [nextOpening, nextIndex];
  }
}

describe('a frame', () => {
  it.each(vectors.frames)('[DSP-06] $what is the same bytes in C and in TypeScript', ({ what: _, line, ...frame }) => {
    const values = { ...frame, payload: bytesOf(frame.payload) };
    expect(Buffer.from(writeFrame(values)).toString('hex')).toBe(line);
    expect(Buffer.from(core.frameLine(values)).toString('hex')).toBe(line);
    expect(framesIn(bytesOf(line))).toEqual([values]);
    expect(core.framesIn(bytesOf(line))).toBe(1);
    expect(bytesOf(line).slice(1, -1)).not.toContain(0);
  });

  it('[DSP-06] with any one bit flipped, any byte lost or any byte put in is none, for either side', () => {
    const line = bytesOf(vectors.frames[0]?.line ?? '');
    for (let at = 1; at < line.length - 1; at++) {
      const damaged = [line.filter((_, index) => index !== at)];
      for (let bit = 0; bit < 8; bit++) damaged.push(line.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte)));
      for (const byte of [1, 2, 0x55, 0xff]) damaged.push(Uint8Array.from([...line.slice(0, at), byte, ...line.slice(at)]));
      for (const bytes of damaged) {
        expect(framesIn(bytes)).toEqual([]);
        expect(core.framesIn(bytes)).toBe(0);
      }
    }
  });

  it('[DSP-06] both sides find the same frames in any bytes, and longer ones than the longest do not count', () => {
    const good = bytesOf(vectors.frames[0]?.line ?? '');
    const piece = fc.oneof(
      fc.constant(good),
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ minLength: 250, maxLength: 300, min: 1 }),
      fc.constant(good.slice(0, 9)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const line = Uint8Array.from([0, ...pieces.flatMap((bytes) => [...bytes]), 0]);
        expect(core.framesIn(line)).toBe(framesIn(line).length);
      }),
    );
  });
});

describe('the serial link', () => {
  it('[DSP-06] comes up, and carries messages of every length both ways, in order', () => {
    const line = noisyLine({ module, seed: 1 });
    line.pass(100);
    expect([line.dispenser.isUp(), line.node.isUp()]).toEqual([true, true]);
    let said = 0;
    for (let round = 0; round < 50; round++) {
      said += line.dispenser.say(1);
      expect(line.node.say(3)).toBe(3);
      line.pass(200);
    }
    expect(said).toBe(50);
    expect(line.node.heard.length).toBe(50);
    expect(line.dispenser.heard.length).toBe(150);
    expectInOrder(line.node);
    expectInOrder(line.dispenser);
    expect([line.dispenser.ups, line.node.ups]).toEqual([1, 1]);
  });

  it.each(Object.entries(noises))('[DSP-06] %s double, lose and change no message, and do no harm once they end', (_, noise) => {
    for (let seed = 1; seed <= 15; seed++) {
      held = null;
      const line = noisyLine({ module, seed });
      line.noise.toNode = sometimes(noise);
      line.noise.toDispenser = sometimes(noise);
      for (let round = 0; round < 60; round++) {
        line.dispenser.say(2);
        line.node.say(2);
        line.pass(400);
      }
      expectInOrder(line.node);
      expectInOrder(line.dispenser);
      line.noise.toNode = quiet;
      line.noise.toDispenser = quiet;
      line.pass(10_000);
      expect([line.dispenser.isUp(), line.node.isUp()], `seed ${seed}`).toEqual([true, true]);
      const before = [line.node.heard.length, line.dispenser.heard.length];
      expect([line.dispenser.say(1), line.node.say(4)]).toEqual([1, 4]);
      line.pass(1000);
      expect([line.node.heard.length, line.dispenser.heard.length]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 4]);
      expectInOrder(line.node);
      expectInOrder(line.dispenser);
    }
  });

  it('[DSP-06] starts anew when either end restarts, at any moment, and takes nothing of the time before', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const line = noisyLine({ module, seed });
      const late: Noise = (bytes, random) => [{ bytes, lateMs: Math.floor(random() * 60) }];
      line.noise.toNode = sometimes(late);
      line.noise.toDispenser = sometimes(late);
      for (let round = 0; round < 12; round++) {
        line.pass((seed * 37 + round * 11) % 700);
        line.dispenser.say(1);
        line.node.say(2);
        line.pass((seed * 7 + round) % 40);
        (round % 2 ? line.node : line.dispenser).restart();
      }
      line.pass(10_000);
      expect([line.dispenser.isUp(), line.node.isUp()], `seed ${seed}`).toEqual([true, true]);
      expectInOrder(line.node);
      expectInOrder(line.dispenser);
      const before = line.dispenser.heard.length;
      line.node.say(3);
      line.pass(2000);
      expect(line.dispenser.heard.length).toBe(before + 3);
    }
  });

  it('[DSP-06] an old call that lay in a buffer opens no link, where what follows would count as repeated', () => {
    const line = noisyLine({ module, seed: 2 });
    let call: Uint8Array | undefined;
    line.noise.toNode = (bytes) => {
      if (framesIn(bytes)[0]?.ack === 1000) call ??= bytes;
      return now(bytes);
    };
    line.pass(100);
    line.node.say(1);
    line.pass(500);
    expect(line.dispenser.heard).toEqual([[1, 0]]);
    line.noise.toDispenser = lost;
    line.node.restart();
    line.noise.toDispenser = quiet;
    line.noise.toNode = (bytes) => [...now(call ?? bytes), ...now(bytes)];
    line.dispenser.say(1);
    line.noise.toNode = quiet;
    line.pass(50);
    const taken = line.node.say(1);
    line.pass(5000);
    expect(line.dispenser.heard.length).toBe(1 + taken);
    expect(line.node.isUp()).toBe(true);
  });

  it('[DSP-06] goes down at both ends when one way is dead, within three repetitions or a silence, and does not come up half', () => {
    for (const way of ['toNode', 'toDispenser'] as const) {
      const line = noisyLine({ module, seed: 3 });
      line.pass(200);
      line.noise[way] = lost;
      line.dispenser.say(1);
      line.pass(2300);
      expect(line.dispenser.isUp(), way).toBe(false);
      line.pass(20_000);
      expect(line.node.isUp(), way).toBe(false);
      expect([line.dispenser.say(1), line.node.say(1)]).toEqual([0, 0]);
      const ups = [line.dispenser.ups, line.node.ups];
      line.pass(60_000);
      expect([line.dispenser.ups, line.node.ups]).toEqual(ups);
      line.noise[way] = quiet;
      line.pass(2000);
      expect([line.dispenser.isUp(), line.node.isUp()]).toEqual([true, true]);
    }
  });

  it('[DSP-06] asks after a silence whether anyone is there, so an unplugged cable is noticed by both', () => {
    const line = noisyLine({ module, seed: 4 });
    line.pass(120_000);
    expect([line.dispenser.ups, line.node.ups]).toEqual([1, 1]);
    line.noise.toNode = lost;
    line.noise.toDispenser = lost;
    line.pass(20_000);
    expect([line.dispenser.isUp(), line.node.isUp()]).toEqual([false, false]);
    expect([line.dispenser.heard, line.node.heard]).toEqual([[], []]);
  });

  // Each of the 66,000 messages is looked at: seconds, and on a busy machine several times as many.
  it('[DSP-06] goes on past the last sequence number', { timeout: 120_000 }, () => {
    const line = noisyLine({ module, seed: 5 });
    line.pass(100);
    for (let round = 0; round < 1100; round++) {
      expect(line.node.say(60)).toBe(60);
      line.pass(3000);
    }
    expect(line.dispenser.heard.length).toBe(66_000);
    expectInOrder(line.dispenser);
    expect(line.node.ups).toBe(1);
  });

  it('[DSP-06] keeps time across the end of the millisecond counter', () => {
    const line = noisyLine({ module, seed: 6, startMs: 2 ** 32 - 5000 });
    line.pass(100);
    for (let round = 0; round < 20; round++) {
      line.dispenser.say(1);
      line.pass(500);
    }
    line.noise.toNode = lost;
    line.dispenser.say(1);
    line.pass(2300);
    expect(line.dispenser.isUp()).toBe(false);
    expect(line.node.heard.length).toBe(20);
  });
});
