// Goods that come or go, as somebody writes them down: a delivery, a transfer in or out, or waste. A value; what the node is sent follows
// from it.
import type { WasteReason } from '#schema/rules/stock';
import type { Currency } from '#schema/values/currency';
import { amountText, parseAmount } from '#schema/values/money-text';
import type { DeliveryDraft, ReceiveGoods, SavedDraft, TransferGoods, WasteGoods } from '#schema/wire/goods';
import type { WordKey } from '../words/words.ts';

export const goodsKinds = ['receive', 'transfer-in', 'transfer-out', 'waste'] as const;

export type GoodsKind = (typeof goodsKinds)[number];

export interface GoodsLine {
  lineId: string;
  productId: string;
  quantity: number | null;
  /** What the supplier's note says should have come. */
  expected: number | null;
  /** As typed, for one whole unit. */
  costEach: string;
  lotCode: string;
  /** A day, or nothing. */
  expiresOn: string;
  /** The lot that leaves; null for whichever is first in turn. */
  lotId: string | null;
}

export interface GoodsEntry {
  version: 1;
  id: string;
  kind: GoodsKind;
  /** The supplier or the other store. */
  party: string;
  document: string;
  note: string;
  reason: WasteReason | null;
  /** The same note is received again on purpose. */
  sameDocument: boolean;
  lines: readonly GoodsLine[];
}

export const newEntry = (id: string, kind: GoodsKind): GoodsEntry => ({
  version: 1,
  id,
  kind,
  party: '',
  document: '',
  note: '',
  reason: null,
  sameDocument: false,
  lines: [],
});

export const isUntouched = ({ party, document, note, lines }: GoodsEntry): boolean =>
  lines.length === 0 && `${party}${document}${note}`.trim() === '';

/** Whether the goods come: only then they bring a cost, a lot and a day along. */
export const comesIn = (kind: GoodsKind): boolean => kind === 'receive' || kind === 'transfer-in';

/** One unit more of a line without a lot of its own, else a new line. */
export function addProduct(entry: GoodsEntry, productId: string, unit: number, lineId: string): GoodsEntry {
  const known = entry.lines.find((line) => line.productId === productId && line.lotCode === '' && line.lotId === null);
  if (known) return setLine(entry, known.lineId, { quantity: (known.quantity ?? 0) + unit });
  const line = { lineId, productId, quantity: unit, expected: null, costEach: '', lotCode: '', expiresOn: '', lotId: null };
  return { ...entry, lines: [...entry.lines, line] };
}

export const setLine = (entry: GoodsEntry, lineId: string, part: Partial<GoodsLine>): GoodsEntry => ({
  ...entry,
  lines: entry.lines.map((line) => (line.lineId === lineId ? { ...line, ...part } : line)),
});

export const removeLine = (entry: GoodsEntry, lineId: string): GoodsEntry => ({
  ...entry,
  lines: entry.lines.filter((line) => line.lineId !== lineId),
});

export type ScaleOf = (productId: string) => number;

/** Null where nothing is typed, undefined where that is no cost. */
function costOf(typed: string, currency: Currency): number | null | undefined {
  if (typed.trim() === '') return null;
  const cost = parseAmount(typed.trim(), currency);
  return cost !== undefined && cost >= 0 ? cost : undefined;
}

/** What all of a line cost, in minor units; null where nobody said, or said nothing readable. */
export function lineCost({ costEach, quantity }: GoodsLine, scale: number, currency: Currency): number | null {
  const each = costOf(costEach, currency);
  if (each == null || quantity === null) return null;
  const all = Math.round((each * quantity) / 10 ** scale);
  return Number.isSafeInteger(all) ? all : null;
}

const textOrNull = (text: string): string | null => text.trim() || null;

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

interface WordsOf {
  scaleOf: ScaleOf;
  currency: Currency;
}

const broughtBy = (line: GoodsLine, { scaleOf, currency }: WordsOf) => ({
  cost: lineCost(line, scaleOf(line.productId), currency),
  lotCode: textOrNull(line.lotCode),
  expiresOn: isDay(line.expiresOn) ? line.expiresOn : null,
});

