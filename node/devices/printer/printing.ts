// Printing of a store: a driver and a queue for each printer, what a till wishes on paper, and the drawer that opens for cash. Everything
// here happens after the commit of what it tells, and nothing waits for it.
import type { Fact } from '#schema/facts/fact';
import type { Clock } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { Printer, PrintJob, printContract, WishPrint } from '#schema/wire/print';
import type { Log } from '../../base/log.ts';
import type { Sqlite } from '../../base/sqlite.ts';
import type { Documents } from '../../receipt/documents.ts';
import { drawerKick, encodeReceipt, widthDots } from '../../receipt/escpos/encode.ts';
import type { Logo } from '../../receipt/logo.ts';
import type { ReportQueries } from '../../report/queries.ts';
import type { ReturnQueries } from '../../return/queries.ts';
import type { SaleQueries } from '../../sale/queries.ts';
import type { ShiftQueries } from '../../shift/queries.ts';
import { cashDrawerOf } from './drawer.ts';
import { openDrivers } from './drivers.ts';
import { openForgotten } from './forgotten.ts';
import { type JobRow, jobView, type NewJob, openJobs } from './jobs.ts';
import type { OpenLink } from './link.ts';
import { openPrinters, type PrinterRow, type Printers } from './printers.ts';
import type { Rendered } from './queue.ts';

const MAX_WAITING = 200;
/** A receipt that was printed longer ago is forgotten here; what is printed of a sale that old is a copy all the same. */
const REMEMBERED_MS = 90 * 86_400_000;
const PRUNE_MS = 86_400_000;

type Changed = Result<PrintJob, RefusalOf<typeof printContract.cancel>>;

type PrintRefusal = RefusalOf<typeof printContract.print>;

export interface PrintingParts {
  sqlite: Sqlite;
  sales: SaleQueries;
  returns: ReturnQueries;
  shifts: ShiftQueries;
  reports: ReportQueries;
  documents: Documents;
  logo: Logo;
  openLink: OpenLink;
  makeId: MakeId;
  now: () => number;
  clock: Clock;
  log: Log;
  onPrinter(printer: Printer): void;
  onJob(job: PrintJob): void;
}

export type Printing = ReturnType<typeof openPrinting>;

export function openPrinting(parts: PrintingParts) {
  const { sqlite, documents, makeId, now, clock, onJob } = parts;
  const printers = openPrinters(sqlite);
  const jobs = openJobs(sqlite);
  const tellJob = (job: JobRow) => onJob(jobView(job));
  const drivers = openDrivers({ ...parts, jobs, printers, render: renderer(parts, jobs, printers), onStep: tellJob });
  let cancelPrune = () => {};

  function add(job: NewJob): JobRow {
    const added = jobs.add(job, now());
    tellJob(added);
    drivers.nudge(job.printerId);
    return added;
  }

  function prune(): void {
    jobs.prune(now() - REMEMBERED_MS);
    cancelPrune = clock.after(PRUNE_MS, prune);
  }

  function print(wish: WishPrint, till: { id: string }): Result<PrintJob, PrintRefusal> {
    const { id, kind, subjectId = null } = wish;
    const known = jobs.byId(id);
    if (known) {
      const isSame = known.kind === kind && known.subjectId === subjectId && known.tillId === till.id;
      return isSame ? ok(jobView(known)) : refuse('id-reused', 'That id was used for another print job.', { field: 'id' });
    }
    const subject = checkSubject(wish, parts);
    if (!subject.ok) return subject;
    const printer = wish.printerId === undefined ? printers.ofTill(till.id) : printers.byId(wish.printerId);
    if (!printer && wish.printerId !== undefined)
      return refuse('unknown-printer', 'This store has no such printer.', { field: 'printerId' });
    if (!printer)
      return refuse('no-printer', 'This store has no printer.', {
        next: 'Show the receipt on the screen, or add one: lapak printer add.',
      });
    if (jobs.waiting(printer.id) >= MAX_WAITING)
      return refuse('queue-full', `${printer.name} has ${MAX_WAITING} jobs waiting.`, {
        next: 'Mend the printer, or cancel some.',
      });
    const language = wish.language ?? documents.language();
    return ok(jobView(add({ id, printerId: printer.id, tillId: till.id, kind, subjectId, language })));
  }

  function change(id: string, event: 'cancel' | 'retry'): Changed {
    const job = jobs.byId(id);
    if (!job) return refuse('unknown-job', 'There is no such print job.', { field: 'id' });
    if (!jobView(job).next.includes(event))
      return refuse('illegal-step', `A ${job.kind} that is ${job.state} takes no ${event}.`, {
        next: job.kind === 'drawer' ? 'Open the drawer with a no-sale.' : 'Print it anew; the paper then says that it is a copy.',
        facts: { state: job.state, legal: jobView(job).next },
      });
    const changed = jobs.step(job, { event, at: now() });
    tellJob(changed);
    drivers.nudge(job.printerId);
    return ok(jobView(changed));
  }

  return {
    printers: () => printers.all().map(drivers.view),
    own: (tillId: string): string | null => printers.ofTill(tillId)?.id ?? null,
    print,
    cancel: (id: string) => change(id, 'cancel'),
    retry: (id: string) => change(id, 'retry'),
    job(id: string): PrintJob | undefined {
      const row = jobs.byId(id);
      return row && jobView(row);
    },
    list: jobs.list,
    async addPrinter(printer: PrinterRow): Promise<Result<Printer, 'name-taken'>> {
      const named = printers.byName(printer.name);
      if (named && named.id !== printer.id)
        return refuse('name-taken', `Another printer is called ${printer.name}.`, {
          field: 'name',
          next: 'Give it another name.',
        });
      await drivers.stop(printer.id);
      printers.put(printer, now());
      drivers.start(printer);
      return ok(drivers.view(printer));
    },
    async removePrinter(id: string): Promise<Result<{ removed: boolean }, 'unknown-printer'>> {
      if (!printers.byId(id)) return refuse('unknown-printer', 'This store has no such printer.', { field: 'id' });
      await drivers.stop(id);
      for (const job of jobs.queued(id)) tellJob(jobs.step(job, { event: 'cancel', at: now() }));
      printers.remove(id);
      return ok({ removed: true });
    },
    choose(id: string, till: { code: string }): Result<Printer, 'unknown-printer'> {
      const printer = printers.byId(id);
      if (!printer) return refuse('unknown-printer', 'This store has no such printer.', { field: 'printerId' });
      printers.assign(id, till.code);
      return ok(drivers.view(printer));
    },
    assign(id: string, code: string): Result<Printer, 'unknown-printer' | 'unknown-till'> {
      const printer = printers.byId(id);
      if (!printer) return refuse('unknown-printer', 'This store has no such printer.', { field: 'id' });
      if (!printers.assign(id, code)) return refuse('unknown-till', `No till ${code} is paired here.`, { field: 'code' });
      return ok(drivers.view(printer));
    },
    /** Cash changed hands: the drawer at that till's printer opens. Called with facts that are on disk. */
    facts(facts: readonly Fact[]): void {
      for (const fact of facts) {
        const tillId = cashDrawerOf(fact);
        const printer = tillId === null ? undefined : printers.ofTill(tillId);
        if (tillId === null || !printer || printer.profile.drawerPin === null) continue;
        const language = documents.language();
        add({ id: makeId(), printerId: printer.id, tillId, kind: 'drawer', subjectId: fact.id, language });
      }
    },
    start(): void {
      jobs.doubtInterrupted(now());
      prune();
      for (const printer of printers.all()) drivers.start(printer);
    },
    async stop(): Promise<void> {
      cancelPrune();
      await drivers.stopAll();
    },
  };
}

