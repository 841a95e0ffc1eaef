// Finding products by what is scanned or typed, and taking in changes.
import { describe, expect, test } from 'vitest';
import type { CatalogueProduct } from '#schema/wire/till';
import { catalogueOf, mergeProducts, productByCode, productsIn, searchHere, setLevels, settle } from './catalogue.ts';

const product = (id: string, more: Partial<CatalogueProduct> = {}): CatalogueProduct => ({
  id,
  sku: id.toUpperCase(),
  name: id,
  categoryId: null,
  unit: 'piece',
  quantityScale: 0,
  dispensable: false,
  stockPolicy: 'warn',
  ageLimit: null,
  pluCode: null,
  position: 0,
  barcodes: [],
  price: { id: `price-${id}`, version: 1, amount: 1_800_000 },
  tax: { id: 'ppn', version: 1, rate: 1_100, inclusive: true },
  available: 10,
  ...more,
});

const kopi = product('kopi', { name: 'Kopi susu', barcodes: ['08991234567890'], position: 2, categoryId: 'hot' });
const teh = product('teh', { name: 'Teh botol', barcodes: ['00000096385074'], position: 1, categoryId: 'drinks' });
const roti = product('roti', { name: 'Roti bakar', sku: 'rot-01', position: 3, categoryId: 'food' });
const categories = [
  { id: 'drinks', parentId: null, name: 'Drinks', position: 1 },
  { id: 'hot', parentId: 'drinks', name: 'Hot', position: 1 },
  { id: 'food', parentId: null, name: 'Food', position: 2 },
];
const catalogue = catalogueOf([kopi, teh, roti], categories);

describe('codes', () => {
  test.each([
    ['an EAN-13', '8991234567890', 'kopi'],
    ['the same as GTIN-14', '08991234567890', 'kopi'],
    ['an EAN-8', '96385074', 'teh'],
    ['a SKU, in any case', 'ROT-01', 'roti'],
    ['a code with white space around it', ' 96385074 ', 'teh'],
  ])('%s finds its product', (_, code, id) => {
    expect(productByCode(catalogue, code)?.id).toBe(id);
  });

  test('a part of a barcode and an unknown code find nothing', () => {
    expect(productByCode(catalogue, '899123456')).toBeUndefined();
    expect(productByCode(catalogue, '4006381333931')).toBeUndefined();
  });

  test('a barcode wins over a SKU that looks like it', () => {
    const clash = catalogueOf([product('a', { sku: '96385074' }), teh], []);
    expect(productByCode(clash, '96385074')?.id).toBe('teh');
  });
});

describe('order and search', () => {
  test('tiles stand by position, a category holds its descendants', () => {
    expect(catalogue.order).toEqual(['teh', 'kopi', 'roti']);
    expect(productsIn(catalogue, 'drinks')).toEqual(['teh', 'kopi']);
  });

  test('words are found in any order, codes by their beginning', () => {
    expect(searchHere(catalogue, 'susu kopi', 10)).toEqual(['kopi']);
    expect(searchHere(catalogue, 'rot-', 10)).toEqual(['roti']);
    expect(searchHere(catalogue, 'o', 2)).toEqual(['teh', 'kopi']);
  });
});

describe('changes', () => {
  test('a new price moves nothing', () => {
    const dearer = { ...kopi, price: { ...kopi.price, version: 2, amount: 2_000_000 } };
    const next = mergeProducts(catalogue, [dearer], ['kopi']);
    expect(next.products.get('kopi')?.price.amount).toBe(2_000_000);
    expect(next.order).toBe(catalogue.order);
    expect(catalogue.products.get('kopi')?.price.amount).toBe(1_800_000);
  });

  test('a new barcode is found, the old one no more', () => {
    const next = mergeProducts(catalogue, [{ ...kopi, barcodes: ['04006381333931'] }], ['kopi']);
    expect(productByCode(next, '4006381333931')?.id).toBe('kopi');
    expect(productByCode(next, '8991234567890')).toBeUndefined();
  });

  test('what was asked for and did not come is no longer sold', () => {
    const next = mergeProducts(catalogue, [], ['kopi']);
    expect(next.order).toEqual(['teh', 'roti']);
    expect(productByCode(next, '8991234567890')).toBeUndefined();
  });

  test('read again and the same, the lists stay the very same', () => {
    const again = settle(catalogue, catalogueOf([roti, kopi, teh], [...categories]));
    expect(again.order).toBe(catalogue.order);
    expect(again.categories).toBe(catalogue.categories);
    expect(settle(catalogue, catalogueOf([roti, kopi], categories)).order).toEqual(['kopi', 'roti']);
  });

  test('levels change alone', () => {
    const next = setLevels(catalogue, [
      { productId: 'kopi', available: 3 },
      { productId: 'unknown', available: 1 },
    ]);
    expect(next.products.get('kopi')?.available).toBe(3);
    expect(next.products.size).toBe(3);
  });
});
