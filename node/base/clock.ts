// The real clock, turn and randomness of a store node; everything else receives them as arguments.
import { randomFillSync } from 'node:crypto';
import type { Clock, RandomBytes } from '#schema/values/clock';

// Node fires a timer above this at once, so longer waits are waited in legs.
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

export const randomBytes: RandomBytes = (length) => randomFillSync(new Uint8Array(length));

/** Calls when everything that arrived in this turn of the event loop has been taken in. */
export type EndOfTurn = (call: () => void) => void;

export const endOfTurn: EndOfTurn = (call) => {
  setImmediate(call);
};
