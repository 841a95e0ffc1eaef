// Shifts over real HTTP: one a till, counted blind, closed with a difference; sales and returns carry it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => ({ code: 'done' }),
    (error: ProblemError) => error.problem,
  );

const HUNDRED_THOUSAND = 10_000_000;
const FIFTY_THOUSAND = 5_000_000;

describe('a shift and its drawer', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode();
  });
  afterAll(() => node.remove());

  const head = () => node.store.journal.head().seq;
  const open = (count = 2, id = node.makeId()) =>
    node.shift.open({ body: { id, denominations: [{ worth: HUNDRED_THOUSAND, count }] } });
  const move = (kind: 'pay-in' | 'pay-out' | 'no-sale', amount: number, id = node.makeId()) =>
    node.shift.move({ body: { id, kind, amount, reason: 'Parkir' } });
  const count = (id: string, worth: number, pieces: number) =>
    node.shift.count({ params: { id }, body: { denominations: [{ worth, count: pieces }] } });
  const close = (id: string, reason?: string) =>
    node.shift.close({ params: { id }, body: reason === undefined ? {} : { reason } });
  const lastBody = () =>
    JSON.parse(
      node.store.sqlite.prepare<[], { text: string }>('SELECT text FROM facts ORDER BY generation DESC, seq DESC LIMIT 1').get()
        ?.text ?? '{}',
    ).body;

  it('[PAY-03] goes from float to difference: blind before the count, and what is sold after it changes nothing', async () => {
    const shift = await open();
    expect(shift).toMatchObject({ number: 1, state: 'open', float: 2 * HUNDRED_THOUSAND, count: null });
    const sale = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 2 }) });
    expect(sale.shiftId).toBe(shift.id);
    const { id: lineId } = { id: sale.lines[0]?.lineId ?? '' };
    await node.return.take({
      body: {
        id: node.makeId(),
        receipt: sale.receipt,
        lines: [{ lineId, quantity: 1, restock: true }],
        total: 1_800_000,
        refunds: [{ refundId: node.makeId(), method: 'cash', amount: 1_800_000 }],
        reason: 'Salah pesan',
      },
    });
    await move('pay-in', FIFTY_THOUSAND);
    await move('pay-out', 1_000_000);
    await move('no-sale', 0);
    expect((await node.shift.current()).shift?.count).toBeNull();
    const counted = await count(shift.id, FIFTY_THOUSAND, 5);
    const expected = 20_000_000 + 3_600_000 - 1_800_000 + 5_000_000 - 1_000_000;
    const found = { counted: 25_000_000, expected, difference: 25_000_000 - expected };
    expect(counted).toMatchObject({ state: 'counted', count: { ...found, reason: null } });
    const late = await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
    expect(late.shiftId).toBe(shift.id);
    expect(await problemOf(close(shift.id))).toMatchObject({ code: 'reason-needed', facts: { difference: found.difference } });
    expect(await close(shift.id, 'Kembalian kurang')).toMatchObject({
      state: 'closed',
      count: { ...found, reason: 'Kembalian kurang' },
    });
    expect(lastBody()).toMatchObject({
      taken: 4_200_000,
      givenBack: 1_800_000,
      payIns: 5_000_000,
      payOuts: 1_000_000,
      counted: 25_000_000,
      expected,
      sinceCount: 600_000,
    });
    expect((await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) })).shiftId).toBeNull();
  });

  it('[PAY-03] every step again is the same step, and another wish with its id is refused', async () => {
    const shift = await open();
    const movementId = node.makeId();
    await move('pay-in', FIFTY_THOUSAND, movementId);
    await count(shift.id, FIFTY_THOUSAND, 5);
    const before = head();
    expect((await open(2, shift.id)).id).toBe(shift.id);
    await move('pay-in', FIFTY_THOUSAND, movementId);
    await count(shift.id, FIFTY_THOUSAND, 5);
    expect(head()).toBe(before);
    expect(await problemOf(open(3, shift.id))).toMatchObject({ status: 422, code: 'id-reused' });
    expect(await problemOf(move('pay-in', 1_000_000, movementId))).toMatchObject({ status: 422, code: 'id-reused' });
    expect(await problemOf(count(shift.id, FIFTY_THOUSAND, 4))).toMatchObject({ status: 409, code: 'counted-already' });
    await close(shift.id);
    const closed = head();
    await close(shift.id);
    expect(head()).toBe(closed);
    expect(await problemOf(close(shift.id, 'Lain'))).toMatchObject({ status: 409, code: 'shift-closed' });
    expect(await problemOf(count(shift.id, FIFTY_THOUSAND, 4))).toMatchObject({ status: 409, code: 'shift-closed' });
  });

  it('[PAY-03] two tabs that open a shift at once get one; no number is left out', async () => {
    const outcomes = await Promise.allSettled([open(), open(3)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { shift } = await node.shift.current();
    expect(shift?.number).toBe(3);
    expect(await problemOf(open())).toMatchObject({ status: 409, code: 'shift-open' });
    const id = shift?.id ?? '';
    await count(id, HUNDRED_THOUSAND, 1);
    const racing = [node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) }), close(id, 'Dihitung')] as const;
    const [sale] = await Promise.all(racing);
    expect([id, null]).toContain(sale.shiftId);
    const { taken } = node.store.shifts.sums(id);
    expect(taken).toBe(sale.shiftId === id ? 600_000 : 0);
  });

  it.each([
    [
      'a note that there is not',
      () => node.shift.open({ body: { id: node.makeId(), denominations: [{ worth: 7, count: 1 }] } }),
      422,
      'bad-count',
    ],
    ['cash moved in no shift', () => move('pay-in', FIFTY_THOUSAND), 409, 'no-shift'],
    ['the count of a shift that there is not', () => count(node.makeId(), FIFTY_THOUSAND, 1), 404, 'unknown-shift'],
    ['the close of a shift that there is not', () => close(node.makeId()), 404, 'unknown-shift'],
  ])('[PAY-03] refuses %s and changes nothing', async (_, call, status, code) => {
    const before = head();
    expect(await problemOf(call())).toMatchObject({ status, code });
    expect(head()).toBe(before);
  });

  it('[PAY-03] refuses amounts that do not fit what is done, and a close before the count', async () => {
    const { id } = await open();
    for (const [kind, amount] of [
      ['no-sale', 100],
      ['pay-in', 0],
      ['pay-out', 150],
    ] as const)
      expect(await problemOf(move(kind, amount))).toMatchObject({ status: 422, code: 'bad-amount', field: 'amount' });
    expect(await problemOf(close(id))).toMatchObject({ status: 409, code: 'not-counted' });
    await count(id, HUNDRED_THOUSAND, 2);
    await close(id);
  });

  it('[SYN-02] rebuilding gives equal ordered dumps with shifts in them', () => {
    const { sqlite } = node.store;
    const dump = () => dumpProjections(sqlite, projectionsOf(sqlite));
    const before = dump();
    expect(before.shifts?.length).toBeGreaterThan(3);
    expect(before.drawer_movements?.length).toBeGreaterThan(3);
    rebuild(sqlite, projectionsOf(sqlite));
    expect(dump()).toEqual(before);
  });
});

