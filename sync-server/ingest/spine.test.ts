// From a node's signed facts to orders, stock, books and takings, over real HTTP.
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { startTestCentre, type TestCentre } from '../test-centre.ts';
import { type TestFacts, testFacts } from '../test-facts.ts';
import type { FakeNode } from '../test-node.ts';

/** Noon in Jakarta, and it stays so: no hour and no business day turns between a sale and a look at its takings. */
const noon = Date.UTC(2026, 10, 21, 5);

const sumOf = (amounts: readonly number[] = []) => amounts.reduce((sum, amount) => sum + amount, 0);

describe('a store’s facts at the centre', () => {
  let centre: TestCentre;
  let node: FakeNode;
  let facts: TestFacts;

  beforeAll(async () => {
    centre = await startTestCentre({ clock: { now: () => noon, after: systemClock.after } });
    node = await centre.enrolNode();
    facts = testFacts(node.makeId);
  });

  const levelOf = async (productId: string) => {
    const { items } = await centre.as.inventory.levels({ params: { storeId: node.storeId }, query: { limit: '500' } });
    const level = items.find((item) => item.productId === productId);
    return level && { onHand: level.onHand, reserved: level.reserved };
  };
  const orderOf = (id: string) => centre.as.order.show({ params: { id } });
  const tell = async (...told: Parameters<FakeNode['append']>) => {
    node.append(...told);
    await node.push();
    await centre.settle();
  };

  it('[PAY-12] a sale becomes an order, its entry balances to the unit, and the books stay append-only', async () => {
    const coffee = facts.product({ amount: 1_850_000 });
    const sale = facts.sale([{ product: coffee, quantity: 3 }]);
    await tell(sale);
    const order = await orderOf(sale.body.saleId);
    expect(order).toMatchObject({ state: 'completed', total: 5_550_000, receipt: 'T1A-000001', vouchers: [] });
    expect(order.lines).toMatchObject([{ name: 'Kopi susu', quantity: 3, unitPrice: 1_850_000, total: 5_550_000 }]);
    expect(order.fact).toEqual({ generation: 1, seq: node.facts.length, hash: node.facts.at(-1)?.hash });
    expect(order.postings).toEqual([
      { account: 'store-cash', currency: 'IDR', amount: 5_550_000 },
      { account: 'sales-revenue', currency: 'IDR', amount: -5_000_000 },
      { account: 'tax-payable', currency: 'IDR', amount: -550_000 },
    ]);
    const { items } = await centre.as.ledger.entries({ query: { source: sale.body.saleId } });
    expect(items.map(({ postings }) => postings.reduce((sum, { amount }) => sum + amount, 0))).toEqual([0]);
    const { items: balances } = await centre.as.ledger.balances({ query: { storeId: node.storeId } });
    expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
    for (const change of ['UPDATE postings SET amount = 0', 'DELETE FROM postings', 'UPDATE ledger_entries SET source = id'])
      await expect(centre.database.db.execute(change)).rejects.toThrow();
  });

  it('[INV-01] stock is the sum of its movements, by every kind of fact', async () => {
    const tea = facts.product();
    await tell(
      facts.move(tea.productId, 'receive', 20),
      facts.sale([{ product: tea, quantity: 4 }]),
      facts.move(tea.productId, 'waste', -1),
    );
    expect(await levelOf(tea.productId)).toEqual({ onHand: 15, reserved: 0 });
    const { items } = await centre.as.inventory.movements({ params: { storeId: node.storeId, productId: tea.productId } });
    expect(items.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ['waste', -1],
      ['sell', -4],
      ['receive', 20],
    ]);
  });

  it('[INV-01] a voucher reserves, a pour consumes, failure and closing release, doubt keeps, and a pour told late counts once', async () => {
    const oil = facts.product({ dispensable: true });
    const sale = facts.sale([{ product: oil, quantity: 2 }]);
    const [first, second] = [facts.issue(oil.productId, sale.body), facts.issue(oil.productId, sale.body)];
    await tell(sale, first, second);
    expect(await levelOf(oil.productId)).toEqual({ onHand: 0, reserved: 2 });
    expect((await orderOf(sale.body.saleId)).state).toBe('confirmed');
    await tell(facts.finish(first.body, 'uncertain'));
    expect(await levelOf(oil.productId)).toEqual({ onHand: 0, reserved: 2 });
    await tell(facts.finish(first.body, 'ok'), facts.close(second.body, 'expired'));
    expect(await levelOf(oil.productId)).toEqual({ onHand: -1, reserved: 0 });
    expect((await orderOf(sale.body.saleId)).state).toBe('confirmed');
    await tell(facts.finish(second.body, 'ok'), facts.finish(second.body, 'ok'));
    expect(await levelOf(oil.productId)).toEqual({ onHand: -2, reserved: 0 });
    const order = await orderOf(sale.body.saleId);
    expect(order).toMatchObject({ state: 'completed', vouchers: [{ state: 'dispensed' }, { state: 'dispensed' }] });
  });

  it('rolls takings up by the hour and shows them in the fleet', async () => {
    const before = (await centre.as.fleet.show()).items.find(({ id }) => id === node.storeId);
    const businessDate = before?.businessDate ?? '';
    const sale = facts.sale([{ product: facts.product(), quantity: 1 }], { businessDate });
    await tell(sale);
    const after = (await centre.as.fleet.show()).items.find(({ id }) => id === node.storeId);
    expect(after?.salesToday).toBe((before?.salesToday ?? 0) + sale.body.total);
    expect(after?.salesCount).toBe((before?.salesCount ?? 0) + 1);
    expect(after?.hours.at(-1)).toBeGreaterThanOrEqual(sale.body.total);
    expect(after).toMatchObject({ exceptions: 0, unapplied: 0 });
  });

  it('[REP-05] takings are what was taken: with cash rounding the order, its list, the drawer and the fleet say the same', async () => {
    const shown = async () => (await centre.as.fleet.show()).items.find(({ id }) => id === node.storeId);
    const before = await shown();
    const businessDate = before?.businessDate ?? '';
    const product = facts.product({ amount: 1_234_500 });
    const sale = facts.sale([{ product, quantity: 1 }], { businessDate, cashStep: 10_000 });
    expect(sale.body).toMatchObject({ total: 1_234_500, rounding: -4_500, due: 1_230_000 });
    await tell(sale);
    const order = await orderOf(sale.body.saleId);
    const { items } = await centre.as.order.list({ query: { receipt: sale.body.receipt } });
    const after = await shown();
    const drawer = order.postings.find(({ account }) => account === 'store-cash')?.amount;
    const takings = (after?.salesToday ?? 0) - (before?.salesToday ?? 0);
    const hourly = sumOf(after?.hours) - sumOf(before?.hours);
    expect([order.due, items[0]?.due, drawer, takings, hourly]).toEqual(Array(5).fill(1_230_000));
  });

  it('[STO-02] a store that may be without internet says so to the fleet', async () => {
    const awayHours = async () => (await centre.as.fleet.show()).items.find(({ id }) => id === node.storeId)?.awayHours;
    expect(await awayHours()).toBeNull();
    await centre.as.store.changeSettings({ params: { id: node.storeId }, body: { awayHours: 336 } });
    expect(await awayHours()).toBe(336);
  });

  it('a directive is done when its fact has come up, and refused when the node says so', async () => {
    await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
    const productId = centre.makeId();
    await centre.as.product.create({ body: { id: productId, sku: 'TEH-1', name: 'Teh botol' } });
    const wish = { storeId: node.storeId, productId, movement: 'receive' as const, quantity: 5 };
    const [done, refused] = [centre.makeId(), centre.makeId()];
    expect(await centre.as.inventory.direct({ body: { id: done, ...wish } })).toEqual({ directiveId: done, state: 'sent' });
    await centre.as.inventory.direct({ body: { id: refused, ...wish } });
    await tell(facts.move(productId, 'receive', 5, done), {
      kind: 'directive.answered',
      body: { directiveId: refused, answer: 'refused', code: 'unknown-product', detail: 'Not sold here.' },
    });
    expect(await centre.as.inventory.directive({ params: { id: done } })).toMatchObject({ state: 'done' });
    expect(await centre.as.inventory.directive({ params: { id: refused } })).toMatchObject({
      state: 'refused',
      code: 'unknown-product',
    });
  });
});
