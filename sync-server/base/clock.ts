// The real clock and the real randomness; everything else receives them as arguments.
import { randomBytes as cryptoBytes } from 'node:crypto';
import type { Clock, RandomBytes } from '#schema/values/clock';

// Node fires a longer timer at once, so a delay beyond this is waited for in legs.
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, call) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number) => {
      const legMs = Math.min(leftMs, longestTimerMs);
      timer = setTimeout(() => (leftMs > legMs ? wait(leftMs - legMs) : call()), legMs);
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
};

export const randomBytes: RandomBytes = (length) => new Uint8Array(cryptoBytes(length));
