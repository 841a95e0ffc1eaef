// For tests: a clock whose time passes when the test says so.
import type { Clock } from '#schema/values/clock';

export interface TestClock extends Clock {
  /** Calls whatever is due within the time, in order. */
  pass(durationMs: number): void;
  /** How many timers wait. */
  waiting(): number;
}

export function createTestClock(start = Date.UTC(2026, 10, 21)): TestClock {
  let now = start;
  const timers = new Set<{ at: number; call: () => void }>();
  return {
    now: () => now,
    after(delayMs, call) {
      const timer = { at: now + delayMs, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(durationMs) {
      const end = now + durationMs;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        now = next.at;
        next.call();
      }
      now = end;
    },
    waiting: () => timers.size,
  };
}
