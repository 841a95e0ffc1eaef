// A return as it is put together: the receipt, how much of which line, why, and where the money goes. Pure.
import { type Refund, refundOf } from '#schema/rules/refund';
import type { Currency } from '#schema/values/currency';
import { ok, type Result } from '#schema/values/result';
import type { ReturnableSale, SaleReturn, TakeReturn } from '#schema/wire/return';
import type { Notice } from '../base/notice.ts';
import type { WordKey } from '../words/words.ts';

export const returnReasons = ['return_damaged', 'return_wrong', 'return_mind', 'return_other'] as const satisfies WordKey[];

export type ReturnReason = (typeof returnReasons)[number];

export interface ReturnEntry {
  /** Made with the entry: however often it is sent, it is one return. */
  id: string;
  receipt: string;
  /** `checking`: the answer was lost, and the node is asked what became of it. */
  step: 'find' | 'finding' | 'choose' | 'sending' | 'checking' | 'taken';
  sale: ReturnableSale | null;
  /** Of the receipt, where it is another store's. */
  storeName: string | null;
  /** Sales of other stores with this number. */
  elsewhere: readonly ForeignReceipt[] | null;
  quantities: Readonly<Record<string, number>>;
  restock: boolean;
  reason: ReturnReason | null;
  /** The number on the terminal's slip, where a card gets money back. */
  reference: string;
  problem: Notice | null;
  /** What was refused because a dispenser cannot be asked; a manager may take the risk of it. */
  atRisk: TakeReturn | null;
  taken: SaleReturn | null;
}

/** A receipt of another store of the chain. */
export interface ForeignReceipt {
  storeName: string;
  sale: ReturnableSale;
}

export const newReturn = (id: string): ReturnEntry => ({
  id,
  receipt: '',
  step: 'find',
  sale: null,
  storeName: null,
  elsewhere: null,
  quantities: {},
  restock: true,
  reason: null,
  reference: '',
  problem: null,
  atRisk: null,
  taken: null,
});

type Line = ReturnableSale['lines'][number];

/** Never more than was bought; what was poured does not come back, and an open voucher is cancelled by the return. */
export const leftOf = ({ quantity, returned, vouchersUsed }: Line): number => quantity - returned - vouchersUsed;

/** What is weighed comes back whole. */
export const stepOf = (line: Line): number => (line.quantityScale === 0 ? 1 : Math.max(1, leftOf(line)));

export function withQuantity(entry: ReturnEntry, line: Line, quantity: number): ReturnEntry {
  const wanted = Math.min(Math.max(quantity, 0), leftOf(line));
  return { ...entry, quantities: { ...entry.quantities, [line.lineId]: wanted }, problem: null, atRisk: null };
}

export const wantedLines = ({ quantities }: ReturnEntry): { lineId: string; quantity: number }[] =>
  Object.entries(quantities).flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));

/** By the rule that the node runs too. */
export function refundFor(entry: ReturnEntry): Result<Refund, string> {
  const lines = (entry.sale?.lines ?? []).map(({ vouchersUsed, ...line }) => ({ ...line, vouchered: vouchersUsed }));
  const wanted = wantedLines(entry);
  if (wanted.length === 0 || !entry.sale) return ok({ lines: [], net: 0, tax: 0, total: 0 });
  return refundOf(lines, wanted, entry.sale.currency as Currency);
}

export interface Refunding {
  method: 'card' | 'cash';
  amount: number;
}

/** By the tender taken: a card gets back what it paid, the rest goes out in cash. */
export function refundsOf({ sale }: ReturnEntry, total: number): Refunding[] {
  const card = sale?.tenders.find(({ method }) => method === 'card');
  const byCard = Math.min(total, card ? card.amount - card.refunded : 0);
  const parts: Refunding[] = [
    { method: 'card', amount: byCard },
    { method: 'cash', amount: total - byCard },
  ];
  return parts.filter(({ amount }) => amount > 0);
}

export type ReturnWant = 'return_want_line' | 'return_want_reason' | 'enter_reference';

/** Why the refund waits; null when it can be given. */
export function wantOf(entry: ReturnEntry, total: number): ReturnWant | null {
  if (wantedLines(entry).length === 0) return 'return_want_line';
  if (entry.reason === null) return 'return_want_reason';
  return refundsOf(entry, total).some(({ method }) => method === 'card') && entry.reference === '' ? 'enter_reference' : null;
}

interface Asked {
  reason: string;
  total: number;
  refundId: (index: number) => string;
  approvalId?: string;
}

export function bodyOf(entry: ReturnEntry, { reason, total, refundId, approvalId }: Asked): TakeReturn {
  const { id, sale, storeName, restock, reference } = entry;
  const refunds = refundsOf(entry, total).map(({ method, amount }, index) => ({
    refundId: refundId(index),
    method,
    amount,
    ...(method === 'card' && { reference }),
  }));
  return {
    id,
    ...(storeName !== null && sale && { storeId: sale.storeId }),
    receipt: sale?.receipt ?? '',
    lines: wantedLines(entry).map((line) => ({ ...line, restock })),
    total,
    // Goods that cost nothing come back for nothing.
    refunds: refunds.length > 0 ? refunds : [{ refundId: refundId(0), method: 'cash', amount: 0 }],
    reason,
    ...(approvalId !== undefined && { approvalId }),
  };
}
