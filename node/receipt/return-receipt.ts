// The receipt of a return: what came back of which sale, and how its money went back.
import type { StoreLanguage } from '#schema/rules/settings';
import { assert } from '#schema/values/assert';
import { isCurrency } from '#schema/values/currency';
import { amountText, moneyText } from '#schema/values/money-text';
import { quantityText } from '#schema/values/quantity-text';
import { wallTime } from '#schema/values/time';
import type { ReceiptBlock } from '#schema/wire/receipt';
import type { SaleReturn } from '#schema/wire/return';
import { centred, cut, headOf, row, rule, type StoreHead, space, text } from './blocks.ts';
import { taxRows } from './tax-rows.ts';
import { receiptWords } from './words.ts';

export interface ReturnReceiptParts {
  taken: SaleReturn;
  store: StoreHead & { timeZone: string };
  till: string;
  seller: string | null;
  language: StoreLanguage;
  copy: boolean;
}

export function returnReceipt({ taken, store, till, seller, language, copy }: ReturnReceiptParts): ReceiptBlock[] {
  const { currency, lines, net, total, rounding, refunds } = taken;
  assert(isCurrency(currency), `no currency ${currency}`);
  const words = receiptWords[language];
  const shown = (amount: number) => amountText({ amount, currency });
  const at = wallTime(Date.parse(taken.occurredAt), store.timeZone).slice(0, 16);
  return [
    ...headOf(store),
    centred(words.returned, { bold: true, size: 'large' }),
    ...(copy ? [centred(words.copy, { bold: true, size: 'large' })] : []),
    space,
    row(`${words.receipt} ${taken.receipt}`, till),
    row(at, seller === null ? '' : `${words.servedBy} ${seller}`),
    text(`${words.ofReceipt} ${taken.original.receipt}`),
    rule,
    ...lines.flatMap(({ name, quantity, quantityScale, total }) => {
      const single = quantity === 1 && quantityScale === 0;
      return single
        ? [row(name, shown(total))]
        : [text(name), row(`  ${quantityText(quantity, quantityScale, currency)} ×`, shown(total))];
    }),
    rule,
    row(words.net, shown(net)),
    ...taxRows(lines, currency, words),
    ...(rounding === 0 ? [] : [row(words.rounding, shown(rounding))]),
    row(words.refunded, moneyText({ amount: total + rounding, currency }), { bold: true, size: 'tall' }),
    ...refunds.flatMap(({ method, amount, reference }) => [
      row(words[method], shown(amount)),
      ...(reference === null ? [] : [text(`  ${words.reference} ${reference}`)]),
    ]),
    space,
    text(`${words.reason}: ${taken.reason}`),
    cut,
  ];
}
