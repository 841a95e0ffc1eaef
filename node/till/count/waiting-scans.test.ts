// What is shown of a stocktake while scans wait: as if they were answered, the last first.
import { expect, test } from 'vitest';
import { type CountLine, type WaitingScan, withWaiting } from './waiting-scans.ts';

const line = (productId: string, counted: number): CountLine => ({ productId, name: productId, quantityScale: 0, counted });
const scan = (productId: string, quantity: number, more: Partial<WaitingScan['scan']> = {}): WaitingScan => ({
  countId: 'count',
  scan: { id: `${productId}-${quantity}`, productId, kind: 'add', quantity, ...more },
});
const names = (productId: string) => ({ name: productId.toUpperCase(), quantityScale: 0 });
const shown = (lines: readonly CountLine[], waiting: readonly WaitingScan[]) =>
  withWaiting({ id: 'count', lines: [...lines] }, waiting, names).map(({ name, counted }) => `${name} ${counted}`);

test('[INV-10] scans that wait add up on what is counted', () => {
  expect(shown([line('kopi', 2), line('teh', 1)], [scan('teh', 1), scan('teh', 1)])).toEqual(['teh 3', 'kopi 2']);
  expect(shown([line('kopi', 2)], [scan('roti', 1)])).toEqual(['ROTI 1', 'kopi 2']);
  expect(shown([line('kopi', 2)], [scan('kopi', -1)])).toEqual(['kopi 1']);
  expect(shown([line('kopi', 2)], [scan('kopi', 9, { kind: 'set' })])).toEqual(['kopi 9']);
});

test('[INV-10] scans of another stocktake, and codes that only the node may know, are not shown yet', () => {
  expect(shown([line('kopi', 2)], [{ ...scan('kopi', 1), countId: 'other' }])).toEqual(['kopi 2']);
  const { productId: _, ...unknown } = scan('kopi', 1).scan;
  expect(shown([line('kopi', 2)], [{ countId: 'count', scan: { ...unknown, code: '4006381333931' } }])).toEqual(['kopi 2']);
});
