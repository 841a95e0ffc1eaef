// What a turn of the simulated motor brings about comes in the order of a real one, however late its timers run.
import { expect, it } from 'vitest';
import type { Clock } from '#schema/values/clock';
import { createMechanism, soundMechanism } from './mechanism.ts';

/** As in a process that was kept waiting: all timers are due, and the longest run first. */
function lateClock() {
  const timers = new Set<{ delayMs: number; run: () => void }>();
  const clock: Clock = {
    now: () => 0,
    after(delayMs, run) {
      const timer = { delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const runAll = () => {
    while (timers.size > 0) {
      const [next] = [...timers].sort((one, other) => other.delayMs - one.delayMs);
      if (!next) return;
      timers.delete(next);
      next.run();
    }
  };
  return { clock, runAll };
}

it.each([
  [false, ['drop', 'home']],
  [true, ['drop', 'drop', 'home']],
])('[DSP-08] goods fall before the motor is home (two of them: %s)', (doubleDrop, expected) => {
  const { clock, runAll } = lateClock();
  const seen: string[] = [];
  const mechanism = createMechanism({
    clock,
    motorMs: 60,
    switches: { ...soundMechanism(), doubleDrop },
    sense({ sensor, slot }) {
      seen.push(sensor);
      if (sensor === 'home') mechanism.motor(slot, false);
    },
  });
  mechanism.motor(0, true);
  runAll();
  expect(seen).toEqual(expected);
});
