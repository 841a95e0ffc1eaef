// X and Z on paper: what the day came to so far, or what a closed day came to; and the sums that the slip of a shift shows too.

import type { Totals } from '#schema/rules/report';
import type { StoreLanguage } from '#schema/rules/settings';
import { assert } from '#schema/values/assert';
import { type Currency, isCurrency } from '#schema/values/currency';
import { amountText, moneyText } from '#schema/values/money-text';
import { wallTime } from '#schema/values/time';
import type { ReceiptBlock } from '#schema/wire/receipt';
import type { DayLook, DayReport } from '#schema/wire/report';
import { centred, cut, headOf, row, rule, type StoreHead, space, text } from './blocks.ts';
import { taxRow } from './tax-rows.ts';
import { type ReceiptWords, receiptWords } from './words.ts';

type Day = Pick<DayReport, 'businessDate' | 'firstDate' | 'currency' | 'totals' | 'vouchersOpen'>;

interface PaperParts {
  store: StoreHead & { timeZone: string };
  language: StoreLanguage;
}

export type XPaperParts = PaperParts & { look: DayLook };

export function xReport({ look, store, language }: XPaperParts): ReceiptBlock[] {
  const words = receiptWords[language];
  return [
    ...headOf(store),
    centred(words.xReport, { bold: true, size: 'large' }),
    centred(words.xHint),
    space,
    text(wallTime(Date.parse(look.at), store.timeZone).slice(0, 16)),
    row(words.businessDay, look.businessDate),
    ...dayBlocks(look, words),
    cut,
  ];
}

export type ZPaperParts = PaperParts & { report: DayReport; closedBy: string | null; approvedBy: string | null; copy: boolean };

export function zReport({ report, store, language, closedBy, approvedBy, copy }: ZPaperParts): ReceiptBlock[] {
  const words = receiptWords[language];
  return [
    ...headOf(store),
    centred(words.zReport, { bold: true, size: 'large' }),
    ...(copy ? [centred(words.copy, { bold: true, size: 'large' })] : []),
    space,
    row(report.label, wallTime(Date.parse(report.closedAt), store.timeZone).slice(0, 16)),
    row(words.businessDay, datesOf(report)),
    ...(closedBy === null ? [] : [row(words.closedBy, closedBy)]),
    ...(approvedBy === null ? [] : [row(words.approvedBy, approvedBy)]),
    ...dayBlocks(report, words),
    cut,
  ];
}

const datesOf = ({ firstDate, businessDate }: Day): string =>
  firstDate === businessDate ? businessDate : `${firstDate} – ${businessDate}`;

const counted = (name: string, count: number): string => `${name} (${count})`;

function dayBlocks({ totals, currency, vouchersOpen }: Day, words: ReceiptWords): ReceiptBlock[] {
  assert(isCurrency(currency), `no currency ${currency}`);
  const { shifts } = totals;
  const shown = (amount: number) => amountText({ amount, currency });
  return [
    ...totalsBlocks(totals, currency, words),
    rule,
    row(words.shifts, String(shifts.count)),
    row(words.over, shown(shifts.over)),
    row(words.short, shown(-shifts.short)),
    row(words.vouchersOpen, String(vouchersOpen)),
  ];
}

/** Sales, how they were paid, their taxes, and what else went on at the tills. */
export function totalsBlocks(totals: Totals, currency: Currency, words: ReceiptWords): ReceiptBlock[] {
  const { sales, returns, net, tenders, taxes, discounts, voids, payIns, payOuts } = totals;
  const shown = (amount: number) => amountText({ amount, currency });
  return [
    rule,
    row(counted(words.sales, sales.count), shown(sales.amount)),
    row(counted(words.returns, returns.count), shown(-returns.amount)),
    row(words.netSales, moneyText({ amount: net, currency }), { bold: true, size: 'tall' }),
    rule,
    ...tenders.flatMap((tender) => tenderBlocks(tender, shown, words)),
    rule,
    ...taxes.map((tax) => taxRow(tax, currency, { words, several: true })),
    row(words.rounding, shown(totals.rounding)),
    row(words.tips, shown(totals.tips)),
    rule,
    row(counted(words.discounts, discounts.count), shown(-discounts.amount)),
    row(counted(words.voids, voids.count), shown(voids.amount)),
    row(counted(words.payIns, payIns.count), shown(payIns.amount)),
    row(counted(words.payOuts, payOuts.count), shown(-payOuts.amount)),
    row(words.noSales, String(totals.noSales)),
  ];
}

function tenderBlocks(
  { method, state, count, taken, givenBack }: Totals['tenders'][number],
  shown: (amount: number) => string,
  words: ReceiptWords,
): ReceiptBlock[] {
  return [
    row(counted(words[method], count), shown(taken - givenBack)),
    ...(state === 'unverified' ? [text(`  ${words.unverified}`)] : []),
    ...(givenBack === 0 ? [] : [row(`  ${words.taken}`, shown(taken)), row(`  ${words.givenBack}`, shown(-givenBack))]),
  ];
}
