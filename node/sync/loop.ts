// Work on the link that goes on until it is stopped: one step after the other, a wait where a step asks for one, rest until it is nudged.
import type { Clock } from '#schema/values/clock';

export interface Loop {
  /** There is something to do. One that comes during a step counts. */
  nudge(): void;
  /** What a wait was for is over: go on at once. */
  hurry(): void;
  stop(): Promise<void>;
}

/** What comes after a step: rest until a nudge, or the next one after so many milliseconds. */
export type Next = 'rest' | number;

export function startLoop(clock: Clock, step: (stopping: AbortSignal) => Promise<Next>): Loop {
  const stopping = new AbortController();
  let wake = () => {};
  let endPause = () => {};
  let nudged = false;

  const rest = () =>
    new Promise<void>((resolve) => {
      if (nudged || stopping.signal.aborted) resolve();
      else wake = resolve;
    });

  /** A full wait: a nudge doesn't shorten it, or a busy till would hammer a centre that is down. */
  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      nudged = false;
      const next = await step(stopping.signal);
      if (stopping.signal.aborted) return;
      if (next === 'rest') await rest();
      else if (next > 0) await pause(next);
    }
  }

  const running = run();
  return {
    nudge() {
      nudged = true;
      wake();
    },
    hurry: () => endPause(),
    async stop() {
      stopping.abort();
      wake();
      endPause();
      await running;
    },
  };
}
