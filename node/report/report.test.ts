// X and Z over real HTTP: what they add up, what keeps a day from closing, and the day that sales belong to.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { jumpClock } from '#schema/values/test-clock';
import { systemClock } from '../base/clock.ts';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { closeDay } from './commands.ts';

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => ({ code: 'done' }),
    (error: ProblemError) => error.problem,
  );

const HOUR_MS = 3_600_000;
/** Noon in Jakarta, on a Friday. */
const NOON = Date.parse('2026-11-20T05:00:00Z');
const FIFTY_THOUSAND = 5_000_000;

describe('the day of a store', () => {
  const clock = jumpClock(systemClock, NOON);
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ clock, store: { settings: JSON.stringify({ cardTerminal: true, tips: true }) } });
  });
  afterAll(() => node.remove());

  const head = () => node.store.journal.head().seq;
  const sell = (items: Record<string, number> = { 'TEH-MANIS': 1 }) => node.sale.close({ body: saleOf(node, items) });
  const close = (id = node.makeId()) => node.report.close({ body: { id } });
  const openShift = () => node.shift.open({ body: { id: node.makeId(), denominations: [{ worth: FIFTY_THOUSAND, count: 2 }] } });
  const endShift = async (id: string, pieces: number) => {
    await node.shift.count({ params: { id }, body: { denominations: [{ worth: FIFTY_THOUSAND, count: pieces }] } });
    await node.shift.close({ params: { id }, body: { reason: 'Dihitung' } });
  };

  it('[REP-06] refuses to close a day on which nothing happened', async () => {
    expect((await node.report.look()).isEmpty).toBe(true);
    expect(await problemOf(close())).toMatchObject({ status: 409, code: 'nothing-to-close' });
  });

  it('[REP-06] X adds up the day and this till’s shift, offline, and changes nothing', async () => {
    node.offline();
    const shift = await openShift();
    const card = { tenderId: node.makeId(), method: 'card' as const, amount: 1_000_000, reference: '4711' };
    const kopi = saleOf(node, { 'KOPI-SUSU': 1 });
    const [cash] = kopi.tenders;
    const sold = await node.sale.close({
      body: {
        ...kopi,
        discount: { kind: 'amount', value: 100_000, reason: 'Langganan' },
        total: 1_700_000,
        tip: 50_000,
        tenders: [card, { ...cash, tenderId: node.makeId(), method: 'cash', tendered: 1_000_000 }],
      },
    });
    await sell({ 'TEH-MANIS': 2 });
    const [line] = sold.lines;
    await node.return.take({
      body: {
        id: node.makeId(),
        receipt: sold.receipt,
        lines: [{ lineId: line?.lineId ?? '', quantity: 1, restock: true }],
        total: 1_700_000,
        refunds: [
          { refundId: node.makeId(), method: 'card', amount: 1_000_000, reference: '4711' },
          { refundId: node.makeId(), method: 'cash', amount: 700_000 },
        ],
        reason: 'Salah pesan',
      },
    });
    const { lines } = saleOf(node, { 'ROTI-BAKAR': 1 });
    await node.sale.void({ params: { id: node.makeId() }, body: { lines, reason: 'Tidak jadi' } });
    await node.shift.move({ body: { id: node.makeId(), kind: 'pay-out', amount: 200_000, reason: 'Galon' } });
    await node.shift.move({ body: { id: node.makeId(), kind: 'no-sale', amount: 0, reason: 'Tukar uang' } });
    const before = head();
    const look = await node.report.look();
    expect(head()).toBe(before);
    expect(look).toMatchObject({ businessDate: '2026-11-20', firstDate: '2026-11-20', isEmpty: false, vouchersOpen: 0 });
    expect(look.totals).toEqual({
      sales: { count: 2, amount: 2_900_000 },
      returns: { count: 1, amount: 1_700_000 },
      net: 1_200_000,
      discounts: { count: 1, amount: 100_000 },
      voids: { count: 1, amount: 1_150_000 },
      tips: 50_000,
      rounding: 0,
      tenders: [
        { method: 'cash', state: 'paid', count: 3, taken: 1_950_000, givenBack: 700_000 },
        { method: 'card', state: 'paid', count: 2, taken: 1_000_000, givenBack: 1_000_000 },
      ],
      taxes: [{ rate: 1_100, net: 1_081_100, tax: 118_900 }],
      payIns: { count: 0, amount: 0 },
      payOuts: { count: 1, amount: 200_000 },
      noSales: 1,
      shifts: { count: 0, over: 0, short: 0 },
    });
    expect(look.shift).toMatchObject({ id: shift.id, number: shift.number, totals: look.totals });
    expect(look.blockers).toEqual([{ what: 'open-shift', count: 1 }]);
    expect(look.openShifts).toMatchObject([{ id: shift.id, number: shift.number }]);
  });

  it('[REP-06] Z waits for every open shift, says which, and then says what X said', async () => {
    const shift = (await node.report.look()).openShifts[0]?.id ?? '';
    const before = head();
    expect(await problemOf(close())).toMatchObject({
      status: 409,
      code: 'day-blocked',
      facts: { blockers: [{ what: 'open-shift', count: 1 }] },
    });
    expect(head()).toBe(before);
    await endShift(shift, 3);
    const { totals } = await node.report.look();
    expect(totals.shifts).toEqual({ count: 1, over: 15_000_000 - 11_050_000, short: 0 });
    const id = node.makeId();
    const closed = await close(id);
    expect(closed).toMatchObject({ id, number: 1, label: 'ZA-000001', businessDate: '2026-11-20', totals });
    expect(closed.covers).toEqual([{ generation: 1, from: 1, to: before + 2 }]);
    const after = head();
    expect(await close(id)).toEqual(closed);
    expect(head()).toBe(after);
    expect(await node.report.show({ params: { id } })).toEqual(closed);
    expect(await problemOf(node.report.show({ params: { id: node.makeId() } }))).toMatchObject({ code: 'unknown-report' });
  });

  it('[REP-06] what is sold after Z belongs to the next day, which is not closed before it begins', async () => {
    expect((await sell()).businessDate).toBe('2026-11-21');
    const blocked = { status: 409, code: 'day-blocked', facts: { blockers: [{ what: 'day-ahead', count: 1 }] } };
    expect(await problemOf(close())).toMatchObject(blocked);
    clock.jump(15 * HOUR_MS); // 03:00: the day turns at 04:00
    expect((await sell()).businessDate).toBe('2026-11-21');
    expect(await problemOf(close())).toMatchObject(blocked);
    clock.jump(2 * HOUR_MS);
    expect((await sell()).businessDate).toBe('2026-11-21');
    expect(await close()).toMatchObject({ number: 2, businessDate: '2026-11-21', totals: { sales: { count: 3 } } });
  });

  it('[REP-06] a Z that was forgotten covers both days, and the day goes on with the clock', async () => {
    clock.jump(24 * HOUR_MS);
    await sell();
    clock.jump(24 * HOUR_MS);
    await sell();
    const days = { firstDate: '2026-11-22', businessDate: '2026-11-23' };
    expect(await node.report.look()).toMatchObject({ ...days, totals: { sales: { count: 1 } } });
    expect(await node.report.unclosed()).toMatchObject({ ...days, totals: { sales: { count: 2 } } });
    expect(await close()).toMatchObject({ number: 3, ...days, totals: { sales: { count: 2 } } });
    clock.jump(24 * HOUR_MS);
    expect((await sell()).businessDate).toBe('2026-11-24');
  });

  it('[REP-06] two people who close the day at once make one Z, and a sale beside them is in one day', async () => {
    const racing = [sell(), close(), close(), sell()] as const;
    const [first, one, other, last] = await Promise.allSettled(racing);
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
    const { items } = await node.report.list({ query: {} });
    expect(items.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
    const open = await node.report.look();
    const ofClosed = items[0]?.totals.sales.count ?? 0;
    expect(ofClosed + open.totals.sales.count).toBe(3);
    for (const sale of [first, last])
      expect(sale.status === 'fulfilled' && ['2026-11-24', '2026-11-25'].includes(sale.value.businessDate)).toBe(true);
    clock.jump(24 * HOUR_MS);
  });

  it('[REP-06] a wrong clock keeps the day open until it is set', async () => {
    await sell();
    node.store.troubles.raise('clock-off');
    expect(await problemOf(close())).toMatchObject({
      code: 'day-blocked',
      facts: { blockers: [{ what: 'clock-off', count: 1 }] },
    });
    node.store.troubles.clear('clock-off');
    const id = node.makeId();
    await close(id);
    const till = { id: node.makeId(), code: 'T2' };
    const elsewhere = await node.store.journal.write((commit) => closeDay(commit, { id }, { till, person: null }, node.store));
    expect(elsewhere).toMatchObject({ ok: false, code: 'id-reused' });
  });

  it('[REP-06] pages through closed days', async () => {
    const first = await node.report.list({ query: { limit: '2' } });
    expect(first.items.map(({ number }) => number)).toEqual([5, 4]);
    const second = await node.report.list({ query: { limit: '2', after: first.next ?? '' } });
    expect(second.items.map(({ number }) => number)).toEqual([3, 2]);
    expect(await problemOf(node.report.list({ query: { after: 'x' } }))).toMatchObject({ status: 422, code: 'bad-cursor' });
  });

  it('[SYN-02] rebuilding gives equal ordered dumps with closed days in them', () => {
    const { sqlite } = node.store;
    const dump = () => dumpProjections(sqlite, projectionsOf(sqlite));
    const before = dump();
    expect(before.day_reports?.length).toBe(5);
    expect(before.day_spans?.length).toBe(5);
    rebuild(sqlite, projectionsOf(sqlite));
    expect(dump()).toEqual(before);
  });
});

