// Clearing: before money goes out for a voucher, or a new one takes its place, nothing may come out for it any more. Its dispenser is asked to
// count it as used, and what it says is kept; one that never pours alone need not be asked; where no answer comes, a manager may take the risk.
import { voucherCleared } from '#schema/facts/voucher-cleared';
import { voucherClosed } from '#schema/facts/voucher-closed';
import type { StoreSettings } from '#schema/rules/settings';
import { type Clearance, mayStillPour } from '#schema/rules/voucher';
import { ok, type Result, refuse } from '#schema/values/result';
import { epochOf, isExpired } from '#schema/wire/voucher-code';
import type { Person } from '../base/caller.ts';
import type { Commit, Journal, Work } from '../journal/commit.ts';
import type { Approvals } from '../staff/approval.ts';
import type { VoucherQueries, VoucherRow } from './queries.ts';
import type { VoidAnswer } from './voiding.ts';

/** It never leaves `write`: it says that dispensers are to be asked before the work can be done. */
export type Unasked = 'vouchers-unasked';

export type ClearingRefusal = 'voucher-in-use' | 'dispenser-unreachable' | 'needs-approval';

export interface Clearing {
  answers: ReadonlyMap<string, VoidAnswer>;
  /** Whether a manager takes the risk of those that could not be asked, and who it was. Null: they are closed and not cleared. */
  risk: ((commit: Commit) => Result<string | null, ClearingRefusal>) | null;
  staff: string | null;
}

interface Cleared {
  by: Clearance;
  approvedBy: string | null;
}

export interface Clearer {
  /** Closes these vouchers where they are open, and says how it is known that nothing comes out for them. */
  clear(commit: Commit, rows: readonly VoucherRow[], clearing: Clearing): Result<null, ClearingRefusal | Unasked>;
  /** Does a work that clears vouchers: it is tried, the dispensers of those that it clears are asked, and it is done. */
  write<T, Code extends string>(work: (answers: Clearing['answers']) => Work<T, Code | Unasked>): Promise<Result<T, Code>>;
}

/** What is asked of a dispenser's authority. */
interface Asked {
  void(serial: number): Promise<VoidAnswer>;
  isUnderWord(serial: number): boolean;
}

interface ClearerParts {
  journal: Journal;
  vouchers: VoucherQueries;
  authorityOf(dispenserId: string): Asked | undefined;
}

