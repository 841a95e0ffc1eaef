// Drawers in the books: what a shift brought, moved, found and took out again comes to nothing left over.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ShiftClosed } from '#schema/facts/shift-closed';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { type TestFacts, testFacts } from '../../test-facts.ts';
import type { FakeNode } from '../../test-node.ts';

describe('a shift in the books', () => {
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
    return Object.fromEntries(items.map(({ account, balance }) => [account, balance]));
  };

  it('[PAY-03] float, sale, pay-out, shortage and close: the drawer is empty, and the books say where all of it went', async () => {
    const of = { shiftId: node.makeId(), tillId: node.makeId() };
    const day = { ...of, businessDate: '2026-11-20', currency: 'IDR' };
    const intent = '0'.repeat(64);
    const sale = facts.sale([{ product: facts.product(), quantity: 1 }]);
    const moved = (kind: string, amount: number) => ({
      kind: 'drawer.moved',
      body: { ...day, movementId: node.makeId(), kind, amount, reason: 'Galon', approvedBy: null, intent },
    });
    await tell(
      { kind: 'shift.opened', body: { ...day, number: 1, float: 20_000_000, denominations: [], intent } },
      { ...sale, body: { ...sale.body, ...of } },
      moved('pay-out', -1_000_000),
      moved('no-sale', 0),
    );
    expect(await balances()).toMatchObject({ 'store-cash': 20_800_000, 'store-safe': -19_000_000 });
    const counted = { counted: 20_000_000, expected: 20_800_000 };
    const sums = { taken: 1_800_000, givenBack: 0, payIns: 0, payOuts: 1_000_000 };
    const closed: ShiftClosed = { ...day, ...sums, ...counted, sinceCount: 0, reason: 'Kembalian' };
    await tell(
      { kind: 'shift.counted', body: { ...of, ...counted, denominations: [], intent } },
      { kind: 'shift.closed', body: closed },
    );
    const books = await balances();
    expect(books).toMatchObject({ 'store-cash': 0, 'store-safe': 1_000_000, 'cash-difference': 800_000 });
    expect(Object.values(books).reduce((sum, balance) => sum + balance, 0)).toBe(0);
    const { items } = await centre.as.exception.list({ query: { storeId: node.storeId } });
    expect(items).toEqual([]);
    expect((await centre.as.shift.list({ params: { id: node.storeId }, query: {} })).items).toMatchObject([
      { id: of.shiftId, tillId: of.tillId, number: 1, float: 20_000_000, reason: 'Kembalian', count: { difference: -800_000 } },
    ]);
  });

  it('[SYN-06] a drawer that says another sum than its orders is kept, and a person hears of it', async () => {
    const of = { shiftId: node.makeId(), tillId: node.makeId() };
    const day = { ...of, businessDate: '2026-11-20', currency: 'IDR' };
    const intent = '0'.repeat(64);
    const counted = { counted: 5_000_000, expected: 5_000_000 };
    const closed: ShiftClosed = {
      ...day,
      ...counted,
      taken: 5_000_000,
      givenBack: 0,
      payIns: 0,
      payOuts: 0,
      sinceCount: 0,
      reason: null,
    };
    await tell(
      { kind: 'shift.opened', body: { ...day, number: 1, float: 0, denominations: [], intent } },
      { kind: 'shift.counted', body: { ...of, ...counted, denominations: [], intent } },
      { kind: 'shift.closed', body: closed },
    );
    const { items } = await centre.as.exception.list({ query: { storeId: node.storeId } });
    expect(items).toMatchObject([{ code: 'drawer-differs' }]);
  });
});
