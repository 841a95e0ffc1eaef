// The command's clock, timers and randomness: the one place of the command line where they are real; all else takes them as arguments.
import { randomBytes } from 'node:crypto';
import type { Clock, RandomBytes } from '#schema/values/clock';

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

export const systemRandom: RandomBytes = (length) => randomBytes(length);

export const wait = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
