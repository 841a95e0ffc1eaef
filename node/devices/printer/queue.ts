// The queue of one printer: one job at a time, in the order in which they were asked for, when the printer is ready. A job that waited too
// long is given up; one whose bytes may have left is never sent again by itself.
import type { Clock } from '#schema/values/clock';
import type { PrintJobKind } from '#schema/wire/print';
import type { Log } from '../../base/log.ts';
import type { JobRow, Jobs, Step } from './jobs.ts';
import type { PrinterDriver } from './printer.ts';

/** What nobody would want on paper, or a drawer nobody would want open, after so long. */
const patienceMs: Record<PrintJobKind, number> = {
  receipt: 900_000,
  return: 900_000,
  vouchers: 300_000,
  voucher: 300_000,
  'x-report': 300_000,
  'day-report': 3_600_000,
  shift: 3_600_000,
  test: 60_000,
  drawer: 10_000,
};

/** The second time that a link goes before a byte has left is told to a person. */
const MAX_ATTEMPTS = 2;

export interface Rendered {
  bytes: Uint8Array;
  copy: boolean;
}

export interface Queue {
  /** Something was queued, or the printer changed. */
  nudge(): void;
  stop(): Promise<void>;
}

interface QueueParts {
  printerId: string;
  jobs: Jobs;
  driver: Pick<PrinterDriver, 'state' | 'check' | 'print'>;
  /** Or why there is nothing to print any more. */
  render(job: JobRow): Rendered | { problem: string };
  now: () => number;
  clock: Clock;
  log: Log;
  onStep(job: JobRow): void;
}

export function openQueue({ printerId, jobs, driver, render, now, clock, log, onStep }: QueueParts): Queue {
  let running: Promise<void> | undefined;
  let nudged = false;
  let stopped = false;
  let cancelTimer = () => {};

  const step = (job: JobRow, wish: Omit<Step, 'at'>): JobRow => {
    const stepped = jobs.step(job, { ...wish, at: now() });
    onStep(stepped);
    return stepped;
  };

  const giveUpAt = (job: JobRow): number => job.queuedAt + patienceMs[job.kind];

  function giveUpOverdue(): void {
    for (const job of jobs.queued(printerId)) if (giveUpAt(job) <= now()) step(job, { event: 'fail', problem: 'too-late' });
  }

  /** Whether another may be tried at once. */
  async function sendNext(): Promise<boolean> {
    giveUpOverdue();
    if (driver.state().condition !== 'ready' || !jobs.next(printerId)) return false;
    if ((await driver.check()) !== 'ready' || stopped) return false;
    // Read after the waiting: it may have been cancelled meanwhile.
    const job = jobs.next(printerId);
    if (!job) return false;
    const rendered = renderOrFail(job);
    if (!rendered) return true;
    const sending = step(job, { event: 'send', copy: rendered.copy });
    const outcome = await driver.print(rendered.bytes);
    if (outcome.kind === 'printed') step(sending, { event: 'done' });
    else if (outcome.kind === 'doubt') step(sending, { event: 'doubt', problem: outcome.problem });
    else afterUntouched(step(sending, { event: 'untouched', problem: outcome.problem }), outcome.problem);
    return true;
  }

  function afterUntouched(job: JobRow, problem: string): void {
    if (job.attempts >= MAX_ATTEMPTS) step(job, { event: 'fail', problem });
  }

  function renderOrFail(job: JobRow): Rendered | undefined {
    try {
      const rendered = render(job);
      if (!('problem' in rendered)) return rendered;
      step(job, { event: 'fail', problem: rendered.problem });
    } catch (error) {
      // One that cannot be drawn must not keep the others from the paper.
      log.error({ error, jobId: job.id, kind: job.kind }, 'a print job could not be drawn');
      step(job, { event: 'fail', problem: 'not-drawn' });
    }
    return undefined;
  }

  async function work(): Promise<void> {
    do {
      nudged = false;
      while (!stopped && (await sendNext())) nudged = false;
    } while (nudged && !stopped);
  }

  function wakeForOverdue(): void {
    cancelTimer();
    const ends = jobs.queued(printerId).map(giveUpAt);
    if (ends.length > 0 && !stopped) cancelTimer = clock.after(Math.max(0, Math.min(...ends) - now()) + 1, nudge);
  }

  function nudge(): void {
    nudged = true;
    if (stopped) return;
    running ??= work()
      .catch((error) => log.error({ error, printerId }, 'the queue of a printer stopped'))
      .then(() => {
        running = undefined;
        if (nudged) nudge();
        else wakeForOverdue();
      });
  }

  return {
    nudge,
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
