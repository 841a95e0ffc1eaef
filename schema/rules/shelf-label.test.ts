// Labels of a shop's scale, by the store's own patterns.
import { describe, expect, it } from 'vitest';
import { type LabelPattern, labelledSale, labelValue, readShelfLabel } from './shelf-label.ts';

const price: LabelPattern = { prefix: '23', carries: 'price', itemDigits: 5, priceCheck: false, decimals: 2 };
const weight: LabelPattern = { prefix: '21', carries: 'weight', itemDigits: 5, priceCheck: false, decimals: 3 };

describe('shelf labels', () => {
  it.each([
    ['a price', '2312345019998', { carries: 'price', plu: '12345', value: 1999, decimals: 2 }],
    ['a weight', '2112345007502', { carries: 'weight', plu: '12345', value: 750, decimals: 3 }],
  ])('[PRD-10] reads %s', (_, code, label) => {
    expect(readShelfLabel(code, [price, weight])).toEqual(label);
  });

  it.each([
    ['a wrong check digit', '2312345019997'],
    ['a prefix that is not the store’s', '2412345019997'],
    ['another length', '231234501999'],
    ['letters', '23123450199A8'],
  ])('[PRD-10] does not take %s for a label', (_, code) => {
    expect(readShelfLabel(code, [price, weight])).toBeUndefined();
  });

  it.each([
    ['by weight what the scale said', { carries: 'weight', value: 750, decimals: 3 }, 3, { quantity: 750, labelAmount: null }],
    ['by price what it weighed', { carries: 'price', value: 1999, decimals: 2 }, 3, { quantity: 500, labelAmount: 1999 }],
    ['by price one piece', { carries: 'price', value: 1999, decimals: 2 }, 0, { quantity: 1, labelAmount: 1999 }],
    ['no grams of a piece', { carries: 'weight', value: 750, decimals: 3 }, 0, undefined],
    ['nothing for nothing', { carries: 'price', value: 0, decimals: 2 }, 0, undefined],
  ] as const)('[PRD-10] sells %s', (_, label, quantityScale, sold) => {
    expect(labelledSale({ plu: '1', ...label }, { quantityScale, price: { amount: 3998 } }, 2)).toEqual(sold);
  });

  it('[PRD-10] keeps every digit or refuses', () => {
    const label = { carries: 'price', plu: '1', value: 1999, decimals: 2 } as const;
    expect([labelValue(label, 2), labelValue(label, 3), labelValue(label, 0)]).toEqual([1999, 19990, undefined]);
  });
});
