// Every second cut in every recovery, and the mutants that the sweep must catch: minutes, so not among the plain suites.
import { afterAll, describe, expect, it } from 'vitest';
import { cutTrial, imageBeforeMove, stepsOf } from '#scripts/dispenser-trial/cuts';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';

const mutants = [
  ['NO_FLOOR', 'poured again after its sector was reused'],
  ['NO_CARRY', 'forgotten'],
  ['NO_CRC', 'the journal gave up after a mere power cut'],
  ['RUN_AFTER_MOTOR', 'certainly nothing, and the motor ran'],
  ['MOTOR_BEFORE_INTENT', 'the motor ran again'],
  ['OK_BEFORE_DROP', 'ok, and nothing fell'],
] as const;

describe('the sweep over power cuts', () => {
  let cuts = 0;
  let caught = 0;

  afterAll(() => console.log(`power cuts: ${cuts} places, nothing broken; ${caught} of ${mutants.length} mutants caught`));

  it('[DSP-05] finds nothing broken at any second cut within any recovery', { timeout: 900_000 }, async () => {
    const module = await trialModule();
    const trial = { module, ...imageBeforeMove(module) };
    const steps = stepsOf(trial);
    let second = 0;
    for (let cutAt = 0; cutAt < steps; cutAt++) {
      const { recoverySteps } = cutTrial({ ...trial, cutAt });
      for (let secondCutAt = 0; secondCutAt < recoverySteps; secondCutAt++) {
        second += 1;
        expect(cutTrial({ ...trial, cutAt, secondCutAt }).broken, `cut at ${cutAt}, then ${secondCutAt}`).toEqual([]);
      }
    }
    cuts = steps + second;
    console.log(`power cuts: ${steps} first, ${second} second`);
  });

  it.each(mutants)('[DSP-05] catches the mutant %s: %s', { timeout: compileTimeoutMs }, async (mutant, promise) => {
    const sound = await trialModule();
    const module = await trialModule(mutant);
    const before = imageBeforeMove(sound);
    const steps = stepsOf({ module: sound, ...before });
    let cutAt = 0;
    let broken: string[] = [];
    while (cutAt < steps && !broken.some((told) => told.includes(promise))) {
      ({ broken } = cutTrial({ module, ...before, cutAt }));
      cutAt += 1;
    }
    console.log(`${mutant}: caught after ${cutAt} of ${steps} cuts`);
    expect(broken.join('\n')).toContain(promise);
    caught += 1;
  });
});