describe('a store that asks for a shift, and has people', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({
      staff: [{ name: 'Kasir', role: 'cashier', pin: '111111' }],
      store: { settings: JSON.stringify({ languages: ['en', 'id', 'sv'], requireShift: true }) },
    });
  });
  afterAll(() => node.remove());

  it('[PAY-03] [IAM-07] sells in a shift only; a cashier pays out with an approval only; facts carry the person', async () => {
    const till = await node.signedIn('Kasir', '111111');
    const body = saleOf(node, { 'TEH-MANIS': 1 });
    expect(await problemOf(till.sale.close({ body }))).toMatchObject({ status: 409, code: 'no-shift' });
    const shift = await till.shift.open({ body: { id: node.makeId(), denominations: [] } });
    expect(shift.openedBy).toBe(node.staffId('Kasir'));
    expect((await till.sale.close({ body })).shiftId).toBe(shift.id);
    for (const [kind, amount] of [
      ['pay-out', 100_000],
      ['no-sale', 0],
    ] as const)
      expect(await problemOf(till.shift.move({ body: { id: node.makeId(), kind, amount, reason: 'Galon' } }))).toMatchObject({
        status: 409,
        code: 'needs-approval',
        facts: { action: kind, amount },
      });
    await till.shift.move({ body: { id: node.makeId(), kind: 'pay-in', amount: 100_000, reason: 'Receh' } });
    await till.shift.count({ params: { id: shift.id }, body: { denominations: [] } });
    await till.shift.close({ params: { id: shift.id }, body: { reason: 'Belum dihitung' } });
    const { receipt, lines } = await till.sale.show({ params: { id: body.id } });
    const back = {
      id: node.makeId(),
      receipt,
      lines: lines.map(({ lineId }) => ({ lineId, quantity: 1, restock: true })),
      total: body.total,
      refunds: [{ refundId: node.makeId(), method: 'cash' as const, amount: body.total }],
      reason: 'Salah pesan',
    };
    expect(await problemOf(till.return.take({ body: back }))).toMatchObject({ status: 409, code: 'no-shift' });
  });
});
