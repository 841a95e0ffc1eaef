// What becomes of vouchers: new ones for what a paid line is still owed, the outcome that a dispenser reports, and the end of their time.
import { dispenseFinished } from '#schema/facts/dispense-finished';
import { type DispenseUnmatched, dispenseUnmatched } from '#schema/facts/dispense-unmatched';
import { voucherClosed } from '#schema/facts/voucher-closed';
import { afterReport, eventOfOutcome, holdsUnit, voucherMachine } from '#schema/rules/voucher';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { Voucher, voucherContract } from '#schema/wire/voucher';
import { epochOf, isSurelyOver, parseVoucher, verifyVoucher } from '#schema/wire/voucher-code';
import type { Person } from '../base/caller.ts';
import type { Commit } from '../journal/commit.ts';
import type { SaleQueries } from '../sale/queries.ts';
import type { Dispensers } from './dispensers.ts';
import type { Minter } from './mint.ts';
import type { VoucherQueries, VoucherRow } from './queries.ts';

export interface DispenseContext {
  sales: SaleQueries;
  vouchers: VoucherQueries;
  dispensers: Dispensers;
  minter: Minter;
}

type GenerateRefusal = RefusalOf<typeof voucherContract.generate>;

/** A line is owed as many units as it sold, less those poured or that may still be or have been. */
export function generateVouchers(
  commit: Commit,
  { saleId, lineId }: { saleId: string; lineId: string },
  person: Person | null,
  { sales, vouchers, minter }: DispenseContext,
): Result<{ vouchers: Voucher[] }, GenerateRefusal> {
  const line = sales.line(saleId, lineId);
  if (!line) return refuse('unknown-sale', 'There is no such sale, or it has no such line.', { field: 'saleId' });
  if (!line.dispensable) return refuse('not-dispensable', 'That line is handed over, not dispensed.', { field: 'lineId' });
  const before = vouchers.ofLine(saleId, lineId);
  const settled = before.filter(({ state }) => state === 'dispensed' || state === 'uncertain').length;
  const open = before.filter(({ state, expiresAt }) => state === 'open' && expiresAt > commit.now).length;
  if (settled >= line.quantity)
    return refuse('nothing-owed', 'Every unit of that line has been poured, or waits for a decision.');
  for (let unit = settled + open; unit < line.quantity; unit++) {
    const minted = minter.mint(commit, {
      saleId,
      lineId,
      productId: line.productId,
      directiveId: null,
      staff: person?.id ?? null,
    });
    if (!minted.ok) return minted;
  }
  const live = vouchers.ofLine(saleId, lineId).filter(({ state, expiresAt }) => state === 'open' && expiresAt > commit.now);
  return ok({ vouchers: live.map(vouchers.view) });
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

/** Also one of which nobody knows whether it was poured: who cancels it has looked. */
export function cancelVoucher(
  commit: Commit,
  id: string,
  person: Person | null,
  { vouchers }: DispenseContext,
): Result<Voucher, RefusalOf<typeof voucherContract.cancel>> {
  const row = vouchers.row(id);
  if (!row) return refuse('unknown-voucher', 'There is no such voucher in this store.', { field: 'id' });
  if (row.state === 'voided') return ok(vouchers.view(row));
  if (!voucherMachine.can(row.state, 'void'))
    return refuse('voucher-closed', `This voucher is ${row.state} already.`, { facts: { state: row.state } });
  const { saleId, productId } = row;
  commit.append(voucherClosed, { voucherId: id, saleId, productId, why: 'voided' }, { staff: person?.id ?? null });
  return ok(vouchers.view({ ...row, state: 'voided' }));
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
  return ok(null);
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
