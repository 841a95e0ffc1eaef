// The sample goods are goods that could be sold: payable prices, codes of their own, barcodes that a scanner accepts.
import { describe, expect, it } from 'vitest';
import { isPayable } from '#schema/values/money';
import { checkDigit, sampleBarcode } from './barcode.ts';
import { sampleCategories, sampleDispenser } from './goods.ts';

const products = sampleCategories.flatMap((category) => category.products);

describe('[OPS-01] sample goods', () => {
  it('cost what can be paid in rupiah', () => {
    for (const { sku, rupiah } of products)
      expect(isPayable(rupiah * 100, 'IDR') && rupiah % 100 === 0 && rupiah > 0, sku).toBe(true);
  });

  it('have an SKU each that the catalogue takes', () => {
    expect(new Set(products.map(({ sku }) => sku)).size).toBe(products.length);
    for (const { sku } of products) expect(sku).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
  });

  it('pour from the sample dispenser what is dispensable, and that alone', () => {
    expect(products.filter(({ dispensable }) => dispensable).map(({ sku }) => sku)).toEqual([sampleDispenser.sku]);
  });

  it.each([
    ['400638133393', 1],
    ['590123412345', 7],
    ['000000000000', 0],
  ])('%s has the check digit %i', (twelve, digit) => {
    expect(checkDigit(twelve)).toBe(digit);
  });

  it('have thirteen digits in their barcodes', () => {
    expect(sampleBarcode(1)).toMatch(/^8990000000\d{3}$/);
  });
});
