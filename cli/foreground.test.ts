// A program that stays, on a clock of the test: it can be stopped as soon as it says that it runs, and never stays longer than two seconds after.
import { afterEach, expect, it, vi } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import { stayUntilStopped } from './foreground.ts';

afterEach(() => vi.restoreAllMocks());

const exits = () => vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
const signal = () => process.emit('SIGHUP', 'SIGHUP');

it('[OPS-01] stopped in the moment in which it says that it runs, it ends in order', async () => {
  const exit = exits();
  const clock = handClock();
  const stop = vi.fn(async () => undefined);
  await stayUntilStopped({ begun: () => void signal(), stop, tell: () => undefined, clock });
  expect(stop).toHaveBeenCalledOnce();
  // Nothing is left but the moment in which a library may still end.
  await clock.pass(49);
  expect(exit).not.toHaveBeenCalled();
  await clock.pass(10_000);
  expect(exit).toHaveBeenCalledOnce();
});

it('[OPS-01] what will not stop is ended after two seconds, or at once when it is asked twice', async () => {
  const exit = exits();
  const clock = handClock();
  let stopped = () => {};
  const stop = () =>
    new Promise<void>((resolve) => {
      stopped = resolve;
    });
  const staying = stayUntilStopped({ begun: () => void signal(), stop, tell: () => undefined, clock });
  await clock.pass(1_999);
  expect(exit).not.toHaveBeenCalled();
  await clock.pass(1);
  expect(exit).toHaveBeenCalledTimes(1);
  signal();
  expect(exit).toHaveBeenCalledTimes(2);
  stopped();
  await staying;
});