type Subjects = Pick<PrintingParts, 'sales' | 'returns' | 'shifts' | 'reports' | 'documents'>;

function checkSubject({ kind, subjectId }: WishPrint, subjects: Subjects): Result<null, PrintRefusal> {
  if (kind === 'test' || kind === 'x-report') return ok(null);
  const field = 'subjectId';
  if (subjectId === undefined) return refuse('subject-needed', `Say what the ${kind} is of.`, { field });
  const { sales, returns, shifts, reports, documents } = subjects;
  if (kind === 'return' && returns.intent(subjectId) === undefined)
    return refuse('unknown-return', 'There is no such return in this store.', { field });
  if (kind === 'day-report' && reports.intent(subjectId) === undefined)
    return refuse('unknown-report', 'There is no such report in this store.', { field });
  if (kind === 'shift' && (shifts.find(subjectId)?.closedAt ?? null) === null)
    return refuse('unknown-shift', 'There is no such closed shift in this store.', { field });
  if ((kind === 'receipt' || kind === 'vouchers') && sales.intent(subjectId) === undefined)
    return refuse('unknown-sale', 'There is no such sale in this store.', { field });
  if (kind === 'voucher' && !documents.isVoucher(subjectId))
    return refuse('unknown-voucher', 'There is no such voucher in this store.', { field });
  const isOfVouchers = kind === 'voucher' || kind === 'vouchers';
  return isOfVouchers && documents.openVouchers(kind, subjectId).length === 0
    ? refuse('voucher-closed', 'No open voucher is left to print.', { next: 'Make a new one where one is owed.' })
    : ok(null);
}

/** Bytes of a job, drawn when it is its turn: a second paper of the same says that it is a copy. */
function renderer(parts: PrintingParts, jobs: ReturnType<typeof openJobs>, printers: Printers) {
  const { documents, logo, now } = parts;
  const isForgotten = openForgotten(parts, REMEMBERED_MS);
  const isCopy = (job: JobRow): boolean =>
    job.kind !== 'test' && job.kind !== 'x-report' && (job.sentAt !== null || jobs.mayHavePrinted(job) || isForgotten(job));

  return (job: JobRow): Rendered | { problem: string } => {
    const printer = printers.byId(job.printerId);
    if (!printer) return { problem: 'no-printer' };
    const { profile } = printer;
    if (job.kind === 'drawer')
      return profile.drawerPin === null ? { problem: 'no-drawer' } : { bytes: drawerKick(profile.drawerPin), copy: false };
    const copy = isCopy(job);
    const { kind, subjectId, language } = job;
    const blocks = documents.draw({ kind, subjectId, language, copy }, printer, now());
    if (blocks.length === 0) return { problem: 'voucher-closed' };
    return { bytes: encodeReceipt(blocks, { profile, logo: logo.bitmap(widthDots(profile)) }), copy };
  };
}