describe('the hours of a day', () => {
  const clock = jumpClock(systemClock, NOON);
  let node: TestNode;
  beforeEach(async () => {
    node = await startTestNode({ clock });
  });
  afterEach(() => node.remove());

  it('[REP-07] takings by the hour of the store’s clock, less what went back, beside the same weekday before', async () => {
    await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 1 }) });
    clock.jump(7 * 24 * HOUR_MS);
    const sold = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 2 }) });
    clock.jump(2 * HOUR_MS);
    const { id } = { id: sold.lines[0]?.lineId ?? '' };
    await node.return.take({
      body: {
        id: node.makeId(),
        receipt: sold.receipt,
        lines: [{ lineId: id, quantity: 1, restock: true }],
        total: 1_800_000,
        refunds: [{ refundId: node.makeId(), method: 'cash', amount: 1_800_000 }],
        reason: 'Salah pesan',
      },
    });
    const chart = await node.report.hours();
    expect(chart).toMatchObject({ currency: 'IDR', businessDate: '2026-11-27', beforeDate: '2026-11-20' });
    expect(chart.hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, index) => (index + 4) % 24));
    expect(chart.hours.filter(({ takings, takingsBefore }) => takings !== 0 || takingsBefore !== 0)).toEqual([
      { hour: 12, takings: 3_600_000, sales: 1, takingsBefore: 1_800_000 },
      { hour: 14, takings: -1_800_000, sales: 0, takingsBefore: 0 },
    ]);
  });

  it('[REP-07] are those of the day that X shows: after the cut-over still the day before, until somebody has closed it', async () => {
    const dates = async () => [(await node.report.look()).businessDate, (await node.report.hours()).businessDate];
    const { businessDate } = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 1 }) });
    clock.jump(18 * HOUR_MS);
    expect(await dates()).toEqual([businessDate, businessDate]);
    await node.report.close({ body: { id: node.makeId() } });
    const [look, chart] = await dates();
    expect(chart).toBe(look);
    expect(look).not.toBe(businessDate);
  });
});

