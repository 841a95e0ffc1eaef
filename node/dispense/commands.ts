// What becomes of vouchers: whether one is good, the outcome that a dispenser reports, and the end of their time.
import { dispenseFinished } from '#schema/facts/dispense-finished';
import { type DispenseUnmatched, dispenseUnmatched } from '#schema/facts/dispense-unmatched';
import { voucherClosed } from '#schema/facts/voucher-closed';
import { afterReport, eventOfOutcome, holdsUnit } from '#schema/rules/voucher';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { Voucher, voucherContract } from '#schema/wire/voucher';
import { epochOf, isSurelyOver, parseVoucher, verifyVoucher } from '#schema/wire/voucher-code';
import type { Commit } from '../journal/commit.ts';
import type { SaleQueries } from '../sale/queries.ts';
import type { Clearer, Clearing, Unasked } from './clearing.ts';
import type { Dispensers } from './dispensers.ts';
import type { Minter } from './mint.ts';
import type { Pauses } from './pause.ts';
import type { VoucherQueries, VoucherRow } from './queries.ts';
import type { VoucherRefusals } from './voucher-refusals.ts';

export interface DispenseContext {
  sales: SaleQueries;
  vouchers: VoucherQueries;
  dispensers: Dispensers;
  minter: Minter;
  voucherRefusals: VoucherRefusals;
  pauses: Pauses;
}

export interface ClearingContext extends DispenseContext {
  clearer: Clearer;
}

type ValidateRefusal = RefusalOf<typeof voucherContract.validate>;

export function validateVoucher(
  { code, dispenserId }: { code: string; dispenserId?: string },
  now: number,
  generation: number,
  { vouchers, dispensers }: DispenseContext,
): Result<{ valid: true; voucher: Voucher }, ValidateRefusal> {
  const parsed = parseVoucher(code);
  if (!parsed.ok) return parsed;
  const dispenser = dispensers.byNumber(parsed.value.dispenser);
  if (!dispenser?.rootKey)
    return refuse('other-store', 'This voucher is for a dispenser of another store.', {
      next: 'Send the customer to the store on the voucher.',
    });
  if (dispenserId !== undefined && dispenserId !== dispenser.id)
    return refuse('other-dispenser', `This voucher is for ${dispenser.name}.`, { facts: { dispenserId: dispenser.id } });
  const verified = verifyVoucher(code, {
    dispenserNumber: dispenser.number,
    rootKey: dispenser.rootKey,
    keyEpoch: epochOf(generation),
    nowMs: now,
  });
  // What was used is called used, also after its time: the person wants to know what became of it.
  const row = verified.ok || verified.code === 'expired' ? vouchers.bySerial(dispenser.id, parsed.value.serial) : undefined;
  if (row?.state === 'voided') return refuse('voided', 'This voucher was cancelled.', { next: 'Sell it again.' });
  if (row && row.state !== 'open' && row.state !== 'expired')
    return refuse('used', 'This voucher was already used.', { facts: { dispenserName: dispenser.name, state: row.state } });
  if (!verified.ok) return verified;
  if (!row) return refuse('forged', 'This voucher was not made by this store.');
  return ok({ valid: true, voucher: vouchers.view(row) });
}

/** One whose dispenser did not answer is closed here, and voided there when it is back; until then no money goes out for it. */
export function cancelVoucher(
  commit: Commit,
  id: string,
  { vouchers, clearer }: ClearingContext,
  by: Pick<Clearing, 'answers' | 'staff'>,
): Result<Voucher, RefusalOf<typeof voucherContract.cancel> | Unasked> {
  const row = vouchers.row(id);
  if (!row) return refuse('unknown-voucher', 'There is no such voucher in this store.', { field: 'id' });
  if (row.state === 'voided') return ok(vouchers.view(row));
  if (row.state !== 'open')
    return refuse('voucher-closed', `This voucher is ${row.state} already.`, { facts: { state: row.state } });
  const closed = clearer.clear(commit, [row], { ...by, risk: null });
  return closed.ok ? ok(vouchers.view(present(vouchers.row(id), 'it was there'))) : closed;
}

export interface Outcome {
  voucher: VoucherRow;
  unit: number;
  outcome: 'ok' | 'fail' | 'uncertain';
  reason: string | null;
}

/** Dispensers repeat an outcome until it is acknowledged: what says nothing new is not written again. */
export function recordOutcome(
  commit: Commit,
  { voucher, unit, outcome, reason }: Outcome,
  { vouchers }: DispenseContext,
): Result<null, never> {
  const state = vouchers.row(voucher.id)?.state ?? voucher.state;
  if (afterReport(state, eventOfOutcome[outcome]) === state) return ok(null);
  const { id, saleId, productId, dispenserId, serial } = voucher;
  commit.append(dispenseFinished, { voucherId: id, saleId, productId, dispenserId, serial, unit, outcome, reason });
  if (outcome === 'ok') closeOthers(commit, voucher, vouchers);
  return ok(null);
}

/** Its unit came out: what took its place, at a manager's risk, is good for nothing any more. */
export function closeOthers(commit: Commit, voucher: VoucherRow, vouchers: Pick<VoucherQueries, 'ofUnit'>): void {
  const { saleId, productId } = voucher;
  for (const other of vouchers.ofUnit(voucher))
    if (other.state === 'open') commit.append(voucherClosed, { voucherId: other.id, saleId, productId, why: 'voided' });
}

/** What happened is kept also where no voucher of this journal explains it. */
export function recordUnmatched(
  commit: Commit,
  report: DispenseUnmatched,
  { vouchers }: Pick<DispenseContext, 'vouchers'>,
): Result<null, never> {
  if (!vouchers.holdsUnmatched(report)) commit.append(dispenseUnmatched, report);
  return ok(null);
}

/** Gives back the units of vouchers whose time is surely over, also by a dispenser's slow clock. */
export function closeOverdue(commit: Commit, limit: number, { vouchers }: DispenseContext): Result<VoucherRow[], never> {
  const over = vouchers
    .overdue(commit.now, limit)
    .filter((row) => isSurelyOver(row.expiresAt, commit.now) && holdsUnit(row.state));
  for (const { id, saleId, productId } of over)
    commit.append(voucherClosed, { voucherId: id, saleId, productId, why: 'expired' });
  return ok(over);
}
