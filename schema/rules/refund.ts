// What comes back of a sale: by line and quantity, never more than was bought. Amounts are shares of what the line cost, so that
// returning a line piece by piece gives back exactly what it cost, and the cash of it exactly what was paid.
import type { Currency } from '../values/currency.ts';
import { scale } from '../values/integer.ts';
import { sumAmounts, toCash, toPayable } from '../values/money.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import type { TenderMethod } from './tender.ts';

export interface SoldLine {
  lineId: string;
  quantity: number;
  net: number;
  taxAmount: number;
  /** Earlier returns of this line, in the same units. */
  returned: number;
  /** Poured or still to be poured by a voucher: those come back by cancelling the voucher first. */
  vouchered: number;
}

export interface WantedLine {
  lineId: string;
  quantity: number;
}

export interface RefundedLine extends WantedLine {
  net: number;
  taxAmount: number;
  total: number;
}

export interface TakenTender {
  method: TenderMethod;
  amount: number;
  /** Earlier refunds of this method. */
  refunded: number;
}

export interface Refund {
  lines: RefundedLine[];
  net: number;
  tax: number;
  total: number;
}

export interface RefundTender {
  method: TenderMethod;
  amount: number;
  reference: string | null;
}

export type RefundRefusal =
  | 'unknown-line'
  | 'repeated-line'
  | 'bad-quantity'
  | 'returned-already'
  | 'voucher-used'
  | 'bad-refund';

export function refundOf(
  sold: readonly SoldLine[],
  wanted: readonly WantedLine[],
  currency: Currency,
): Result<Refund, RefundRefusal> {
  const lines: RefundedLine[] = [];
  for (const [index, want] of wanted.entries()) {
    const field = `lines[${index}]`;
    const line = sold.find(({ lineId }) => lineId === want.lineId);
    if (!line) return refuse('unknown-line', 'The receipt has no such line.', { field: `${field}.lineId` });
    if (wanted.findIndex(({ lineId }) => lineId === want.lineId) !== index)
      return refuse('repeated-line', 'A line comes back once in a return.', { field: `${field}.lineId` });
    if (!Number.isSafeInteger(want.quantity) || want.quantity <= 0)
      return refuse('bad-quantity', 'A quantity is a whole number from 1.', { field: `${field}.quantity` });
    const left = line.quantity - line.returned - line.vouchered;
    if (want.quantity > left) return tooMuch(line, left, `${field}.quantity`);
    lines.push(shareOf(line, want.quantity, currency));
  }
  const net = sumAmounts(lines.map((line) => line.net));
  const tax = sumAmounts(lines.map((line) => line.taxAmount));
  return ok({ lines, net, tax, total: net + tax });
}

function tooMuch(line: SoldLine, left: number, field: string) {
  const facts = { lineId: line.lineId, left };
  return line.vouchered > 0 && line.quantity - line.returned > left
    ? refuse('voucher-used', 'A voucher of this line was used, or is still open.', {
        field,
        next: 'Cancel open vouchers first; what was poured does not come back.',
        facts,
      })
    : refuse('returned-already', 'More would come back than was bought.', { field, next: 'Lower the quantity.', facts });
}

/** What the first so many of a line cost: the last of them has what rounding left over. */
export const shareUpTo = (whole: number, part: number, quantity: number, currency: Currency): number =>
  part === quantity ? whole : toPayable(scale(whole, part, quantity), currency);

/** The share from what came back before to what has come back now: all shares together are the whole. */
function shareOf({ lineId, quantity, returned, net, taxAmount }: SoldLine, now: number, currency: Currency): RefundedLine {
  const whole = net + taxAmount;
  const totalUpTo = (part: number) => shareUpTo(whole, part, quantity, currency);
  // The tax follows the money, not the pieces: so no share of net or tax is ever below zero.
  const taxUpTo = (total: number) => (whole === 0 ? 0 : toPayable(scale(taxAmount, total, whole), currency));
  const [before, after] = [totalUpTo(returned), totalUpTo(returned + now)];
  const tax = taxUpTo(after) - taxUpTo(before);
  return { lineId, quantity: now, net: after - before - tax, taxAmount: tax, total: after - before };
}

/**
 * What is given back in cash for this much: the rounding runs along with what cash gave back before, so that the parts of a sale
 * add up to the cash that was paid for it.
 */
export const cashBack = (amount: number, before: number, cashStep: number | null): number =>
  toCash(before + amount, cashStep) - toCash(before, cashStep);

/** Refunds go by the tender taken: a card gets what it paid, cash what cash paid and what nobody verified. */
export function checkRefundTenders(
  total: number,
  refunds: readonly { method: TenderMethod; amount: number }[],
  taken: readonly TakenTender[],
): Result<null, 'bad-refund'> {
  if (sumAmounts(refunds.map(({ amount }) => amount)) !== total)
    return refuse('bad-refund', 'The refunds do not add up to what comes back.', { field: 'refunds', facts: { total } });
  for (const [index, { method, amount }] of refunds.entries()) {
    if (method === 'qris')
      return refuse('bad-refund', 'A static QRIS code cannot pay back.', {
        field: `refunds[${index}].method`,
        next: 'Refund in cash.',
      });
    const paidSo = taken.filter((tender) => (tender.method === 'card') === (method === 'card'));
    const left = sumAmounts(paidSo.map((tender) => tender.amount - tender.refunded));
    if (amount > left)
      return refuse('bad-refund', `Less than that was paid ${method === 'card' ? 'by card' : 'in cash'}.`, {
        field: `refunds[${index}].amount`,
        next: 'Give the rest back the way it was paid.',
        facts: { left },
      });
  }
  return ok(null);
}
