// What a store lets its tills do, over real HTTP: payments by its settings, ages, shelf labels, discounts, and what asks for a manager.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { saleClosed } from '#schema/facts/sale-closed';
import { crc16 } from '#schema/rules/qris';
import type { CloseSale } from '#schema/wire/sale';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

const merchant = '26670015COM.EXAMPLE.WWW011893600999000000001602150000000000000010303UMI';
const body = `000201010211${merchant}5204581253033605802ID5912KEDAI CONTOH6007JAKARTA6304`;
const qrisStatic = body + crc16(body);

const settings = {
  offlineQris: 'unverified',
  qrisStatic,
  cardTerminal: true,
  tips: true,
  labelPatterns: [
    { prefix: '21', carries: 'weight', itemDigits: 5, priceCheck: false, decimals: 3 },
    { prefix: '23', carries: 'price', itemDigits: 5, priceCheck: false, decimals: 0 },
  ],
};

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error as ProblemError).problem,
  );

describe('what a store lets its tills do', () => {
  let node: TestNode;
  let plain: TestNode;
  let cashier: Awaited<ReturnType<TestNode['signedIn']>>;
  beforeAll(async () => {
    node = await startTestNode({
      store: { settings: JSON.stringify(settings) },
      staff: [
        { name: 'Ayu', role: 'cashier', pin: '111111' },
        { name: 'Budi', role: 'manager', pin: '222222' },
      ],
      products: [
        { sku: 'KOPI', name: 'Kopi', amount: 1_800_000 },
        { sku: 'BIR', name: 'Bir', amount: 4_000_000, ageLimit: 21 },
        { sku: 'APEL', name: 'Apel', amount: 4_000_000, quantityScale: 3, pluCode: '12345' },
      ],
    });
    cashier = await node.signedIn('Ayu', '111111');
    plain = await startTestNode();
  });
  afterAll(async () => {
    await node.remove();
    await plain.remove();
  });

  const kopi = (more: Partial<CloseSale> = {}): CloseSale => ({ ...saleOf(node, { KOPI: 1 }), ...more });
  const charge = (method: 'card' | 'qris', amount: number) => ({ tenderId: node.makeId(), method, amount, reference: '4711' });
  const approval = (action: 'discount' | 'accept-unverified', amount: number) =>
    cashier.staff.approve({
      body: { id: node.makeId(), action, amount, reason: 'Regular', staffId: node.staffId('Budi'), pin: '222222' },
    });
  const facts = () => node.store.journal.head().seq;

  it('[PAY-18] takes card and cash for one sale and keeps both', async () => {
    const sale = await cashier.sale.close({
      body: kopi({ tenders: [charge('card', 1_000_000), { tenderId: node.makeId(), method: 'cash', tendered: 1_000_000 }] }),
    });
    expect(sale).toMatchObject({ due: 1_800_000, change: 200_000, staffId: node.staffId('Ayu') });
    expect(sale.tenders.map(({ method, amount, state }) => [method, amount, state]).sort()).toEqual([
      ['card', 1_000_000, 'paid'],
      ['cash', 800_000, 'paid'],
    ]);
  });

  it('[PAY-04] takes a static code as unverified, and only with a manager who accepts it', async () => {
    const asked = kopi({ tenders: [charge('qris', 1_800_000)] });
    const before = facts();
    expect(await problemOf(cashier.sale.close({ body: asked }))).toMatchObject({
      status: 409,
      code: 'needs-approval',
      facts: { action: 'accept-unverified', amount: 1_800_000 },
    });
    expect(facts()).toBe(before);
    const { id } = await approval('accept-unverified', 1_800_000);
    const sale = await cashier.sale.close({ body: { ...asked, approvalIds: [id] } });
    expect(sale.tenders).toMatchObject([{ method: 'qris', state: 'unverified' }]);
    const again = kopi({ tenders: [charge('qris', 1_800_000)], approvalIds: [id] });
    expect(await problemOf(cashier.sale.close({ body: again }))).toMatchObject({ code: 'needs-approval' });
  });

  it('[PAY-18] takes no payment and no tip that the store did not allow', async () => {
    const base = saleOf(plain, { 'KOPI-SUSU': 1 });
    const card = { tenderId: plain.makeId(), method: 'card' as const, amount: base.total, reference: '4711' };
    expect(await problemOf(plain.sale.close({ body: { ...base, tenders: [card] } }))).toMatchObject({
      status: 422,
      code: 'method-not-taken',
      field: 'tenders[0].method',
    });
    expect(await problemOf(plain.sale.close({ body: { ...base, tip: 100_000 } }))).toMatchObject({
      code: 'method-not-taken',
      field: 'tip',
    });
  });

  it('[ORD-13] lets a seller discount a little alone and more with a manager, both named in the fact', async () => {
    const small = { kind: 'percent', value: 1_000, reason: 'Regular' } as const;
    const sale = await cashier.sale.close({ body: kopi({ discount: small, total: 1_620_000, note: 'No sugar' }) });
    expect(sale).toMatchObject({ discounted: 180_000, total: 1_620_000, note: 'No sugar' });
    const wish = kopi({ discount: { ...small, value: 5_000 }, total: 900_000 });
    expect(await problemOf(cashier.sale.close({ body: wish }))).toMatchObject({ facts: { action: 'discount', amount: 900_000 } });
    const { id } = await approval('discount', 900_000);
    const { id: saleId } = await cashier.sale.close({ body: { ...wish, approvalIds: [id] } });
    const row = node.store.sqlite.prepare<[string], { text: string }>('SELECT text FROM facts WHERE kind = ? ORDER BY seq DESC');
    const fact = JSON.parse(row.get(saleClosed.kind)?.text ?? '') as {
      staff: string;
      body: { saleId: string; approvals: unknown };
    };
    expect(fact).toMatchObject({
      staff: node.staffId('Ayu'),
      body: { saleId, approvals: [{ action: 'discount', approvedBy: node.staffId('Budi') }] },
    });
  });

  it('[USR-02] sells what asks for an age only when somebody has seen it', async () => {
    const beer = saleOf(node, { BIR: 1 });
    for (const ageChecked of [undefined, 18])
      expect(await problemOf(cashier.sale.close({ body: { ...beer, ...(ageChecked && { ageChecked }) } }))).toMatchObject({
        status: 409,
        code: 'age-check-needed',
        facts: { years: 21 },
      });
    expect(await cashier.sale.close({ body: { ...beer, ageChecked: 21 } })).toMatchObject({ total: 4_000_000 });
  });

  it('[USR-02] need not ask a customer whose age the centre has seen proven; one who is too young, or unknown, is not waved through', async () => {
    const bornIn = (yearsAgo: number) => `${new Date(node.store.now()).getUTCFullYear() - yearsAgo}-01-01`;
    const row = (id: string, years: number) => ({
      operation: 'insert' as const,
      row: { id, store_id: node.makeId(), person_id: id, name: 'Pembeli', born_on: bornIn(years) },
    });
    const [grown, young] = [node.makeId(), node.makeId()];
    node.applyRows('customers', [row(grown, 30), row(young, 18)]);
    const beerFor = (customerId: string) => cashier.sale.close({ body: { ...saleOf(node, { BIR: 1 }), customerId } });
    expect(await beerFor(grown)).toMatchObject({ customerId: grown });
    expect(await problemOf(beerFor(young))).toMatchObject({ code: 'age-check-needed' });
    expect(await problemOf(beerFor(node.makeId()))).toMatchObject({ status: 422, code: 'unknown-customer', field: 'customerId' });
  });

  it('[PRD-10] sells by the label of the shop’s scale: its weight, or its price', async () => {
    const line = { lineId: node.makeId(), productId: node.productId('APEL') };
    const cash = (tendered: number) => [{ tenderId: node.makeId(), method: 'cash' as const, tendered }];
    const byWeight = { ...line, quantity: 750, label: '2112345007502' };
    const weighed = kopi({ lines: [byWeight], total: 3_000_000, tenders: cash(3_000_000) });
    expect(await cashier.sale.close({ body: weighed })).toMatchObject({ lines: [{ quantity: 750, total: 3_000_000 }] });
    const byPrice = { ...line, lineId: node.makeId(), quantity: 500, label: '2312345200006' };
    const priced = kopi({ lines: [byPrice], total: 2_000_000, tenders: cash(2_000_000) });
    expect(await cashier.sale.close({ body: priced })).toMatchObject({ lines: [{ quantity: 500, total: 2_000_000 }] });
  });

  it.each([
    ['another product', { sku: 'KOPI', quantity: 750, label: '2112345007502' }],
    ['another weight', { sku: 'APEL', quantity: 700, label: '2112345007502' }],
    ['a wrong check digit', { sku: 'APEL', quantity: 750, label: '2112345007503' }],
    ['a pattern that is not the store’s', { sku: 'APEL', quantity: 750, label: '2212345007501' }],
  ])('[PRD-10] refuses a label of %s', async (_, { sku, ...line }) => {
    const lines = [{ lineId: node.makeId(), productId: node.productId(sku), ...line }];
    expect(await problemOf(cashier.sale.close({ body: kopi({ lines }) }))).toMatchObject({
      status: 422,
      code: 'bad-label',
      field: 'lines[0].label',
    });
  });

  it('[IAM-07] sells nothing where nobody is signed in', async () => {
    expect(await problemOf(node.sale.close({ body: kopi() }))).toMatchObject({ status: 401 });
  });
});