describe('closing the day in a store with people', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({
      staff: [
        { name: 'Kasir', role: 'cashier', pin: '111111' },
        { name: 'Manajer', role: 'manager', pin: '222222' },
      ],
    });
  });
  afterAll(() => node.remove());

  it('[REP-06] [IAM-07] a cashier sees no sums of an open shift and needs a manager’s approval; the report names both', async () => {
    const till = await node.signedIn('Kasir', '111111');
    await till.shift.open({ body: { id: node.makeId(), denominations: [] } });
    await till.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
    expect((await till.report.look()).shift).toBeNull();
    const shiftId = (await till.report.look()).openShifts[0]?.id ?? '';
    await till.shift.count({ params: { id: shiftId }, body: { denominations: [] } });
    await till.shift.close({ params: { id: shiftId }, body: { reason: 'Belum dihitung' } });
    const id = node.makeId();
    expect(await problemOf(till.report.close({ body: { id } }))).toMatchObject({
      status: 409,
      code: 'needs-approval',
      facts: { action: 'close-day', amount: 0 },
    });
    const approvalId = node.makeId();
    const proof = { staffId: node.staffId('Manajer'), pin: '222222' };
    await till.staff.approve({ body: { id: approvalId, action: 'close-day', amount: 0, reason: 'Tutup', ...proof } });
    expect(await till.report.close({ body: { id, approvalId } })).toMatchObject({
      closedBy: node.staffId('Kasir'),
      approvedBy: node.staffId('Manajer'),
    });
  });
});
