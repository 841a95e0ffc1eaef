// CLOSE THE DAY (Z): what the facts since the last close came to becomes one fact; what is sold after it belongs to the next day.
import { textHash } from '#schema/facts/chain';
import { dayClosed } from '#schema/facts/day-closed';
import { isNothing } from '#schema/rules/report';
import { present } from '#schema/values/assert';
import { canonical } from '#schema/values/canonical';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { DayBlocker, DayReport, reportContract } from '#schema/wire/report';
import type { Commit } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { Seller } from '../sale/commands.ts';
import type { Approvals } from '../staff/approval.ts';
import type { ReportQueries } from './queries.ts';

export interface ReportContext {
  stores: StoreReplica;
  reports: ReportQueries;
  approvals: Approvals;
}

type CloseRefusal = RefusalOf<typeof reportContract.close>;

export function closeDay(
  commit: Commit,
  { id, approvalId }: { id: string; approvalId?: string },
  { till, person }: Seller,
  { stores, reports, approvals }: ReportContext,
): Result<DayReport, CloseRefusal> {
  const intent = textHash(canonical([till.id]));
  const known = reports.intent(id);
  if (known !== undefined)
    return known === intent
      ? ok(present(reports.show(id), `no report ${id}`))
      : refuse('id-reused', 'That id was used for the report of another till.', { field: 'id', next: 'Make a new id.' });
  const store = stores.current();
  if (!store) return notReady();
  const { openShifts: _, blockers, ...day } = reports.openDay(commit.now, store);
  if (isNothing(day.totals))
    return refuse('nothing-to-close', 'Nothing has happened since the last day was closed.', {
      next: 'Look at the report of the closed day.',
    });
  const [blocker] = blockers;
  if (blocker) return blocked(blocker, blockers);
  const { settings, currency } = store;
  const approved = approvals.approve(commit, { action: 'close-day', amount: 0, approvalId, till, person, settings });
  if (!approved.ok) return approved;
  const body = {
    ...day,
    reportId: id,
    number: reports.lastNumber() + 1,
    tillId: till.id,
    currency,
    approvedBy: approved.value,
    intent,
  };
  commit.append(dayClosed, body, { staff: person?.id ?? null });
  return ok(present(reports.show(id), `no report ${id}`));
}

export const notReady = () =>
  refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });

const words: Record<DayBlocker['what'], { detail: (count: number) => string; next: string }> = {
  'open-shift': {
    detail: (count) => `${count === 1 ? 'One shift is' : `${count} shifts are`} open.`,
    next: 'Count and close every shift, then close the day.',
  },
  'clock-off': {
    detail: () => 'The clock of this store box is wrong.',
    next: 'Set its clock, then close the day.',
  },
  'day-ahead': {
    detail: () => 'What was sold since the last close belongs to a day that has not begun.',
    next: 'Close it on that day.',
  },
};

function blocked(first: DayBlocker, all: readonly DayBlocker[]) {
  const { detail, next } = words[first.what];
  return refuse('day-blocked', detail(first.count), { next, facts: { blockers: [...all] } });
}
