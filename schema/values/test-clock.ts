// A clock for tests: time passes when the test says so, and what waits is called in the order in which it is due.
import type { Clock } from './clock.ts';

export interface HandClock extends Clock {
  /** Lets time pass, and all that was promised meanwhile settle. */
  pass(ms: number): Promise<void>;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

export function handClock(startMs = 0): HandClock {
  let now = startMs;
  const waits = new Set<{ at: number; call: () => void }>();
  return {
    now: () => now,
    after(delayMs, call) {
      const wait = { at: now + delayMs, call };
      waits.add(wait);
      return () => void waits.delete(wait);
    },
    async pass(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [next] = [...waits].filter(({ at }) => at <= until).sort((left, right) => left.at - right.at);
        if (!next) break;
        waits.delete(next);
        now = Math.max(now, next.at);
        next.call();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}

export interface JumpClock extends Clock {
  /** It is so much later at once; what waits goes on waiting. */
  jump(ms: number): void;
}

/** A real clock that stood at another time when it began, and can jump. */
export function jumpClock(clock: Clock, startMs: number): JumpClock {
  let ahead = startMs - clock.now();
  return {
    now: () => clock.now() + ahead,
    after: clock.after,
    jump(ms) {
      ahead += ms;
    },
  };
}
