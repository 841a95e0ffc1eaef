// Discounts: shares add up, nothing costs less than nothing, and what a cart shows is what its lines say.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPayable } from '../values/money.ts';
import { type Discount, discountOf, shareOut } from './discount.ts';
import { type PricedProduct, priceCart } from './pricing.ts';

const reason = 'Bent tin';
const tax = { id: 'tax', version: 1, rate: 1_100, inclusive: true };

const priced = (prices: readonly number[], discounts: readonly (Discount | null)[], cart: Discount | null) => {
  const product = (productId: string): PricedProduct => ({
    productId,
    name: productId,
    quantityScale: 0,
    dispensable: false,
    price: { id: 'price', version: 1, amount: prices[Number(productId)] ?? 0 },
    tax,
  });
  const lines = prices.map((_, index) => ({
    lineId: `${index}`,
    productId: `${index}`,
    quantity: 2,
    discount: discounts[index] ?? null,
  }));
  return priceCart(lines, { currency: 'IDR', product }, cart);
};

describe('discounts', () => {
  it('[ORD-13] takes a line’s discount first, then shares the cart’s over what is left', () => {
    const cart = priced([1_000_000, 500_000], [{ kind: 'percent', value: 1_000, reason }, null], {
      kind: 'amount',
      value: 280_000,
      reason,
    });
    if (!cart.ok) throw new Error(cart.detail);
    expect(cart.value.lines.map(({ gross, discounted, cartShare, total }) => ({ gross, discounted, cartShare, total }))).toEqual([
      { gross: 2_000_000, discounted: 200_000, cartShare: 180_000, total: 1_620_000 },
      { gross: 1_000_000, discounted: 0, cartShare: 100_000, total: 900_000 },
    ]);
    expect(cart.value).toMatchObject({ discounted: 480_000, total: 2_520_000 });
  });

  it('[ORD-13] for any discounts the lines stay payable, none below zero, and add up', () => {
    const anyDiscount = fc.option(
      fc.integer({ min: 1, max: 10_000 }).map((value): Discount => ({ kind: 'percent', value, reason })),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), anyDiscount), { minLength: 1, maxLength: 6 }),
        anyDiscount,
        (wanted, whole) => {
          const cart = priced(
            wanted.map(([steps]) => steps * 100),
            wanted.map(([, discount]) => discount),
            whole,
          );
          if (!cart.ok) throw new Error(cart.detail);
          const { lines, discounted, total } = cart.value;
          for (const line of lines) {
            expect(line.total).toBe(line.gross - line.discounted - line.cartShare);
            expect(line.total >= 0 && isPayable(line.total, 'IDR')).toBe(true);
          }
          expect(lines.reduce((sum, { gross }) => sum + gross, 0)).toBe(total + discounted);
        },
      ),
    );
  });

  it('[ORD-13] shares an amount out to the last step', () => {
    expect(shareOut(100, [1, 1, 1], 'SEK').reduce((sum, share) => sum + share)).toBe(100);
    expect(shareOut(0, [0, 0], 'SEK')).toEqual([0, 0]);
  });

  it.each([
    ['more than everything', { kind: 'amount', value: 1_100, reason }],
    ['more than all percents', { kind: 'percent', value: 10_001, reason }],
    ['a step that cannot be paid', { kind: 'amount', value: 150, reason }],
    ['nothing', { kind: 'amount', value: 0, reason }],
  ] as const)('[ORD-13] refuses %s', (_, discount) => {
    expect(discountOf(discount, 1_000, 'IDR', 'discount')).toMatchObject({ ok: false, code: 'bad-discount', field: 'discount' });
  });
});
