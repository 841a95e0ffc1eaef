// The amounts of the open sale, with what the store no longer sells set apart.
import { expect, test } from 'vitest';
import { catalogueOf } from '../catalogue/catalogue.ts';
import { priceSale, quantityText } from './priced-sale.ts';

const product = (id: string, amount: number, quantityScale = 0) => ({
  id,
  sku: id,
  name: id,
  categoryId: null,
  unit: 'piece',
  quantityScale,
  dispensable: false,
  stockPolicy: 'warn' as const,
  ageLimit: null,
  pluCode: null,
  position: 0,
  barcodes: [],
  price: { id: `price-${id}`, version: 1, amount },
  tax: { id: 'tax', version: 1, rate: 1_100, inclusive: true },
  available: 1,
});

const line = (productId: string, quantity: number) => ({ lineId: `line-${productId}`, productId, quantity });
const catalogue = catalogueOf([product('kopi', 1_800_000), product('apel', 3_000_000, 3), product('saft', 9_950)], []);

test('lines, tax and due add up', () => {
  const sale = priceSale({ lines: [line('kopi', 2), line('apel', 500)], discount: null, tip: 0 }, catalogue, {
    currency: 'IDR',
    cashStep: null,
  });
  expect(sale).toMatchObject({ total: 5_100_000, cashDue: 5_100_000, rounding: 0, items: 3, allSold: true });
  expect(sale.net + sale.tax).toBe(sale.total);
});

test('a product that is no longer sold keeps its line and adds nothing', () => {
  const sale = priceSale({ lines: [line('gone', 3), line('kopi', 1)], discount: null, tip: 0 }, catalogue, {
    currency: 'IDR',
    cashStep: null,
  });
  expect(sale).toMatchObject({ total: 1_800_000, allSold: false });
  expect(sale.lines.map(({ sold }) => sold)).toEqual([false, true]);
});

test('SEK 99,50 is 100 kronor in cash, with the rounding as its own amount', () => {
  const sale = priceSale({ lines: [line('saft', 1)], discount: null, tip: 0 }, catalogue, { currency: 'SEK', cashStep: 100 });
  expect(sale).toMatchObject({ total: 9_950, cashDue: 10_000, rounding: 50 });
});

test('nothing in the sale costs nothing', () => {
  expect(priceSale({ lines: [], discount: null, tip: 0 }, catalogue, { currency: 'IDR', cashStep: null })).toMatchObject({
    total: 0,
    allSold: true,
  });
});

test('quantities read as they are sold', () => {
  expect([quantityText(2, 0), quantityText(1_250, 3), quantityText(50, 3)]).toEqual(['2', '1,250', '0,050']);
});
