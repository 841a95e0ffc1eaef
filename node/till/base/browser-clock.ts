// The browser's clock and chance. Everything else receives them, so that tests can bring their own.
import type { Clock, RandomBytes } from '#schema/values/clock';

export const browserClock: Clock = {
  now: () => Date.now(),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

/** `getRandomValues` works on plain HTTP in a shop's network; `randomUUID` and `subtle` do not. */
export const browserRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
