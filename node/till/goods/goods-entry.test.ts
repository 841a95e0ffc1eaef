// Goods as they are written down: what a scan does, what the node is sent, and what keeps it from being sent.
import { describe, expect, test } from 'vitest';
import {
  addProduct,
  deliveryOf,
  draftOf,
  entryOfDraft,
  type GoodsEntry,
  itemsIn,
  newEntry,
  removeLine,
  setLine,
  transferOf,
  wasteOf,
  whyNotSend,
} from './goods-entry.ts';

const scales: Record<string, number> = { kopi: 0, apel: 3 };
const words = { currency: 'IDR' as const, scaleOf: (id: string) => scales[id] ?? 0 };

const scanned = (kind: GoodsEntry['kind'], ...productIds: string[]): GoodsEntry =>
  productIds.reduce(
    (entry, productId, index) => addProduct(entry, productId, 10 ** (scales[productId] ?? 0), `line-${index}`),
    newEntry('entry', kind),
  );

describe('[INV-05] goods that are written down', () => {
  test('the same product counts on its line, unless that has a lot of its own', () => {
    const entry = scanned('receive', 'kopi', 'apel', 'kopi');
    expect(entry.lines.map(({ productId, quantity }) => `${productId} ${quantity}`)).toEqual(['kopi 2', 'apel 1000']);
    const withLot = setLine(entry, 'line-0', { lotCode: 'L-1' });
    expect(addProduct(withLot, 'kopi', 1, 'line-3').lines.map(({ lotCode, quantity }) => `${lotCode} ${quantity}`)).toEqual([
      'L-1 2',
      ' 1000',
      ' 1',
    ]);
    expect(removeLine(entry, 'line-0').lines).toHaveLength(1);
  });

  test.each([
    ['3.200', 47, 0, 15_040_000],
    ['3200', 1_500, 3, 480_000],
    ['', 47, 0, null],
    ['dear', 47, 0, null],
    ['-3.200', 47, 0, null],
  ])('%s each for %d at scale %d costs %s', (costEach, quantity, scale, cost) => {
    const product = scale === 0 ? 'kopi' : 'apel';
    const entry = setLine(scanned('receive', product), 'line-0', { quantity, costEach });
    expect(deliveryOf(entry, words).lines[0]?.cost).toBe(cost);
  });

  test('a delivery carries supplier, note, lots and what was expected; lines of nothing are left out', () => {
    let entry = scanned('receive', 'kopi', 'apel');
    entry = setLine({ ...entry, party: ' CV Tirta ', document: '8841' }, 'line-0', { expected: 48, expiresOn: '2027-03-01' });
    entry = setLine(entry, 'line-1', { quantity: 0 });
    expect(deliveryOf(entry, words)).toEqual({
      id: 'entry',
      supplier: 'CV Tirta',
      document: '8841',
      note: null,
      lines: [
        { lineId: 'line-0', productId: 'kopi', quantity: 1, expected: 48, cost: null, lotCode: null, expiresOn: '2027-03-01' },
      ],
    });
    expect(deliveryOf({ ...entry, sameDocument: true }, words).sameDocument).toBe(true);
  });

  test('what leaves names its lot and brings no cost along', () => {
    const out = setLine({ ...scanned('transfer-out', 'kopi'), party: 'Kemang' }, 'line-0', { lotId: '1.5.0', costEach: '3.200' });
    expect(transferOf(out, words)).toMatchObject({ direction: 'out', otherStore: 'Kemang' });
    expect(transferOf(out, words).lines).toEqual([{ lineId: 'line-0', productId: 'kopi', quantity: 1, lotId: '1.5.0' }]);
    expect(wasteOf({ ...out, kind: 'waste' }, 'spilled')).toMatchObject({ reason: 'spilled', lines: [{ lotId: '1.5.0' }] });
  });

  test('a draft comes back as it was written', () => {
    const entry = setLine({ ...scanned('receive', 'kopi', 'apel'), party: 'UD Sari' }, 'line-0', {
      quantity: 3,
      costEach: '3.200',
      lotCode: 'L-1',
      expected: 4,
    });
    const draft = { id: 'entry', savedAt: '', tillId: '', staffId: null, content: draftOf(entry, words) };
    expect(entryOfDraft(draft, words)).toEqual(entry);
  });

  test.each<[string, GoodsEntry, string | null]>([
    ['nothing in it', newEntry('entry', 'receive'), 'goods_why_empty'],
    ['only lines of nothing', setLine(scanned('receive', 'kopi'), 'line-0', { quantity: 0 }), 'goods_why_empty'],
    ['a transfer to nobody', scanned('transfer-out', 'kopi'), 'goods_why_store'],
    ['waste without a reason', scanned('waste', 'kopi'), 'goods_why_reason'],
    ['a cost that is none', setLine(scanned('receive', 'kopi'), 'line-0', { costEach: 'x' }), 'goods_why_cost'],
    ['a delivery from nobody', scanned('receive', 'kopi'), null],
    ['waste with a reason', { ...scanned('waste', 'kopi'), reason: 'expired' }, null],
  ])('%s', (_, entry, why) => {
    expect(whyNotSend(entry, words)).toBe(why);
  });

  test('weighed goods are one item each, however heavy', () => {
    expect(itemsIn(scanned('receive', 'kopi', 'kopi', 'apel'), words.scaleOf)).toBe(3);
  });
});
