// Returns at the centre: beside their order, in its books, out of the takings, and never more than was bought without a person hearing.
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { type TestFacts, testFacts } from '../../test-facts.ts';
import type { FakeNode } from '../../test-node.ts';

describe('returns at the centre', () => {
  let centre: TestCentre;
  let node: FakeNode;
  let facts: TestFacts;
  beforeAll(async () => {
    centre = await startTestCentre();
    node = await centre.enrolNode();
    facts = testFacts(node.makeId);
  });

  const tell = async (...told: Parameters<FakeNode['append']>) => {
    node.append(...told);
    await node.push();
    await centre.settle();
  };
  const balances = async () => {
    const { items } = await centre.as.ledger.balances({ query: { storeId: node.storeId } });
    return new Map(items.map(({ account, balance }) => [account, balance]));
  };
  const exceptions = async () => (await centre.as.exception.list({ query: { storeId: node.storeId } })).items;

  it('[ORD-14] [PAY-12] one of three comes back: the order shows it, the books balance, stock rises, takings fall', async () => {
    const coffee = facts.product();
    const sale = facts.sale([{ product: coffee, quantity: 3 }]);
    await tell(facts.move(coffee.productId, 'receive', 10), sale);
    const back = facts.back(node.storeId, sale.body, 1);
    await tell(back);
    const order = await centre.as.order.show({ params: { id: sale.body.saleId } });
    expect(order.returns).toMatchObject([{ id: back.body.returnId, total: 1_800_000, lines: [{ quantity: 1 }] }]);
    expect(order.postings.filter(({ account }) => account === 'store-cash').map(({ amount }) => amount)).toEqual([
      5_400_000, -1_800_000,
    ]);
    const books = await balances();
    expect([...books.values()].reduce((sum, balance) => sum + balance, 0)).toBe(0);
    expect(books.get('store-cash')).toBe(3_600_000);
    expect(books.get('sales-returns')).toBe(back.body.net);
    const { items } = await centre.as.inventory.levels({ params: { storeId: node.storeId }, query: { limit: '500' } });
    expect(items.find(({ productId }) => productId === coffee.productId)?.onHand).toBe(8);
    const [fleet] = (await centre.as.fleet.show()).items.filter(({ id }) => id === node.storeId);
    expect(fleet?.hours.reduce((sum, takings) => sum + takings, 0)).toBe(3_600_000);
    expect(await exceptions()).toEqual([]);
  });

  it('[SYN-06] more than was bought is kept and booked, and a person hears of it', async () => {
    const sale = facts.sale([{ product: facts.product(), quantity: 1 }]);
    await tell(sale, facts.back(node.storeId, sale.body), facts.back(node.storeId, sale.body));
    expect((await centre.as.order.show({ params: { id: sale.body.saleId } })).returns).toHaveLength(2);
    expect(await exceptions()).toMatchObject([{ code: 'over-returned' }]);
  });

  it('[SYN-06] what was bought nowhere is kept, and a person hears of it', async () => {
    const sale = facts.sale([{ product: facts.product(), quantity: 1 }]);
    await tell(facts.back(node.storeId, sale.body));
    expect((await exceptions()).map(({ code }) => code)).toContain('unknown-sale');
  });
});