const headOf = ({ document, note }: GoodsEntry) => ({ document: textOrNull(document), note: textOrNull(note) });

/** Lines of nothing are left out: none of it came. */
const moving = ({ lines }: GoodsEntry) => lines.flatMap((line) => (line.quantity ? [{ ...line, quantity: line.quantity }] : []));

export const deliveryOf = (entry: GoodsEntry, words: WordsOf): ReceiveGoods => ({
  id: entry.id,
  supplier: textOrNull(entry.party),
  ...headOf(entry),
  ...(entry.sameDocument && { sameDocument: true }),
  lines: moving(entry).map((line) => ({
    lineId: line.lineId,
    productId: line.productId,
    quantity: line.quantity,
    expected: line.expected,
    ...broughtBy(line, words),
  })),
});

export const transferOf = (entry: GoodsEntry, words: WordsOf): TransferGoods => ({
  id: entry.id,
  direction: entry.kind === 'transfer-in' ? 'in' : 'out',
  otherStore: entry.party.trim(),
  ...headOf(entry),
  lines: moving(entry).map((line) => ({
    lineId: line.lineId,
    productId: line.productId,
    quantity: line.quantity,
    ...(entry.kind === 'transfer-in' ? broughtBy(line, words) : { lotId: line.lotId }),
  })),
});

export const wasteOf = (entry: GoodsEntry, reason: WasteReason): WasteGoods => ({
  id: entry.id,
  reason,
  note: textOrNull(entry.note),
  lines: moving(entry).map(({ lineId, productId, quantity, lotId }) => ({ lineId, productId, quantity, lotId })),
});

/** As the node keeps it, so that any till goes on with it. */
export const draftOf = (entry: GoodsEntry, words: WordsOf): DeliveryDraft => ({
  supplier: textOrNull(entry.party),
  ...headOf(entry),
  lines: entry.lines.map((line) => ({
    lineId: line.lineId,
    productId: line.productId,
    quantity: line.quantity,
    expected: line.expected,
    ...broughtBy(line, words),
  })),
});

export function entryOfDraft({ id, content }: SavedDraft, { scaleOf, currency }: WordsOf): GoodsEntry {
  const eachOf = (cost: number | null | undefined, quantity: number | null, scale: number): string =>
    cost == null || !quantity ? '' : amountText({ amount: Math.round((cost * 10 ** scale) / quantity), currency });
  return {
    ...newEntry(id, 'receive'),
    party: content.supplier ?? '',
    document: content.document ?? '',
    note: content.note ?? '',
    lines: content.lines.map((line) => ({
      lineId: line.lineId,
      productId: line.productId,
      quantity: line.quantity,
      expected: line.expected ?? null,
      costEach: eachOf(line.cost, line.quantity, scaleOf(line.productId)),
      lotCode: line.lotCode ?? '',
      expiresOn: line.expiresOn ?? '',
      lotId: null,
    })),
  };
}

/** Why it cannot be sent yet, in words; null when it can. */
export function whyNotSend(entry: GoodsEntry, { currency }: Pick<WordsOf, 'currency'>): WordKey | null {
  if (moving(entry).length === 0) return 'goods_why_empty';
  if (entry.kind.startsWith('transfer') && entry.party.trim() === '') return 'goods_why_store';
  if (entry.kind === 'waste' && entry.reason === null) return 'goods_why_reason';
  const isReadable = ({ costEach }: GoodsLine) => costOf(costEach, currency) !== undefined;
  return comesIn(entry.kind) && !entry.lines.every(isReadable) ? 'goods_why_cost' : null;
}

/** Whole units in all, for the button. */
export const itemsIn = (entry: GoodsEntry, scaleOf: ScaleOf): number =>
  entry.lines.reduce((sum, { productId, quantity }) => {
    const scale = scaleOf(productId);
    return sum + (scale === 0 ? (quantity ?? 0) : quantity ? 1 : 0);
  }, 0);
