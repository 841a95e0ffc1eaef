// The page that shows what a printer can do: its width, sizes, letters, a QR code, and the cut.

import type { StoreLanguage } from '#schema/rules/settings';
import type { Currency } from '#schema/values/currency';
import { moneyText } from '#schema/values/money-text';
import type { PrinterProfile } from '#schema/wire/print';
import type { ReceiptBlock } from '#schema/wire/receipt';
import { centred, cut, headOf, row, rule, type StoreHead, space, text } from './blocks.ts';
import { receiptWords } from './words.ts';

const SAMPLE_AMOUNT = 4_750_000;

export interface TrialPageParts {
  store: StoreHead & { currency: Currency };
  printer: { name: string; profile: PrinterProfile };
  at: string;
  language: StoreLanguage;
}

export function trialPage({ store, printer, at, language }: TrialPageParts): ReceiptBlock[] {
  const words = receiptWords[language];
  const { columns, codePage } = printer.profile;
  return [
    ...headOf(store),
    centred(words.test, { bold: true, size: 'large' }),
    row(words.printer, printer.name),
    row(codePage.toUpperCase(), at),
    rule,
    text('1234567890'.repeat(5).slice(0, columns)),
    rule,
    row(words.testLetters, 'åäö ÅÄÖ é ü € × –'),
    row(words.total, moneyText({ amount: SAMPLE_AMOUNT, currency: store.currency }), { bold: true, size: 'tall' }),
    space,
    { kind: 'qr', text: 'LAPAK-TEST' },
    cut,
  ];
}
