// The printers of a node at work: a driver and a queue for each, started and stopped as printers come and go.
import type { Clock } from '#schema/values/clock';
import { isoTime } from '#schema/values/time';
import type { Printer } from '#schema/wire/print';
import type { Log } from '../../base/log.ts';
import type { JobRow, Jobs } from './jobs.ts';
import type { OpenLink } from './link.ts';
import { type PrinterDriver, startPrinter } from './printer.ts';
import type { PrinterRow, Printers } from './printers.ts';
import { openQueue, type Queue, type Rendered } from './queue.ts';

export interface Drivers {
  view(printer: PrinterRow): Printer;
  start(printer: PrinterRow): void;
  /** Something waits for this printer. */
  nudge(printerId: string): void;
  stop(printerId: string): Promise<void>;
  stopAll(): Promise<void>;
}

interface DriverParts {
  jobs: Jobs;
  printers: Printers;
  render(job: JobRow): Rendered | { problem: string };
  openLink: OpenLink;
  now: () => number;
  clock: Clock;
  log: Log;
  onPrinter(printer: Printer): void;
  onStep(job: JobRow): void;
}

interface Running {
  driver: PrinterDriver;
  queue: Queue;
}

export function openDrivers(parts: DriverParts): Drivers {
  const { jobs, printers, openLink, clock, onPrinter } = parts;
  const running = new Map<string, Running>();

  function view({ id, name, link, profile }: PrinterRow): Printer {
    const state = running.get(id)?.driver.state();
    return {
      id,
      name,
      link,
      profile,
      condition: state?.condition ?? 'offline',
      paperLow: state?.paperLow ?? false,
      lastSeenAt: state?.lastSeenAt ? isoTime(state.lastSeenAt) : null,
      waiting: jobs.waiting(id),
      tills: printers.tillsOf(id),
    };
  }

  async function stop(printerId: string): Promise<void> {
    const found = running.get(printerId);
    running.delete(printerId);
    // The queue first, so that it takes no other job; what is being sent ends with its link.
    const ended = found?.queue.stop();
    await found?.driver.stop();
    await ended;
  }

  return {
    view,
    start(printer) {
      const { id, link, profile } = printer;
      const onChange = () => {
        onPrinter(view(printer));
        queue.nudge();
      };
      const driver = startPrinter({ link, answers: profile.answers, openLink, clock, onChange });
      const queue = openQueue({ ...parts, printerId: id, driver });
      running.set(id, { driver, queue });
      queue.nudge();
    },
    nudge: (printerId) => running.get(printerId)?.queue.nudge(),
    stop,
    stopAll: async () => void (await Promise.all([...running.keys()].map(stop))),
  };
}
