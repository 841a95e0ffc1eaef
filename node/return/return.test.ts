// Returns over real HTTP: by line and quantity, money by the way it was paid, vouchers first, and never more than was bought.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { present } from '#schema/values/assert';
import type { TakeReturn } from '#schema/wire/return';
import type { Sale } from '#schema/wire/sale';
import { recordOutcome } from '../dispense/commands.ts';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error as ProblemError).problem,
  );

const backOf = (node: TestNode, sale: Sale, quantity: number, total: number, more: Partial<TakeReturn> = {}): TakeReturn => ({
  id: node.makeId(),
  receipt: sale.receipt,
  lines: [{ lineId: sale.lines[0]?.lineId ?? '', quantity, restock: true }],
  total,
  refunds: [{ refundId: node.makeId(), method: 'cash', amount: total }],
  reason: 'Changed mind',
  ...more,
});

describe('returns', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ demo: true });
  });
  afterAll(() => node.remove());

  const level = (sku: string) => node.store.stock.level(node.productId(sku)).onHand;
  const head = () => node.store.journal.head().seq;

  it('[ORD-14] takes one of two back: money, stock and the receipt say so, and the number follows the sale’s', async () => {
    const sale = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 2 }) });
    const before = level('KOPI-SUSU');
    const taken = await node.return.take({ body: backOf(node, sale, 1, 1_800_000) });
    expect(taken).toMatchObject({ total: 1_800_000, rounding: 0, refunds: [{ method: 'cash', amount: 1_800_000 }] });
    expect(taken.receipt.slice(0, 4)).toBe(sale.receipt.slice(0, 4));
    expect(Number(taken.receipt.slice(-6))).toBe(Number(sale.receipt.slice(-6)) + 1);
    expect(level('KOPI-SUSU')).toBe(before + 1);
    const found = await node.return.find({ params: { receipt: sale.receipt.toLowerCase() } });
    expect(found).toMatchObject({ lines: [{ quantity: 2, returned: 1 }], tenders: [{ method: 'cash', refunded: 1_800_000 }] });
    expect((await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) })).receipt.slice(-6)).toBe(
      String(Number(taken.receipt.slice(-6)) + 1).padStart(6, '0'),
    );
  });

  it('[ORD-14] leaves broken goods out of stock', async () => {
    const sale = await node.sale.close({ body: saleOf(node, { 'ROTI-BAKAR': 1 }) });
    const before = level('ROTI-BAKAR');
    const lines = [{ lineId: sale.lines[0]?.lineId ?? '', quantity: 1, restock: false }];
    await node.return.take({ body: backOf(node, sale, 1, 1_150_000, { lines, reason: 'Damaged' }) });
    expect(level('ROTI-BAKAR')).toBe(before);
  });

  it('[ORD-14] takes the same return once, however often and from however many tills it is asked', async () => {
    const sale = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 1 }) });
    const wish = backOf(node, sale, 1, 1_800_000);
    const [first, again] = await Promise.all([node.return.take({ body: wish }), node.return.take({ body: wish })]);
    expect(again).toEqual(first);
    expect(await problemOf(node.return.take({ body: { ...wish, reason: 'Damaged' } }))).toMatchObject({ code: 'id-reused' });
    expect(await problemOf(node.return.take({ body: backOf(node, sale, 1, 1_800_000) }))).toMatchObject({
      status: 409,
      code: 'returned-already',
      field: 'lines[0].quantity',
    });
  });

  it.each([
    ['a receipt that is not ours', () => ({ receipt: 'T9Z-000001' }), 404, 'unknown-receipt'],
    ['another total than comes back', () => ({ total: 1 }), 409, 'wrong-total'],
    [
      'money the way nobody paid',
      () => ({ refunds: [{ refundId: node.makeId(), method: 'card' as const, amount: 1_800_000 }] }),
      422,
      'bad-refund',
    ],
    ['a line of another sale', () => ({ lines: [{ lineId: node.makeId(), quantity: 1, restock: true }] }), 422, 'unknown-line'],
  ])('[ORD-14] refuses %s and changes nothing', async (_, more, status, code) => {
    const sale = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 1 }) });
    const before = head();
    expect(await problemOf(node.return.take({ body: backOf(node, sale, 1, 1_800_000, more()) }))).toMatchObject({ status, code });
    expect(head()).toBe(before);
  });

  it('[ORD-14] cancels an unused voucher before the money goes back, and takes no poured one', async () => {
    const sale = await node.sale.close({ body: saleOf(node, { 'AIR-600': 2 }) });
    const { reserved } = node.store.stock.level(node.productId('AIR-600'));
    await node.return.take({ body: backOf(node, sale, 1, 500_000) });
    const { vouchers } = await node.sale.show({ params: { id: sale.id } });
    expect(vouchers.map(({ state }) => state).sort()).toEqual(['open', 'voided']);
    expect(node.store.stock.level(node.productId('AIR-600')).reserved).toBe(reserved - 1);
    const [open] = node.store.vouchers.ofLine(sale.id, sale.lines[0]?.lineId ?? '').filter(({ state }) => state === 'open');
    const outcome = { voucher: present(open, 'one is open'), unit: 0, outcome: 'ok', reason: null } as const;
    await node.store.journal.write((commit) => recordOutcome(commit, outcome, node.store));
    expect(await problemOf(node.return.take({ body: backOf(node, sale, 1, 500_000) }))).toMatchObject({ code: 'voucher-used' });
  });

  it('[ORD-13] voids an open sale with its reason, once; it can no longer be sold, a sold one no longer be voided', async () => {
    const open = saleOf(node, { 'KOPI-SUSU': 1 });
    const body = { lines: open.lines, reason: 'Customer left' };
    expect(await node.sale.void({ params: { id: open.id }, body })).toEqual({ id: open.id, total: 1_800_000 });
    const before = head();
    await node.sale.void({ params: { id: open.id }, body });
    expect(head()).toBe(before);
    expect(await problemOf(node.sale.close({ body: open }))).toMatchObject({ code: 'id-reused' });
    const sold = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 1 }) });
    expect(await problemOf(node.sale.void({ params: { id: sold.id }, body }))).toMatchObject({ code: 'already-sold' });
  });

  it('[SYN-02] rebuilding gives equal ordered dumps with returns and voids in them', () => {
    const { sqlite } = node.store;
    const dump = () => dumpProjections(sqlite, projectionsOf(sqlite));
    const before = dump();
    expect(before.return_lines?.length).toBeGreaterThan(2);
    rebuild(sqlite, projectionsOf(sqlite));
    expect(dump()).toEqual(before);
  });
});

