// The tax of a paper's lines, a row for each rate; with more than one, each says of how much.
import type { Currency } from '#schema/values/currency';
import { amountText } from '#schema/values/money-text';
import { rateText } from '#schema/values/rate-text';
import type { ReceiptBlock } from '#schema/wire/receipt';
import { row } from './blocks.ts';
import type { ReceiptWords } from './words.ts';

interface TaxedLine {
  taxRate: number;
  net: number;
  tax: number;
}

export function taxRows(lines: readonly TaxedLine[], currency: Currency, words: ReceiptWords): ReceiptBlock[] {
  const rates = new Map<number, { net: number; tax: number }>();
  for (const { taxRate, net, tax } of lines) {
    const sum = rates.get(taxRate) ?? { net: 0, tax: 0 };
    rates.set(taxRate, { net: sum.net + net, tax: sum.tax + tax });
  }
  const several = rates.size > 1;
  return [...rates]
    .sort(([one], [other]) => one - other)
    .map(([rate, sum]) => taxRow({ rate, ...sum }, currency, { words, several }));
}

export function taxRow(
  { rate, net, tax }: { rate: number; net: number; tax: number },
  currency: Currency,
  { words, several }: { words: ReceiptWords; several: boolean },
): ReceiptBlock {
  const shown = (amount: number) => amountText({ amount, currency });
  const name = `${words.tax} ${rateText(rate, currency)}`;
  return row(several ? `${name} ${words.ofNet.replace('{net}', shown(net))}` : name, shown(tax));
}
