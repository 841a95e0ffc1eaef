// The receipt of a sale: what was sold, what it cost, how it was paid. It reads the sale as it was recorded, never today's catalogue.

import type { StoreLanguage } from '#schema/rules/settings';
import { assert } from '#schema/values/assert';
import { type Currency, isCurrency } from '#schema/values/currency';
import { amountText, moneyText } from '#schema/values/money-text';
import { quantityText } from '#schema/values/quantity-text';
import { wallTime } from '#schema/values/time';
import type { ReceiptBlock } from '#schema/wire/receipt';
import type { Sale, SaleTender } from '#schema/wire/sale';
import { centred, cut, headOf, row, rule, type StoreHead, space, text } from './blocks.ts';
import { taxRows } from './tax-rows.ts';
import { type ReceiptWords, receiptWords } from './words.ts';

export interface SaleReceiptParts {
  sale: Sale;
  store: StoreHead & { timeZone: string; receiptFooter: string | null };
  till: string;
  /** Who sold; null where nobody signs in. */
  seller: string | null;
  language: StoreLanguage;
  copy: boolean;
}

type Amounts = (amount: number) => string;

export function saleReceipt({ sale, store, till, seller, language, copy }: SaleReceiptParts): ReceiptBlock[] {
  const { currency } = sale;
  assert(isCurrency(currency), `no currency ${currency}`);
  const words = receiptWords[language];
  const shown: Amounts = (amount) => amountText({ amount, currency });
  const at = wallTime(Date.parse(sale.occurredAt), store.timeZone).slice(0, 16);
  return [
    ...headOf(store),
    ...(copy ? [centred(words.copy, { bold: true, size: 'large' }), space] : []),
    row(`${words.receipt} ${sale.receipt}`, till),
    row(at, seller === null ? '' : `${words.servedBy} ${seller}`),
    rule,
    ...sale.lines.flatMap((line) => lineBlocks(line, (scale, quantity) => quantityText(quantity, scale, currency), shown, words)),
    rule,
    ...sums(sale, shown, words, currency),
    row(words.total, moneyText({ amount: sale.due, currency }), { bold: true, size: 'tall' }),
    ...sale.tenders.flatMap((tender) => tenderBlocks(tender, shown, words)),
    ...(sale.change === 0 ? [] : [row(words.change, shown(sale.change), { bold: true })]),
    ...(sale.note === null ? [] : [space, text(`${words.note}: ${sale.note}`)]),
    space,
    { kind: 'qr', text: sale.receipt },
    ...(store.receiptFooter === null || store.receiptFooter === '' ? [] : [centred(store.receiptFooter)]),
    cut,
  ];
}

/** One line where a single thing has its price; else the name, and under it how many at what. */
function lineBlocks(
  line: Sale['lines'][number],
  quantityOf: (scale: number, quantity: number) => string,
  shown: Amounts,
  words: ReceiptWords,
): ReceiptBlock[] {
  const { name, quantity, quantityScale, unitPrice, gross, discounted, note } = line;
  const single = quantity === 1 && quantityScale === 0;
  const count = `  ${quantityOf(quantityScale, quantity)} × ${shown(unitPrice)}`;
  return [
    ...(single ? [row(name, shown(gross))] : [text(name), row(count, shown(gross))]),
    ...(discounted === 0 ? [] : [row(`  ${words.discount}`, shown(-discounted))]),
    ...(note === null ? [] : [text(`  ${note}`)]),
  ];
}

function sums(sale: Sale, shown: Amounts, words: ReceiptWords, currency: Currency): ReceiptBlock[] {
  const { discounted, lines, net, tip, rounding } = sale;
  const ofLines = lines.reduce((sum, line) => sum + line.discounted, 0);
  const ofCart = discounted - ofLines;
  return [
    ...(ofCart === 0 ? [] : [row(words.discount, shown(-ofCart))]),
    row(words.net, shown(net)),
    ...taxRows(lines, currency, words),
    ...(tip === 0 ? [] : [row(words.tip, shown(tip))]),
    ...(rounding === 0 ? [] : [row(words.rounding, shown(rounding))]),
  ];
}

function tenderBlocks({ method, amount, tendered, reference, state }: SaleTender, shown: Amounts, words: ReceiptWords) {
  return [
    row(words[method], shown(method === 'cash' ? tendered : amount)),
    ...(reference === null ? [] : [text(`  ${words.reference} ${reference}`)]),
    ...(state === 'unverified' ? [text(`  ${words.unverified}`)] : []),
  ];
}
