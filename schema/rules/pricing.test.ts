// Prices, taxes and postings against the golden vectors, then random carts against what must always hold.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Currency, currencies } from '../values/currency.ts';
import { isPayable } from '../values/money.ts';
import vectors from '../vectors/pricing.json' with { type: 'json' };
import { postingsForSale } from './posting.ts';
import { type PricedProduct, priceCart } from './pricing.ts';
import { quickAmounts, settle } from './tender.ts';

interface Wanted {
  price: number;
  quantity: number;
  quantityScale: number;
  rate: number;
  inclusive: boolean;
}

function priced(currency: Currency, lines: readonly Wanted[]) {
  const products = new Map<string, PricedProduct>(
    lines.map(({ price, quantityScale, rate, inclusive }, index) => [
      `product-${index}`,
      {
        productId: `product-${index}`,
        name: `Product ${index}`,
        quantityScale,
        dispensable: false,
        price: { id: `price-${index}`, version: 1, amount: price },
        tax: { id: `tax-${index}`, version: 1, rate, inclusive },
      },
    ]),
  );
  const cart = lines.map(({ quantity }, index) => ({ lineId: `line-${index}`, productId: `product-${index}`, quantity }));
  const result = priceCart(cart, { currency, product: (id) => products.get(id) });
  if (!result.ok) throw new Error(result.detail);
  return result.value;
}

describe('pricing', () => {
  it.each(vectors)('[PRD-01] [CMP-03] $about', ({ currency, lines, total }) => {
    const cart = priced(currency as Currency, lines);
    expect(cart.lines.map(({ net, taxAmount, total }) => ({ net, tax: taxAmount, total }))).toEqual(
      lines.map(({ net, tax, total }) => ({ net, tax, total })),
    );
    expect(cart.total).toBe(total);
  });

  const anyLine = fc.record({
    steps: fc.integer({ min: 0, max: 100_000 }),
    quantity: fc.integer({ min: 1, max: 999 }),
    quantityScale: fc.constantFrom(0, 3),
    rate: fc.integer({ min: 0, max: 10_000 }),
    inclusive: fc.boolean(),
  });

  it('[PAY-12] for any cart: net and tax make the total, all of it payable, and the postings of the sale sum to zero', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Currency>('IDR', 'SEK', 'JPY', 'KWD'),
        fc.array(anyLine, { minLength: 1, maxLength: 8 }),
        (currency, lines) => {
          const { payableStep, cashStep } = currencies[currency];
          const cart = priced(
            currency,
            lines.map(({ steps, ...line }) => ({ ...line, price: steps * payableStep })),
          );
          for (const line of cart.lines) {
            expect(line.net + line.taxAmount).toBe(line.total);
            for (const amount of [line.net, line.taxAmount, line.total]) expect(isPayable(amount, currency)).toBe(true);
          }
          const settled = settle(cart.total, [{ tenderId: 't', method: 'cash', tendered: cart.total + 1_000 }], {
            currency,
            cashStep,
          });
          if (!settled.ok) throw new Error(settled.detail);
          const { tenders, rounding, due } = settled.value;
          expect(Math.abs(rounding) * 2).toBeLessThanOrEqual(cashStep ?? 0);
          expect(tenders[0]?.change).toBe(cart.total + 1_000 - due);
          const postings = postingsForSale({ currency, net: cart.net, tax: cart.tax, tip: 0, rounding, tenders });
          expect(postings.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
          expect(postings.find(({ account }) => account === 'store-cash')?.amount ?? 0).toBe(due);
        },
      ),
    );
  });

  it('[PAY-03] refuses less than is due, and says both', () => {
    expect(settle(9_950, [{ tenderId: 't', method: 'cash', tendered: 9_999 }], { currency: 'SEK', cashStep: 100 })).toMatchObject(
      {
        ok: false,
        code: 'not-enough-tendered',
        facts: { due: 10_000, tendered: 9_999 },
      },
    );
  });

  it('[PAY-03] offers the notes that people carry: 47.500 gives exact, 50.000, 60.000 and 100.000', () => {
    expect(quickAmounts(4_750_000, 'IDR')).toEqual([4_750_000, 5_000_000, 6_000_000, 10_000_000]);
    expect(quickAmounts(10_000, 'SEK')).toEqual([10_000, 20_000, 50_000]);
  });
});
