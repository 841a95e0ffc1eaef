// A program that stays, on a clock of the test: it can be stopped as soon as it says that it runs, and never stays longer than two seconds after.
import { afterEach, expect, it, vi } from 'vitest';
import type { Clock } from '#schema/values/clock';
import { stayUntilStopped } from './foreground.ts';

afterEach(() => vi.restoreAllMocks());

/** Timers that come due when the test lets them. */
function heldClock() {
  const timers = new Set<{ delayMs: number; call: () => void }>();
  const clock: Clock = {
    now: () => 0,
    after(delayMs, call) {
      const timer = { delayMs, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  return { clock, timers };
}

const exits = () => vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
const signal = () => process.emit('SIGHUP', 'SIGHUP');

it('[OPS-01] stopped in the moment in which it says that it runs, it ends in order', async () => {
  const exit = exits();
  const { clock, timers } = heldClock();
  const stop = vi.fn(async () => undefined);
  await stayUntilStopped({ begun: () => void signal(), stop, tell: () => undefined, clock });
  expect(stop).toHaveBeenCalledOnce();
  expect(exit).not.toHaveBeenCalled();
  // Nothing is left but the moment in which a library may still end.
  expect([...timers].map(({ delayMs }) => delayMs)).toEqual([50]);
});

it('[OPS-01] what will not stop is ended after two seconds, or at once when it is asked twice', async () => {
  const exit = exits();
  const { clock, timers } = heldClock();
  let stopped = () => {};
  const stop = () =>
    new Promise<void>((resolve) => {
      stopped = resolve;
    });
  const staying = stayUntilStopped({ begun: () => void signal(), stop, tell: () => undefined, clock });
  await vi.waitFor(() => expect(timers.size).toBe(1));
  const [deadline] = timers;
  expect(deadline?.delayMs).toBe(2_000);
  deadline?.call();
  expect(exit).toHaveBeenCalledTimes(1);
  signal();
  expect(exit).toHaveBeenCalledTimes(2);
  stopped();
  await staying;
});
