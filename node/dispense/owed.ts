// What a paid line is still owed, unit by unit: a unit that was neither poured nor given back gets a new voucher once nothing can come out for
// the ones before.
import { assert, present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { Voucher, voucherContract } from '#schema/wire/voucher';
import type { Commit } from '../journal/commit.ts';
import type { Clearing, Unasked } from './clearing.ts';
import type { ClearingContext } from './commands.ts';
import type { VoucherQueries, VoucherRow } from './queries.ts';

/** Which units of a line were not poured, given back or left in doubt, each with its vouchers, oldest first. */
export function owedUnits(
  { saleId, lineId, quantity }: { saleId: string; lineId: string; quantity: number },
  vouchers: Pick<VoucherQueries, 'ofLine'>,
): { unit: number; vouchers: VoucherRow[] }[] {
  const rows = vouchers.ofLine(saleId, lineId);
  return Array.from({ length: quantity }, (_, unit) => ({ unit, vouchers: rows.filter((row) => row.unit === unit) })).filter(
    (unit) => !unit.vouchers.some(({ state, refunded }) => refunded === 1 || state === 'dispensed' || state === 'uncertain'),
  );
}

const isGood = ({ state, expiresAt }: VoucherRow, now: number) => state === 'open' && expiresAt > now;

type GenerateRefusal = RefusalOf<typeof voucherContract.generate>;

export function generateVouchers(
  commit: Commit,
  wanted: { saleId: string; lineId: string; unit?: number },
  { sales, vouchers, minter, clearer }: ClearingContext,
  clearing: Clearing,
): Result<{ vouchers: Voucher[] }, GenerateRefusal | Unasked> {
  const { saleId, lineId } = wanted;
  const line = sales.line(saleId, lineId);
  if (!line) return refuse('unknown-sale', 'There is no such sale, or it has no such line.', { field: 'saleId' });
  if (!line.dispensable) return refuse('not-dispensable', 'That line is handed over, not dispensed.', { field: 'lineId' });
  const owed = owedUnits({ saleId, lineId, quantity: line.quantity }, vouchers).filter(
    ({ unit }) => wanted.unit === undefined || unit === wanted.unit,
  );
  if (owed.length === 0)
    return refuse('nothing-owed', 'Every unit of that line has been poured or given back, or waits for a decision.');
  const without = owed.filter((unit) => !unit.vouchers.some((row) => isGood(row, commit.now)));
  const cleared = clearer.clear(
    commit,
    without.flatMap((unit) => unit.vouchers),
    clearing,
  );
  if (!cleared.ok) return cleared;
  const { staff } = clearing;
  for (const { unit } of without) {
    const minted = minter.mint(commit, { saleId, lineId, unit, productId: line.productId, directiveId: null, staff });
    if (!minted.ok) return minted;
  }
  const units = owed.map(({ unit }) => unit);
  const good = vouchers.ofLine(saleId, lineId).filter((row) => units.includes(row.unit ?? -1) && isGood(row, commit.now));
  return ok({ vouchers: good.map(vouchers.view) });
}

/** A new voucher for the unit of this one. */
export function renewVoucher(
  commit: Commit,
  id: string,
  context: ClearingContext,
  clearing: Clearing,
): Result<Voucher, RefusalOf<typeof voucherContract.again> | Unasked> {
  const row = context.vouchers.row(id);
  if (!row) return refuse('unknown-voucher', 'There is no such voucher in this store.', { field: 'id' });
  const { saleId, lineId, unit } = row;
  if (saleId === null || lineId === null || unit === null)
    return refuse('no-sale', 'No sale of this store paid for this voucher.', { next: 'Ask the centre for another one.' });
  const generated = generateVouchers(commit, { saleId, lineId, unit }, context, clearing);
  if (!generated.ok) {
    const { code, ...why } = generated;
    assert(code !== 'unknown-sale' && code !== 'not-dispensable', 'a voucher of a line was sold on it');
    return { ...why, code };
  }
  return ok(present(generated.value.vouchers[0], 'the unit has a good voucher now'));
}
