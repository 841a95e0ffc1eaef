// Goods that came out of a dispenser beyond what was paid: a person hears of each once, and the books and the report balance all the same. Run on
// both databases.
import { beforeAll, expect, it } from 'vitest';
import type { VoucherIssued } from '#schema/facts/voucher-issued';
import type { OpenTestDatabase } from '../../base/test-database.ts';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { type TestFacts, testFacts } from '../../test-facts.ts';
import type { FakeNode, NewFact } from '../../test-node.ts';

const PRICE = 500_000;
const days = { from: '2026-11-20', to: '2026-11-20' };

export function lostPoursSuite(open: OpenTestDatabase): void {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre({ database: await open() });
    await centre.as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
  });

  async function openStore() {
    const node: FakeNode = await centre.enrolNode();
    const facts: TestFacts = testFacts(node.makeId);
    const water = facts.product({ amount: PRICE, dispensable: true, name: 'Air 600 ml' });
    const { productId } = water;
    await centre.as.product.create({
      body: { id: productId, sku: productId, name: water.name, dispensable: true, price: { amount: PRICE, currency: 'IDR' } },
    });
    const sale = facts.sale([{ product: water, quantity: 2 }]);
    const issued = facts.issue(productId, sale.body);
    const back = facts.back(node.storeId, sale.body, 1);
    back.body.lines = back.body.lines.map((line) => ({ ...line, restock: false, units: [0] }));
    const { voucherId, dispenserId, serial } = issued.body;
    const cleared = { voucherId, saleId: sale.body.saleId, dispenserId, serial, by: 'accepted-risk', approvedBy: null };
    return {
      node,
      facts,
      sale,
      issued,
      productId,
      atRisk: [facts.close(issued.body, 'voided'), { kind: 'voucher.cleared', body: cleared }, back] as NewFact[],
      pour: (voucher: VoucherIssued = issued.body) => facts.finish(voucher, 'ok'),
      async tell(...told: NewFact[]) {
        node.append(...told);
        await node.push();
        await centre.settle();
      },
      exceptions: async () => (await centre.as.exception.list({ query: { storeId: node.storeId } })).items,
    };
  }

  it.each(['one after the other', 'in one run'])(
    '[DSP-09] [SYN-06] after a refund at a manager’s risk is one exception, however often it is told; told %s',
    async (how) => {
      const { node, facts, sale, issued, productId, atRisk, pour, tell, exceptions } = await openStore();
      const story = [facts.move(productId, 'receive', 10), sale, issued, ...atRisk, pour()];
      for (const part of how === 'in one run' ? [story] : story.map((one) => [one])) await tell(...part);
      const opened = await exceptions();
      expect(opened).toMatchObject([
        { code: 'poured-refunded', module: 'orders', state: 'open', storeId: node.storeId, fact: { kind: 'dispense.finished' } },
      ]);
      const [{ detail, storeCode }] = opened as [(typeof opened)[number]];
      for (const named of [storeCode, 'Air 600 ml', 'Rp\u00a05.000', issued.body.voucherId, sale.body.receipt])
        expect(detail).toContain(named);
      await tell(pour());
      await tell(pour());
      expect(await exceptions()).toHaveLength(1);

      const { totals } = await centre.as.report.dispensing({ params: { id: node.storeId }, query: days });
      const one = { count: 1, amount: PRICE };
      expect(totals).toMatchObject({ paid: { count: 2, amount: 2 * PRICE }, refunded: one, open: one, lost: one });
      expect(totals.dispensed).toEqual({ count: 0, amount: 0 });
      const { items } = await centre.as.ledger.balances({ query: { storeId: node.storeId } });
      const books = new Map(items.map(({ account, balance }) => [account, balance]));
      expect([...books.values()].reduce((sum, balance) => sum + balance, 0)).toBe(0);
      expect(books.get('store-cash')).toBe(PRICE);
      const levels = await centre.as.inventory.levels({ params: { storeId: node.storeId }, query: {} });
      expect(levels.items).toMatchObject([{ productId, onHand: 9, reserved: 0 }]);
    },
  );

  it.each(['one after the other', 'in one run'])(
    '[DSP-09] [SYN-06] for the second voucher of a unit is one exception, told %s; the first is none',
    async (how) => {
      const { facts, sale, issued, productId, pour, tell, exceptions } = await openStore();
      const second = facts.issue(productId, sale.body);
      second.body.unit = issued.body.unit;
      const story = [sale, issued, facts.close(issued.body, 'voided'), second, pour(second.body), pour()];
      for (const part of how === 'in one run' ? [story] : story.map((one) => [one])) await tell(...part);
      const opened = await exceptions();
      expect(opened).toMatchObject([{ code: 'poured-twice', state: 'open' }]);
      expect(opened[0]?.detail).toContain(issued.body.voucherId);
    },
  );

  it('[DSP-09] [SYN-06] that a person found out is one too; what was paid and poured is none', async () => {
    const { facts, sale, issued, atRisk, pour, tell, exceptions } = await openStore();
    const other = facts.issue(issued.body.productId, sale.body);
    await tell(sale, issued, other, pour(other.body), ...atRisk);
    await tell(facts.finish(issued.body, 'uncertain'));
    expect(await exceptions()).toEqual([]);
    const { voucherId, saleId, productId } = issued.body;
    const found = { voucherId, saleId, productId, as: 'poured', reason: 'The tray was empty', approvedBy: null };
    await tell({ kind: 'voucher.resolved', body: found });
    expect(await exceptions()).toMatchObject([{ code: 'poured-refunded', fact: { kind: 'voucher.resolved' } }]);
  });
}
