// Stock at the centre, over real HTTP, from a node's signed facts: lots, what they are worth, and what got low. Run on both databases.
import { beforeAll, expect, it } from 'vitest';
import type { OpenTestDatabase } from '../../base/test-database.ts';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { type TestFacts, testFacts } from '../../test-facts.ts';
import type { FakeNode } from '../../test-node.ts';

export function stockSuite(open: OpenTestDatabase): void {
  let centre: TestCentre;
  let node: FakeNode;
  let facts: TestFacts;

  beforeAll(async () => {
    centre = await startTestCentre({ database: await open() });
    node = await centre.enrolNode();
    facts = testFacts(node.makeId);
    await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
  });

  const tell = async (...told: Parameters<FakeNode['append']>) => {
    node.append(...told);
    await node.push();
    await centre.settle();
  };
  const params = () => ({ storeId: node.storeId });
  const alerts = async (query = {}) => (await centre.as.inventory.lowStockAlerts({ query })).items;
  const delivery = (productId: string, quantity: number, more: { cost?: number; expiresOn?: string } = {}) => ({
    kind: 'goods.received',
    body: {
      deliveryId: centre.makeId(),
      supplier: 'CV Tirta',
      document: null,
      note: null,
      currency: 'IDR',
      lines: [
        { lineId: centre.makeId(), productId, quantity, expected: null, cost: null, lotCode: null, expiresOn: null, ...more },
      ],
      intent: '0'.repeat(64),
    },
  });

  it('[INV-05] lists lots by product or by expiry, and says what they are worth, also of goods sold before they came', async () => {
    const tea = facts.product();
    await tell(
      facts.sale([{ product: tea, quantity: 2 }]),
      delivery(tea.productId, 6, { cost: 6_001, expiresOn: '2026-12-24' }),
      delivery(tea.productId, 4, { expiresOn: '2026-11-30' }),
      facts.sale([{ product: tea, quantity: 1 }]),
    );
    const lots = async (query = {}) => (await centre.as.inventory.lots({ params: params(), query })).items;
    expect(await lots({ productId: tea.productId })).toMatchObject([
      { quantity: 6, remaining: 3, worth: 3_001, supplier: 'CV Tirta' },
      { quantity: 4, remaining: 4, worth: null },
    ]);
    expect((await lots({ expiresUntil: '2026-12-01' })).map(({ expiresOn }) => expiresOn)).toEqual(['2026-11-30']);
    const first = await centre.as.inventory.lots({ params: params(), query: { limit: '1', expiresUntil: '2027-01-01' } });
    const second = await lots({ expiresUntil: '2027-01-01', after: first.next ?? '' });
    expect([...first.items, ...second].map(({ expiresOn }) => expiresOn)).toEqual(['2026-11-30', '2026-12-24']);
    const valued = await centre.as.inventory.valuation({ params: params(), query: {} });
    expect(valued).toMatchObject({ currency: 'IDR', worth: 3_001, unvalued: 4 });
    expect(valued.items).toMatchObject([{ productId: tea.productId, onHand: 7, lots: 2, method: 'fifo', worth: 3_001 }]);
  });

  it('[INV-04] a product that gets low is one alert and one event for each crossing, until it is not low', async () => {
    const id = centre.makeId();
    await centre.as.product.create({ body: { id, sku: 'TEH-LOW', name: 'Teh', lowStockAt: 3 } });
    const tea = facts.product({ productId: id });
    const sell = (quantity: number) => facts.sale([{ product: tea, quantity }]);
    await tell(delivery(id, 10), sell(6));
    expect(await alerts()).toEqual([]);
    await tell(sell(1));
    expect(await alerts()).toMatchObject([{ sku: 'TEH-LOW', availableThen: 3, available: 3, threshold: 3, overAt: null }]);
    await tell(sell(1), sell(1));
    expect(await alerts()).toMatchObject([{ availableThen: 3, available: 1 }]);
    await tell(delivery(id, 5));
    expect(await alerts({ state: 'open' })).toEqual([]);
    await tell(sell(4));
    expect(await alerts({ storeId: node.storeId })).toMatchObject([
      { availableThen: 2, overAt: null },
      { availableThen: 3, overAt: expect.any(String) },
    ]);
    expect(await alerts({ storeId: centre.makeId() })).toEqual([]);
  });

  it('[INV-04] a store’s own threshold holds where the product has none', async () => {
    await centre.as.store.changeSettings({ params: { id: node.storeId }, body: { lowStockAt: 1 } });
    const id = centre.makeId();
    await centre.as.product.create({ body: { id, sku: 'GULA', name: 'Gula', quantityScale: 3 } });
    await tell(delivery(id, 1_001));
    expect(await alerts({ state: 'open', storeId: node.storeId })).not.toMatchObject([{ sku: 'GULA' }, {}]);
    await tell(facts.move(id, 'waste', -1));
    expect((await alerts({ state: 'open' }))[0]).toMatchObject({ sku: 'GULA', available: 1_000, threshold: 1_000 });
  });

  it('[INV-01] goods that cannot be read become an exception, and stock stays as it was', async () => {
    const tea = facts.product();
    await tell(delivery(tea.productId, 4), { ...facts.move(tea.productId, 'waste', -1) });
    const broken = delivery(tea.productId, 3);
    await tell({ ...broken, body: { ...broken.body, lines: [{ ...broken.body.lines[0], quantity: 'three' }] } });
    const { items } = await centre.as.exception.list({ query: {} });
    expect(items[0]).toMatchObject({ fact: { kind: 'goods.received' }, code: 'unreadable-fact' });
    const levels = await centre.as.inventory.levels({ params: params(), query: { limit: '500' } });
    expect(levels.items.find(({ productId }) => productId === tea.productId)).toMatchObject({ onHand: 3 });
  });

  it('[INV-05] a directive brings cost and lot along, and only for what comes in', async () => {
    const productId = centre.makeId();
    await centre.as.product.create({ body: { id: productId, sku: 'TEH-D', name: 'Teh' } });
    const wish = { storeId: node.storeId, productId, cost: 5_000, lotCode: 'A' };
    const direct = (movement: 'receive' | 'waste', quantity: number) =>
      centre.as.inventory.direct({ body: { id: centre.makeId(), ...wish, movement, quantity } });
    expect(await direct('receive', 5)).toMatchObject({ state: 'sent' });
    await expect(direct('waste', -5)).rejects.toMatchObject({ problem: { status: 422, code: 'wrong-direction' } });
  });
}
