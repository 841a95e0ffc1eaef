// The slip of a closed shift: what its till sold, what should have been in the drawer, what was, and why they differ.
import { type DrawerSums, expectedInDrawer } from '#schema/rules/drawer';
import type { Totals } from '#schema/rules/report';
import type { StoreLanguage } from '#schema/rules/settings';
import { assert } from '#schema/values/assert';
import { isCurrency } from '#schema/values/currency';
import { amountText, moneyText } from '#schema/values/money-text';
import { wallTime } from '#schema/values/time';
import type { ReceiptBlock } from '#schema/wire/receipt';
import type { Shift } from '#schema/wire/shift';
import { centred, cut, headOf, row, rule, type StoreHead, space, text } from './blocks.ts';
import { totalsBlocks } from './day-report.ts';
import { type ReceiptWords, receiptWords } from './words.ts';

export interface ShiftSlipParts {
  shift: Shift;
  sums: DrawerSums;
  totals: Totals;
  store: StoreHead & { timeZone: string };
  till: string;
  openedBy: string | null;
  closedBy: string | null;
  language: StoreLanguage;
  copy: boolean;
}

export function shiftSlip(parts: ShiftSlipParts): ReceiptBlock[] {
  const { shift, store, till, openedBy, closedBy, totals, copy } = parts;
  const { currency } = shift;
  assert(isCurrency(currency), `no currency ${currency}`);
  const words = receiptWords[parts.language];
  const at = (time: string) => wallTime(Date.parse(time), store.timeZone).slice(0, 16);
  return [
    ...headOf(store),
    centred(`${words.shift} ${shift.number}`, { bold: true, size: 'large' }),
    ...(copy ? [centred(words.copy, { bold: true, size: 'large' })] : []),
    space,
    text(till),
    row(`${words.opened} ${at(shift.openedAt)}`, openedBy ?? ''),
    ...(shift.closedAt === null ? [] : [row(`${words.closed} ${at(shift.closedAt)}`, closedBy ?? '')]),
    ...totalsBlocks(totals, currency, words),
    rule,
    ...drawerBlocks(parts, (amount) => amountText({ amount, currency }), words),
    ...(shift.count === null
      ? []
      : [row(words.difference, moneyText({ amount: shift.count.difference, currency }), { bold: true, size: 'tall' })]),
    ...(shift.count?.reason ? [text(`${words.reason}: ${shift.count.reason}`)] : []),
    cut,
  ];
}

function drawerBlocks({ shift, sums }: ShiftSlipParts, shown: (amount: number) => string, words: ReceiptWords): ReceiptBlock[] {
  const { float, taken, givenBack, payIns, payOuts } = sums;
  const { count } = shift;
  const sinceCount = count === null ? 0 : expectedInDrawer(sums) - count.expected;
  return [
    row(words.float, shown(float)),
    row(words.cash, shown(taken)),
    row(`  ${words.givenBack}`, shown(-givenBack)),
    row(words.payIns, shown(payIns)),
    row(words.payOuts, shown(-payOuts)),
    ...(sinceCount === 0 ? [] : [row(words.sinceCount, shown(-sinceCount))]),
    ...(count === null ? [] : [row(words.expected, shown(count.expected)), row(words.counted, shown(count.counted))]),
  ];
}