export function openClearer({ journal, vouchers, authorityOf }: ClearerParts): Clearer {
  const ask = async (voucherId: string): Promise<VoidAnswer> => {
    const row = vouchers.row(voucherId);
    const authority = row && authorityOf(row.dispenserId);
    return authority ? authority.void(row.serial) : 'no-answer';
  };

  /** Undefined where its dispenser is still to be asked. */
  function clearanceOf(
    commit: Commit,
    row: VoucherRow,
    { answers, risk }: Clearing,
  ): Result<Cleared | null, ClearingRefusal> | undefined {
    const answer = answers.get(row.id);
    if (answer === undefined) return undefined;
    if (answer === 'vended' || answer === 'vending') return inUse(row);
    if (isAcknowledged(answer, row, commit.generation)) return ok({ by: 'acknowledged', approvedBy: null });
    // Asked at the moment of the commit: until then the dispenser may have come back and been told that it may.
    if (authorityOf(row.dispenserId)?.isUnderWord(row.serial)) return ok({ by: 'node-decides', approvedBy: null });
    if (risk === null) return ok(null);
    const taken = risk(commit);
    return taken.ok ? ok({ by: 'accepted-risk', approvedBy: taken.value }) : taken;
  }

  function clear(commit: Commit, rows: readonly VoucherRow[], clearing: Clearing): Result<null, ClearingRefusal | Unasked> {
    const risk = clearing.risk && once(clearing.risk);
    const open = rows.filter(({ state, cleared }) => mayStillPour(state, cleared));
    const clearances = open.map((row) => ({ row, clearance: clearanceOf(commit, row, { ...clearing, risk }) }));
    const unasked = clearances.filter(({ clearance }) => clearance === undefined);
    if (unasked.length > 0) {
      const voucherIds = unasked.map(({ row }) => row.id);
      return refuse('vouchers-unasked', 'Dispensers are asked first.', { facts: { voucherIds } });
    }
    for (const { row, clearance } of clearances) {
      if (!clearance?.ok) return clearance ?? ok(null);
      closeVoucher(commit, row, clearing.staff);
      if (clearance.value) appendCleared(commit, row, clearance.value, clearing.staff);
    }
    return ok(null);
  }

  /** A dispenser that counts a voucher as used does so for good, whatever became of the work. */
  const keepAnswers = (answers: Clearing['answers']) =>
    journal.write((commit) => {
      for (const [voucherId, answer] of answers) {
        const row = vouchers.row(voucherId);
        if (!row || !mayStillPour(row.state, row.cleared) || !isAcknowledged(answer, row, commit.generation)) continue;
        closeVoucher(commit, row, null);
        appendCleared(commit, row, { by: 'acknowledged', approvedBy: null }, null);
      }
      return ok(null);
    });

  return {
    clear,
    async write<T, Code extends string>(work: (answers: Clearing['answers']) => Work<T, Code | Unasked>) {
      const answers = new Map<string, VoidAnswer>();
      for (;;) {
        const done = await journal.write(work(answers));
        if (!done.ok && done.code === 'vouchers-unasked') {
          const { voucherIds } = done.facts as { voucherIds: string[] };
          await Promise.all(voucherIds.map(async (id) => answers.set(id, await ask(id))));
          continue;
        }
        if (!done.ok && answers.size > 0) await keepAnswers(answers);
        return done as Result<T, Code>;
      }
    },
  };
}

/** One approval covers all vouchers of one work. */
function once<T>(take: (commit: Commit) => T): (commit: Commit) => T {
  let taken: T | undefined;
  return (commit) => {
    taken ??= take(commit);
    return taken;
  };
}

interface RiskParts {
  approvals: Approvals;
  /** What the wish says: nobody accepts a risk unasked. */
  accepts: { approvalId?: string } | undefined;
  seller: { till: { id: string }; person: Person | null };
  settings: StoreSettings;
}

export const riskOf =
  ({ approvals, accepts, seller, settings }: RiskParts) =>
  (commit: Commit): Result<string | null, ClearingRefusal> =>
    accepts
      ? approvals.approve(commit, { action: 'accept-pour-risk', amount: 0, ...seller, settings, approvalId: accepts.approvalId })
      : refuse('dispenser-unreachable', 'Its dispenser cannot be asked, and may pour for this voucher yet, or have poured.', {
          field: 'acceptRisk',
          next: 'Wait until the dispenser is there again, or let a manager take the risk.',
        });

/** Of an earlier generation, the lost machine may have been told of a pour that this one never heard of. */
export const isAcknowledged = (answer: VoidAnswer, { epoch }: VoucherRow, generation: number): boolean =>
  answer === 'voided' || (answer === 'spent' && epoch === epochOf(generation));

export function closeVoucher(
  commit: Commit,
  { id, saleId, productId, state, expiresAt }: VoucherRow,
  staff: string | null,
): void {
  if (state !== 'open') return;
  const why = isExpired(expiresAt, commit.now) ? 'expired' : 'voided';
  commit.append(voucherClosed, { voucherId: id, saleId, productId, why }, { staff });
}

export function appendCleared(
  commit: Commit,
  { id, saleId, dispenserId, serial }: VoucherRow,
  { by, approvedBy }: Cleared,
  staff: string | null,
): void {
  commit.append(voucherCleared, { voucherId: id, saleId, dispenserId, serial, by, approvedBy }, { staff });
}

const inUse = ({ id }: VoucherRow) =>
  refuse('voucher-in-use', 'Its dispenser has poured for this voucher, or is pouring now.', {
    next: 'Wait for what the dispenser reports, then look again.',
    facts: { voucherId: id },
  });
