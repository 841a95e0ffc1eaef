// Closed days at the centre: kept as told, held against what the centre has, and shown. Run on both databases.
import { beforeAll, expect, it } from 'vitest';
import { deedsOfFacts } from '#node/report/test-deeds';
import type { Fact } from '#schema/facts/fact';
import { type Totals, totalsOf } from '#schema/rules/report';
import type { OpenTestDatabase } from '../../base/test-database.ts';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { type TestFacts, testFacts } from '../../test-facts.ts';
import type { FakeNode, NewFact } from '../../test-node.ts';

export function reportsSuite(open: OpenTestDatabase): void {
  let centre: TestCentre;
  let node: FakeNode;
  let facts: TestFacts;
  let number = 0;
  beforeAll(async () => {
    centre = await startTestCentre({ database: await open() });
    node = await centre.enrolNode();
    facts = testFacts(node.makeId);
  });

  /** These facts and the close of their day; told in one run. */
  async function closeWith(told: NewFact[], change: (totals: Totals) => Partial<Totals> = () => ({}), given = ++number) {
    const from = node.facts.length + 1;
    const totals = totalsOf(deedsOfFacts(told as unknown as Fact[]));
    const body = {
      reportId: node.makeId(),
      number: given,
      tillId: node.makeId(),
      businessDate: '2026-11-20',
      firstDate: '2026-11-20',
      currency: 'IDR',
      covers: [{ generation: 1, from, to: from + told.length - 1 }],
      totals: { ...totals, ...change(totals) },
      vouchersOpen: 0,
      approvedBy: null,
      intent: '0'.repeat(64),
    };
    node.append(...told, { kind: 'day.closed', body });
    await node.push();
    await centre.settle();
    return body;
  }

  const exceptions = async () => (await centre.as.exception.list({ query: { storeId: node.storeId } })).items;
  const params = () => ({ id: node.storeId });

  function someDay(): NewFact[] {
    const sale = facts.sale([
      { product: facts.product(), quantity: 2 },
      { product: facts.product({ tax: { id: node.makeId(), version: 1, rate: 500, inclusive: true } }), quantity: 1 },
    ]);
    const day = { shiftId: node.makeId(), tillId: node.makeId(), businessDate: '2026-11-20', currency: 'IDR' };
    const intent = '0'.repeat(64);
    const counted = { counted: 5_900_000, expected: 5_400_000 };
    const sums = { taken: 5_400_000, givenBack: 0, payIns: 500_000, payOuts: 500_000, sinceCount: 0 };
    const moved = (kind: string, amount: number) => ({
      kind: 'drawer.moved',
      body: { ...day, movementId: node.makeId(), kind, amount, reason: 'Receh', approvedBy: null, intent },
    });
    const { lines: _, ...thrown } = sale.body;
    const voided = { ...thrown, saleId: node.makeId(), lines: [], reason: 'Tidak jadi', approvedBy: null };
    return [
      { kind: 'shift.opened', body: { ...day, number: ++number + 100, float: 0, denominations: [], intent } },
      { ...sale, body: { ...sale.body, shiftId: day.shiftId, tillId: day.tillId } },
      moved('pay-in', 500_000),
      moved('pay-out', -500_000),
      moved('no-sale', 0),
      facts.back(node.storeId, sale.body, 1),
      { kind: 'sale.voided', body: voided },
      { kind: 'shift.counted', body: { ...day, ...counted, denominations: [], intent } },
      { kind: 'shift.closed', body: { ...day, ...counted, ...sums, reason: 'Dihitung' } },
    ];
  }

  it('[REP-06] is what the centre’s own rows come to: kept, shown, and no exception', async () => {
    const first = await closeWith(someDay(), undefined, 1);
    const second = await closeWith([facts.sale([{ product: facts.product(), quantity: 1 }])], undefined, 2);
    expect(await exceptions()).toEqual([]);
    const { items } = await centre.as.report.list({ params: params(), query: {} });
    expect(items.map(({ label }) => label)).toEqual(['ZA-000002', 'ZA-000001']);
    expect(items[1]).toMatchObject({ id: first.reportId, totals: first.totals, covers: first.covers });
    expect(items[0]?.totals.sales).toEqual({ count: 1, amount: second.totals.sales.amount });
    expect(await centre.as.report.show({ params: { ...params(), reportId: first.reportId } })).toEqual(items[1]);
    const page = await centre.as.report.list({ params: params(), query: { limit: '1' } });
    const rest = await centre.as.report.list({ params: params(), query: { limit: '1', after: page.next ?? '' } });
    expect([...page.items, ...rest.items]).toEqual(items);
  });

  it('[REP-06] [SYN-06] one that says another sum is kept as told, and a person hears which part', async () => {
    const more = (totals: Totals) => ({ net: totals.net + 100_000, sales: { ...totals.sales, count: 9 } });
    const { reportId, totals } = await closeWith([facts.sale([{ product: facts.product(), quantity: 1 }])], more, 3);
    expect(await exceptions()).toMatchObject([{ code: 'day-differs', detail: expect.stringContaining('sales, net') }]);
    const kept = await centre.as.report.show({ params: { ...params(), reportId } });
    expect(kept.totals).toEqual(totals);
  });

  it('[REP-06] a number that is left out is told to a person', async () => {
    await closeWith([facts.sale([{ product: facts.product(), quantity: 1 }])], undefined, 5);
    expect((await exceptions()).map(({ code }) => code)).toEqual(['day-differs', 'day-number']);
  });

  it('[REP-06] [SYN-06] a day that counts what another counted is told to a person, by name', async () => {
    const sale = facts.sale([{ product: facts.product(), quantity: 1 }]);
    const first = await closeWith([sale], undefined, 6);
    const [span] = first.covers;
    node.append({ kind: 'day.closed', body: { ...first, reportId: node.makeId(), number: 7, covers: [span] } });
    await node.push();
    await centre.settle();
    const told = (await exceptions()).filter(({ code }) => code === 'day-overlaps');
    expect(told).toMatchObject([{ detail: 'ZA-000007 of 2026-11-20 covers facts that ZA-000006 covers as well.' }]);
  });
}
