// What a node's clock does again and again: its works one after the other, each told where it fails, the next round only after the last.
import type { Clock } from '#schema/values/clock';

export interface SweepWork {
  run(): Promise<unknown>;
  onFault(error: unknown): void;
}

export interface NodeSweep {
  /** The first round at once. */
  start(): Promise<void>;
  stop(): void;
}

export function openSweep(clock: Clock, everyMs: number, works: readonly SweepWork[]): NodeSweep {
  let cancel = () => {};
  let stopped = false;
  async function round(): Promise<void> {
    for (const { run, onFault } of works) await run().catch(onFault);
    if (!stopped) cancel = clock.after(everyMs, round);
  }
  return {
    start: round,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
