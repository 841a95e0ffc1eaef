// Durable work is rows; a sweep claims those that are due and does some. Every server runs every sweep: rows are claimed with SKIP LOCKED,
// so they share the work, and whoever is alive takes over from whoever is not.
import type { Clock } from '#schema/values/clock';

export interface Sweep {
  name: string;
  /** The longest that due work waits when nobody nudges. */
  everyMs: number;
  /** How many of it run at once in this process. */
  lanes?: number;
  /** Does some of what is due and answers how much; more than nothing means: come again at once. */
  run(now: number): Promise<number>;
}

export interface Sweeps {
  /** There is work now: do not wait for the clock. */
  nudge(name: string): void;
  /** The sweeps whose last run failed, with the fault: the server is not ready while there are any. */
  faults(): ReadonlyMap<string, unknown>;
  /** Ends after the runs that are under way. */
  stop(): Promise<void>;
}

const longestBackoffMs = 60_000;

interface Lane {
  nudged: boolean;
  wake: () => void;
}

export function startSweeps(clock: Clock, sweeps: readonly Sweep[], onFault: (name: string, fault: unknown) => void): Sweeps {
  const lanes = new Map<string, Lane[]>();
  const faults = new Map<string, unknown>();
  let stopped = false;

  const sleep = (lane: Lane, delayMs: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      lane.wake = () => {
        cancel();
        resolve();
      };
    });

  async function runLane(sweep: Sweep, lane: Lane): Promise<void> {
    let failures = 0;
    while (!stopped) {
      lane.nudged = false;
      const done = await sweep.run(clock.now()).then(
        (count) => {
          failures = 0;
          faults.delete(sweep.name);
          return count;
        },
        (fault: unknown) => {
          failures += 1;
          faults.set(sweep.name, fault);
          onFault(sweep.name, fault);
          return 0;
        },
      );
      if (stopped || done > 0 || (lane.nudged && failures === 0)) continue;
      await sleep(lane, failures === 0 ? sweep.everyMs : Math.min(longestBackoffMs, 250 * 2 ** failures));
    }
  }

  const running = sweeps.flatMap((sweep) => {
    const own = Array.from({ length: sweep.lanes ?? 1 }, (): Lane => ({ nudged: false, wake: () => undefined }));
    lanes.set(sweep.name, own);
    return own.map((lane) => runLane(sweep, lane));
  });

  return {
    nudge(name) {
      // A failing sweep keeps its pauses: a busy till must not hammer a database that is down.
      if (faults.has(name)) return;
      for (const lane of lanes.get(name) ?? []) {
        lane.nudged = true;
        lane.wake();
      }
    },
    faults: () => faults,
    async stop() {
      stopped = true;
      for (const own of lanes.values()) for (const lane of own) lane.wake();
      await Promise.all(running);
    },
  };
}
