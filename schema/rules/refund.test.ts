// Returns: whatever comes back in whatever pieces, the money is what was paid, and never more comes back than was bought.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Currency } from '../values/currency.ts';
import { toCash } from '../values/money.ts';
import { cashBack, checkRefundTenders, refundOf, type SoldLine } from './refund.ts';

const line = (given: Partial<SoldLine> = {}): SoldLine => ({
  lineId: 'a',
  quantity: 3,
  net: 2_700,
  taxAmount: 300,
  returned: 0,
  vouchered: 0,
  ...given,
});

describe('refund', () => {
  it('[ORD-14] gives back piece by piece exactly what the line cost, in goods, tax and cash', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Currency>('IDR', 'SEK'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 9_999 }),
        fc.integer({ min: 0, max: 2_000 }),
        (currency, pieces, steps, taxSteps) => {
          const step = currency === 'IDR' ? 100 : 1;
          const cashStep = currency === 'SEK' ? 100 : null;
          const sold = line({
            quantity: pieces.reduce((sum, piece) => sum + piece),
            net: steps * step,
            taxAmount: taxSteps * step,
          });
          const back = { net: 0, tax: 0, cash: 0, returned: 0 };
          for (const quantity of pieces) {
            const refund = refundOf([{ ...sold, returned: back.returned }], [{ lineId: 'a', quantity }], currency);
            if (!refund.ok) throw new Error(refund.detail);
            const { net, tax, total } = refund.value;
            expect(net >= 0 && tax >= 0).toBe(true);
            back.cash += cashBack(total, back.net + back.tax, cashStep);
            back.net += net;
            back.tax += tax;
            back.returned += quantity;
          }
          expect(back).toMatchObject({ net: sold.net, tax: sold.taxAmount, cash: toCash(sold.net + sold.taxAmount, cashStep) });
          expect(refundOf([{ ...sold, returned: back.returned }], [{ lineId: 'a', quantity: 1 }], currency).ok).toBe(false);
        },
      ),
    );
  });

  it.each([
    ['a line that is not on the receipt', [{ lineId: 'b', quantity: 1 }], 'unknown-line'],
    [
      'one line twice',
      [
        { lineId: 'a', quantity: 1 },
        { lineId: 'a', quantity: 1 },
      ],
      'repeated-line',
    ],
    ['nothing of a line', [{ lineId: 'a', quantity: 0 }], 'bad-quantity'],
    ['more than was bought', [{ lineId: 'a', quantity: 4 }], 'returned-already'],
  ])('[ORD-14] refuses %s', (_, wanted, code) => {
    expect(refundOf([line()], wanted, 'SEK')).toMatchObject({ ok: false, code });
  });

  it('[ORD-14] takes no poured unit back', () => {
    expect(refundOf([line({ vouchered: 2 })], [{ lineId: 'a', quantity: 2 }], 'SEK')).toMatchObject({
      ok: false,
      code: 'voucher-used',
      facts: { left: 1 },
    });
  });

  it.each([
    ['not all of it', [{ method: 'cash', amount: 99 }] as const],
    ['more to a card than it paid', [{ method: 'card', amount: 100 }] as const],
    ['more in cash than cash paid', [{ method: 'cash', amount: 100 }] as const],
    ['to a static code', [{ method: 'qris', amount: 100 }] as const],
  ])('[ORD-14] refuses to refund %s', (_, refunds) => {
    const taken = [
      { method: 'card', amount: 90, refunded: 0 },
      { method: 'cash', amount: 10, refunded: 0 },
    ] as const;
    expect(checkRefundTenders(100, refunds, taken)).toMatchObject({ ok: false, code: 'bad-refund' });
  });
});
