// Labels of a shop's scale, by the store's own patterns.
import { describe, expect, it } from 'vitest';
import { type LabelPattern, labelValue, readShelfLabel } from './shelf-label.ts';

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

  it('[PRD-10] keeps every digit or refuses', () => {
    const label = { carries: 'price', plu: '1', value: 1999, decimals: 2 } as const;
    expect([labelValue(label, 2), labelValue(label, 3), labelValue(label, 0)]).toEqual([1999, 19990, undefined]);
  });
});