describe('returns in kronor with people', () => {
  let node: TestNode;
  let cashier: Awaited<ReturnType<TestNode['signedIn']>>;
  beforeAll(async () => {
    node = await startTestNode({
      store: { country: 'SE', currency: 'SEK', settings: JSON.stringify({ cardTerminal: true, refundLimit: 10_000 }) },
      staff: [
        { name: 'Ayu', role: 'cashier', pin: '111111' },
        { name: 'Budi', role: 'manager', pin: '222222' },
      ],
      tax: { rate: 2_500, inclusive: true },
      products: [
        { sku: 'KAFFE', name: 'Kaffe', amount: 3_330 },
        { sku: 'STOL', name: 'Stol', amount: 99_900 },
      ],
    });
    cashier = await node.signedIn('Ayu', '111111');
  });
  afterAll(() => node.remove());

  it('[PAY-03] gives back in cash, piece by piece, exactly the whole kronor that were paid', async () => {
    const wish = saleOf(node, { KAFFE: 3 }, { tendered: 10_000 });
    const sale = await cashier.sale.close({ body: wish });
    expect(sale).toMatchObject({ total: 9_990, due: 10_000, rounding: 10 });
    const parts = [];
    for (const _ of [1, 2, 3]) parts.push(await cashier.return.take({ body: backOf(node, sale, 1, 3_330) }));
    const cash = parts.flatMap(({ refunds }) => refunds.map(({ amount }) => amount));
    expect(cash.reduce((sum, amount) => sum + amount)).toBe(10_000);
    expect(cash.every((amount) => amount % 100 === 0)).toBe(true);
  });

  it('[PAY-18] gives a split sale back by what each paid', async () => {
    const wish = saleOf(node, { KAFFE: 3 });
    const card = { tenderId: node.makeId(), method: 'card' as const, amount: 6_660, reference: '4711' };
    const cash = { tenderId: node.makeId(), method: 'cash' as const, tendered: 5_000 };
    const sale = await cashier.sale.close({ body: { ...wish, tenders: [card, cash] } });
    const refund = (method: 'card' | 'cash', amount: number) => ({ refundId: node.makeId(), method, amount, reference: '4712' });
    const all = (refunds: TakeReturn['refunds']) => backOf(node, sale, 3, 9_990, { refunds });
    expect(await problemOf(cashier.return.take({ body: all([refund('cash', 9_990)]) }))).toMatchObject({ code: 'bad-refund' });
    const taken = await cashier.return.take({ body: all([refund('card', 6_660), refund('cash', 3_330)]) });
    expect(taken.refunds.map(({ method, amount }) => [method, amount]).sort()).toEqual([
      ['card', 6_660],
      ['cash', 3_300],
    ]);
  });

  it('[ORD-14] [IAM-07] asks a manager over the limit, and keeps both names', async () => {
    const sale = await cashier.sale.close({ body: saleOf(node, { STOL: 1 }) });
    const wish = backOf(node, sale, 1, 99_900);
    expect(await problemOf(cashier.return.take({ body: wish }))).toMatchObject({
      code: 'needs-approval',
      facts: { action: 'refund', amount: 99_900 },
    });
    const approval = { id: node.makeId(), action: 'refund' as const, amount: 99_900, reason: 'Damaged' };
    const { id } = await cashier.staff.approve({ body: { ...approval, staffId: node.staffId('Budi'), pin: '222222' } });
    expect(await cashier.return.take({ body: { ...wish, approvalId: id } })).toMatchObject({ staffId: node.staffId('Ayu') });
  });
});
