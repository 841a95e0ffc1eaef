// The power goes at every flash step of some pours that cross a change of sectors. The mutants, and every second cut, are in
// power-cut.native.test.ts, which takes minutes.
import { beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '#scripts/dispenser-trial/bench';
import { cutAtEveryRecovery, cutTrial, imageBeforeMove, stepsOf } from '#scripts/dispenser-trial/cuts';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';

let trial: { module: WebAssembly.Module; image: Uint8Array; used: number };

beforeAll(async () => {
  const module = await trialModule();
  trial = { module, ...imageBeforeMove(module) };
}, compileTimeoutMs);

const bench = (image: Uint8Array, more: Partial<ConstructorParameters<typeof Bench>[0]> = {}) =>
  new Bench({ module: trial.module, image, acknowledges: () => true, isHollow: () => false, ...more });

describe('the dispenser’s journal', () => {
  it('[DSP-05] keeps its promises when the power goes at any flash step, and at some of its recovery', {
    timeout: 120_000,
  }, () => {
    const steps = stepsOf(trial);
    let second = 0;
    for (let cutAt = 0; cutAt < steps; cutAt++) {
      const { broken, recoverySteps } = cutTrial({ ...trial, cutAt });
      expect(broken, `cut at ${cutAt}`).toEqual([]);
      for (let secondCutAt = cutAt % 29; secondCutAt < recoverySteps; secondCutAt += 29) {
        second += 1;
        expect(cutTrial({ ...trial, cutAt, secondCutAt }).broken, `cut at ${cutAt}, then ${secondCutAt}`).toEqual([]);
      }
    }
    console.log(`power cuts: ${steps} first, ${second} second`);
    expect(steps).toBeGreaterThan(500);
    expect(second).toBeGreaterThan(100);
  });

  it('[DSP-05] begins its journal whenever the power went while it was first made', () => {
    const formatSteps = 4 + 2 * 32;
    for (let cutAt = 0; cutAt < formatSteps; cutAt++) {
      const machine = bench(new Uint8Array(2 * 4096).fill(0xff));
      machine.flash.cutAfter(cutAt);
      machine.powerOn();
      expect(machine.isOn()).toBe(false);
      machine.powerOn();
      machine.scan(1);
      machine.scan(1);
      expect(machine.of(1), `cut at ${cutAt}`).toMatchObject({ turns: 1, drops: 1 });
    }
  });

  it('[DSP-05] reaches the same verdict however often the power goes while it recovers', () => {
    for (const cutAt of [40, 70, 100]) {
      const { broken, cuts } = cutAtEveryRecovery({ ...trial, cutAt });
      expect(broken).toEqual([]);
      expect(cuts).toBe(500);
    }
  });

  it('[DSP-03] stops rather than pour again when a byte of its flash has rotted', () => {
    for (let at = 0; at < trial.image.length; at += 61) {
      const image = trial.image.slice();
      image[at] = (image[at] ?? 0) ^ (1 << (at % 8));
      const machine = bench(image);
      machine.powerOn();
      for (const serial of [1, 2, trial.used - 1, trial.used]) machine.scan(serial);
      expect(
        [...machine.seen.values()].every(({ turns }) => turns === 0),
        `byte ${at}`,
      ).toBe(true);
    }
  });

  it('[DSP-05] refuses to pour when the flash takes no more, and never before RUN is on it', () => {
    for (const failing of [0, 1]) {
      const machine = bench(trial.image.slice());
      machine.powerOn();
      let left = failing;
      const { program } = machine.flash;
      machine.flash.program = (offset, bytes) => (left-- > 0 ? program(offset, bytes) : false);
      machine.scan(1000);
      machine.scan(1001);
      expect(machine.of(1000).turns).toBe(0);
      expect(machine.node.of('scan').at(-1)?.refusal).toBe('out-of-service');
      expect(machine.node.of('state').at(-1)?.phase).toBe('out-of-service');
      machine.powerOff();
      machine.flash.program = program;
      machine.powerOn();
      machine.scan(1002);
      expect(machine.of(1002).drops).toBe(1);
    }
  });

  it('[DSP-05] wears its flash by one erase in 26 pours or more', () => {
    const machine = bench(new Uint8Array(2 * 4096).fill(0xff));
    machine.powerOn();
    let pours = 0;
    // The first erase formats, before anything was poured.
    while (machine.erases < 7) machine.scan(++pours);
    console.log(`pours per erase: ${(pours / 6).toFixed(1)}`);
    expect(pours / 6).toBeGreaterThan(26);
  });
});
