// Print jobs on disk: what waits, what is being sent, and what became of the rest. A step is written before or after what it says, never
// with it: `sending` before the first byte leaves, `printed` after the printer said so.
import { type PrintJobEvent, type PrintJobState, printJobMachine } from '#schema/rules/print-job';
import type { StoreLanguage } from '#schema/rules/settings';
import { assert } from '#schema/values/assert';
import { isoTime } from '#schema/values/time';
import type { PrintJob, PrintJobKind } from '#schema/wire/print';
import { rowOf, rowsOf, type Sqlite, writer } from '../../base/sqlite.ts';

export interface JobRow {
  id: string;
  place: number;
  printerId: string;
  printerName: string | null;
  tillId: string;
  kind: PrintJobKind;
  subjectId: string | null;
  language: StoreLanguage;
  state: PrintJobState;
  copy: number | null;
  problem: string | null;
  attempts: number;
  queuedAt: number;
  sentAt: number | null;
  endedAt: number | null;
}

export type NewJob = Pick<JobRow, 'id' | 'printerId' | 'tillId' | 'kind' | 'subjectId' | 'language'>;

export interface Step {
  event: PrintJobEvent;
  at: number;
  problem?: string | null;
  copy?: boolean;
}

export interface Jobs {
  add(job: NewJob, at: number): JobRow;
  byId(id: string): JobRow | undefined;
  /** The first that waits for this printer. */
  next(printerId: string): JobRow | undefined;
  queued(printerId: string): JobRow[];
  /** Newest first, before this place. */
  list(
    before: number | undefined,
    filter: { state?: string | undefined; subjectId?: string | undefined },
    limit: number,
  ): JobRow[];
  waiting(printerId: string): number;
  /** Whether any other job has, or may have, put the same on paper. */
  mayHavePrinted(job: JobRow): boolean;
  /** The step must be legal. */
  step(job: JobRow, step: Step): JobRow;
  /** A node that was killed while it sent cannot know what came out. */
  doubtInterrupted(at: number): void;
  prune(endedBefore: number): void;
}

const select = (condition: string) => `
  SELECT j.id, j.place, j.printer_id AS printerId, p.name AS printerName, j.till_id AS tillId, j.kind, j.subject_id AS subjectId, j.language,
    j.state, j.copy, j.problem, j.attempts, j.queued_at AS queuedAt, j.sent_at AS sentAt, j.ended_at AS endedAt
  FROM print_jobs j LEFT JOIN printers p ON p.id = j.printer_id WHERE ${condition}`;

export function openJobs(sqlite: Sqlite): Jobs {
  const insert = writer(
    sqlite,
    `INSERT INTO print_jobs (id, place, printer_id, till_id, kind, subject_id, language, state, attempts, queued_at)
     VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM print_jobs), ?, ?, ?, ?, ?, 'queued', 0, ?)`,
  );
  const readOne = rowOf<JobRow>(sqlite, select('j.id = ?'));
  const readNext = rowOf<JobRow>(sqlite, select(`j.state = 'queued' AND j.printer_id = ? ORDER BY j.place LIMIT 1`));
  const readQueued = rowsOf<JobRow>(sqlite, select(`j.state = 'queued' AND j.printer_id = ? ORDER BY j.place`));
  const readPage = rowsOf<JobRow>(
    sqlite,
    select('j.place < ? AND (? IS NULL OR j.state = ?) AND (? IS NULL OR j.subject_id = ?) ORDER BY j.place DESC LIMIT ?'),
  );
  const count = rowOf<{ waiting: number }>(
    sqlite,
    `SELECT count(*) AS waiting FROM print_jobs WHERE state IN ('queued', 'sending') AND printer_id = ?`,
  );
  const readPrinted = rowOf<{ id: string }>(
    sqlite,
    'SELECT id FROM print_jobs WHERE subject_id = ? AND kind = ? AND id <> ? AND sent_at IS NOT NULL LIMIT 1',
  );
  const write = writer(
    sqlite,
    `UPDATE print_jobs SET state = ?, problem = ?, copy = ?, attempts = ?, queued_at = ?, sent_at = ?, ended_at = ? WHERE id = ? AND state = ?`,
  );
  const doubt = writer(
    sqlite,
    `UPDATE print_jobs SET state = 'unknown', problem = 'restarted', ended_at = ? WHERE state = 'sending'`,
  );
  const prune = writer(sqlite, 'DELETE FROM print_jobs WHERE ended_at < ?');

  const reread = (id: string): JobRow => {
    const row = readOne(id);
    assert(row, `no print job ${id}`);
    return row;
  };

  return {
    add({ id, printerId, tillId, kind, subjectId, language }, at) {
      insert(id, printerId, tillId, kind, subjectId, language, at);
      return reread(id);
    },
    byId: (id) => readOne(id),
    next: (printerId) => readNext(printerId),
    queued: (printerId) => readQueued(printerId),
    list: (before, { state = null, subjectId = null }, limit) =>
      readPage(before ?? Number.MAX_SAFE_INTEGER, state, state, subjectId, subjectId, limit),
    waiting: (printerId) => count(printerId)?.waiting ?? 0,
    mayHavePrinted: ({ id, kind, subjectId }) => readPrinted(subjectId, kind, id) !== undefined,
    step(job, { event, at, problem = null, copy }) {
      const to = printJobMachine.step(job.state, event);
      assert(to.ok, `a print job that is ${job.state} cannot ${event}`);
      const waitsAgain = to.value === 'queued';
      const row = {
        copy: copy === undefined ? job.copy : Number(copy),
        attempts: event === 'send' ? job.attempts + 1 : event === 'retry' ? 0 : job.attempts,
        queuedAt: event === 'retry' ? at : job.queuedAt,
        sentAt: event === 'send' ? (job.sentAt ?? at) : event === 'untouched' ? null : job.sentAt,
        endedAt: waitsAgain || to.value === 'sending' ? null : at,
      };
      const changed = write(to.value, problem, row.copy, row.attempts, row.queuedAt, row.sentAt, row.endedAt, job.id, job.state);
      assert(changed === 1, `print job ${job.id} was changed meanwhile`);
      return reread(job.id);
    },
    doubtInterrupted: (at) => void doubt(at),
    prune: (endedBefore) => void prune(endedBefore),
  };
}

/** A drawer is not opened again by pressing «again»: that is a deed of its own, with its own record. */
export const mayRetry = ({ kind, state }: Pick<JobRow, 'kind' | 'state'>): boolean =>
  kind !== 'drawer' && printJobMachine.can(state, 'retry');

export const jobView = (row: JobRow): PrintJob => ({
  id: row.id,
  kind: row.kind,
  subjectId: row.subjectId,
  printerId: row.printerId,
  printerName: row.printerName ?? '',
  tillId: row.tillId,
  state: row.state,
  copy: row.copy === null ? null : row.copy === 1,
  problem: row.problem,
  queuedAt: isoTime(row.queuedAt),
  endedAt: row.endedAt === null ? null : isoTime(row.endedAt),
  next: [
    ...(printJobMachine.can(row.state, 'cancel') ? (['cancel'] as const) : []),
    ...(mayRetry(row) ? (['retry'] as const) : []),
  ],
});
