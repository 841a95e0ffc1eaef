// Random days over real HTTP: whatever happened and however it was mixed, each Z is what its own facts come to, and no fact is in two.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DayClosed } from '#schema/facts/day-closed';
import type { Fact } from '#schema/facts/fact';
import { isNothing, totalsOf } from '#schema/rules/report';
import { sumAmounts } from '#schema/values/money';
import { jumpClock } from '#schema/values/test-clock';
import type { Sale } from '#schema/wire/sale';
import { systemClock } from '../base/clock.ts';
import { readFact } from '../journal/projection.ts';
import { rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { deedsOfFacts } from './test-deeds.ts';

const MINUTE_MS = 60_000;
const HUNDRED_THOUSAND = 10_000_000;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('sell' as const),
      pieces: fc.integer({ min: 1, max: 5 }),
      card: fc.nat(100),
      percent: fc.nat(20),
      tip: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('return' as const), which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('void' as const), pieces: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('drawer' as const),
      kind: fc.constantFrom('pay-in' as const, 'pay-out' as const, 'no-sale' as const),
      amount: fc.integer({ min: 1, max: 90 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('shift' as const), pieces: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('close' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.integer({ min: 5, max: 1_400 }) }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe('random days', () => {
  const clock = jumpClock(systemClock, Date.parse('2026-11-20T05:00:00Z'));
  const sold: Sale[] = [];
  let node: TestNode;
  beforeAll(async () => {
    const settings = JSON.stringify({ cardTerminal: true, tips: true, cashStep: 50_000 });
    node = await startTestNode({ clock, tax: { rate: 1_250, inclusive: false }, store: { settings } });
  });
  afterAll(() => node.remove());

  /** What a store refuses changes nothing, and is a part of any day. */
  const tried = (call: Promise<unknown>) => call.catch(() => undefined);

  async function sell({ pieces, card, percent, tip }: Extract<Step, { what: 'sell' }>): Promise<void> {
    const wish = saleOf(node, { 'KOPI-SUSU': pieces, 'TEH-MANIS': 1 });
    const discount = percent === 0 ? {} : { discount: { kind: 'percent' as const, value: percent * 100, reason: 'Ramai' } };
    const more = { ...discount, ...(tip > 0 && { tip: tip * 100_000 }) };
    const asked = await node.sale.close({ body: { ...wish, ...more, total: 0 } }).catch((error) => error.problem.facts.total);
    const charge = Math.floor((asked * card) / 10_000) * 100;
    const cash = { tenderId: node.makeId(), method: 'cash' as const, tendered: HUNDRED_THOUSAND * 10 };
    const cards = charge > 0 ? [{ tenderId: node.makeId(), method: 'card' as const, amount: charge, reference: '47' }] : [];
    sold.push(await node.sale.close({ body: { ...wish, ...more, total: asked, tenders: [...cards, cash] } }));
  }

  async function giveBack(which: number): Promise<void> {
    const sale = sold[which % Math.max(1, sold.length)];
    const line = sale?.lines[1];
    if (!sale || !line) return;
    const id = node.makeId();
    const lines = [{ lineId: line.lineId, quantity: 1, restock: true }];
    const refunds = [{ refundId: node.makeId(), method: 'cash' as const, amount: line.total }];
    await tried(node.return.take({ body: { id, receipt: sale.receipt, lines, total: line.total, refunds, reason: 'Rusak' } }));
  }

  async function changeShift(pieces: number): Promise<void> {
    const denominations = [{ worth: HUNDRED_THOUSAND, count: pieces }];
    const { shift } = await node.shift.current();
    if (!shift) return void (await node.shift.open({ body: { id: node.makeId(), denominations } }));
    const params = { id: shift.id };
    await node.shift.count({ params, body: { denominations } });
    await node.shift.close({ params, body: { reason: 'Dihitung' } });
  }

  async function run(done: Step): Promise<void> {
    if (done.what === 'sell') await sell(done);
    else if (done.what === 'return') await giveBack(done.which);
    else if (done.what === 'void') {
      const { lines } = saleOf(node, { 'ROTI-BAKAR': done.pieces });
      await node.sale.void({ params: { id: node.makeId() }, body: { lines, reason: 'Tidak jadi' } });
    } else if (done.what === 'drawer') {
      const amount = done.kind === 'no-sale' ? 0 : done.amount * 100_000;
      await tried(node.shift.move({ body: { id: node.makeId(), kind: done.kind, amount, reason: 'Receh' } }));
    } else if (done.what === 'shift') await changeShift(done.pieces);
    else if (done.what === 'close') await tried(node.report.close({ body: { id: node.makeId() } }));
    else clock.jump(done.minutes * MINUTE_MS);
  }

  /** However the days went, the last can be closed: chance alone may have closed none. */
  async function closeLast(): Promise<void> {
    if ((await node.shift.current()).shift) await changeShift(1);
    clock.jump(1_440 * MINUTE_MS);
    await sell({ what: 'sell', pieces: 1, card: 0, percent: 0, tip: 0 });
    await node.report.close({ body: { id: node.makeId() } });
  }

  function checkDays(): void {
    const read = node.store.sqlite.prepare<[], { text: string }>('SELECT text FROM facts ORDER BY generation, seq');
    const facts = read.all().map(({ text }) => readFact(text));
    let covered = 0;
    let number = 0;
    for (const fact of facts.filter(({ kind }) => kind === 'day.closed') as Fact<DayClosed>[]) {
      const [span] = fact.body.covers;
      expect(span).toEqual({ generation: 1, from: covered + 1, to: fact.seq - 1 });
      const own = facts.filter(({ seq }) => seq > covered && seq < fact.seq);
      const totals = totalsOf(deedsOfFacts(own));
      expect(fact.body.totals).toEqual(totals);
      expect(isNothing(totals)).toBe(false);
      const taken = sumAmounts(totals.tenders.map((tender) => tender.taken - tender.givenBack));
      expect(taken).toBe(totals.net + totals.tips + totals.rounding);
      expect(sumAmounts(totals.taxes.map(({ net, tax }) => net + tax))).toBe(totals.net);
      number += 1;
      expect(fact.body.number).toBe(number);
      covered = fact.seq - 1;
    }
    // A shift that is opened or closed late closes no day: the day is that of its sales.
    const deeds = facts.filter(({ kind }) => !kind.startsWith('shift.'));
    const dates = deeds.flatMap(({ body }) => (body as { businessDate?: string }).businessDate ?? []);
    expect(dates).toEqual([...dates].sort());
  }

  it('[REP-06] each Z is what the facts that it covers come to; numbers, dates and runs of facts leave nothing out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        for (const each of steps) await run(each);
        checkDays();
      }),
      { numRuns: 12 },
    );
    await closeLast();
    checkDays();
    await run({ what: 'sell', pieces: 2, card: 0, percent: 0, tip: 0 });
    const { at: _, ...before } = await node.report.unclosed();
    expect((await node.report.list({ query: {} })).items.length).toBeGreaterThan(0);
    rebuild(node.store.sqlite, projectionsOf(node.store.sqlite));
    expect(await node.report.unclosed()).toMatchObject(before);
  });
});
