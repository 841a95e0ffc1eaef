// A clock that stands still until it is told to go on, for trials that pass hours in a moment.
import type { Clock } from '#schema/values/clock';

export interface TrialClock extends Clock {
  /** Runs what falls due, in order, until so much time has passed. */
  pass(ms: number): void;
}

export function trialClock(startMs: number): TrialClock {
  let nowMs = startMs;
  let order = 0;
  let due: { atMs: number; order: number; call: () => void }[] = [];
  const takeNext = (untilMs: number) => {
    let next: (typeof due)[number] | undefined;
    for (const entry of due) {
      if (entry.atMs <= untilMs && (!next || entry.atMs < next.atMs || (entry.atMs === next.atMs && entry.order < next.order))) {
        next = entry;
      }
    }
    due = due.filter((entry) => entry !== next);
    return next;
  };
  return {
    now: () => nowMs,
    after(delayMs, call) {
      const entry = { atMs: nowMs + delayMs, order: order++, call };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    pass(ms) {
      const untilMs = nowMs + ms;
      for (let next = takeNext(untilMs); next; next = takeNext(untilMs)) {
        nowMs = Math.max(nowMs, next.atMs);
        next.call();
      }
      nowMs = untilMs;
    },
  };
}
