// A stocktake over real HTTP: offline, by scanner, at two tills, blind or open, through sales, reloads and a restart, with an approval.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { client } from '#schema/client';
import { countContract } from '#schema/wire/count';
import { tillContract } from '#schema/wire/till';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { checkBooks, checkRebuild, problemOf } from './test-books.ts';

const products = [
  { sku: 'AIR', name: 'Air 600 ml', amount: 500_000, category: 'Minuman', barcodes: ['08991234567892'] },
  { sku: 'TEH', name: 'Teh botol', amount: 600_000, category: 'Minuman' },
  { sku: 'ROTI', name: 'Roti', amount: 1_150_000, category: 'Makanan' },
];

describe('[INV-10] a stocktake', () => {
  let node: TestNode;
  beforeEach(async () => {
    node = await startTestNode({ products });
    const lines = ['AIR', 'TEH'].map((sku) => ({
      lineId: node.makeId(),
      productId: node.productId(sku),
      quantity: 10,
      cost: 1_000,
    }));
    await node.goods.receive({ body: { id: node.makeId(), lines } });
    node.offline();
  });
  afterEach(() => node.remove());

  const category = (name: string) =>
    node.store.sqlite.prepare<[string], { id: string }>('SELECT id FROM categories WHERE name = ?').get(name)?.id ?? '';
  const open = async (more: { blind?: boolean; categoryId?: string | null } = {}) => {
    const { id } = await node.count.open({ body: { id: node.makeId(), name: 'Rak depan', blind: false, ...more } });
    return id;
  };
  const scan = (id: string, of: { code?: string; productId?: string }, quantity = 1, kind: 'add' | 'set' | 'replace' = 'add') =>
    node.count.scan({ params: { id }, body: { id: node.makeId(), kind, quantity, ...of } });
  const onHand = (sku: string) => node.store.stock.level(node.productId(sku)).onHand;

  it('counts by scanner and by hand, takes the differences, and leaves what was not counted', async () => {
    const id = await open({ categoryId: category('Minuman') });
    await scan(id, { code: '8991234567892' });
    expect(await scan(id, { code: 'air' })).toMatchObject({ counted: 2, expected: 10, difference: -8 });
    await scan(id, { productId: node.productId('AIR') }, 9, 'set');
    expect(await node.count.show({ params: { id } })).toMatchObject({ products: 2, counted: 1, state: 'counting' });
    expect(await problemOf(scan(id, { productId: node.productId('ROTI') }))).toMatchObject({ code: 'not-in-count' });
    expect(await problemOf(scan(id, { code: '4006381333931' }))).toMatchObject({
      status: 422,
      code: 'unknown-product',
      field: 'code',
    });
    expect(await problemOf(scan(id, { code: 'AIR' }, -10))).toMatchObject({ code: 'below-zero' });
    expect(await problemOf(node.count.finish({ params: { id }, body: {} }))).toMatchObject({ status: 409, code: 'illegal-step' });
    const reviewed = await node.count.review({ params: { id } });
    expect(reviewed.lines).toMatchObject([{ name: 'Air 600 ml', counted: 9, expected: 10, difference: -1, cost: -100 }]);
    expect(await problemOf(scan(id, { code: 'AIR' }))).toMatchObject({ code: 'illegal-step' });
    expect(onHand('AIR')).toBe(10);
    const finished = await node.count.finish({ params: { id }, body: {} });
    expect(finished.state).toBe('finished');
    expect([onHand('AIR'), onHand('TEH')]).toEqual([9, 10]);
    const seq = node.store.journal.head().seq;
    expect(await node.count.finish({ params: { id }, body: {} })).toEqual(finished);
    expect(node.store.journal.head().seq).toBe(seq);
    expect(await node.goods.document({ params: { id } })).toMatchObject({ kind: 'count', subject: 'Rak depan', cost: -100 });
    checkBooks(node);
    checkRebuild(node);
  });

  it('sales before and after a product is counted are netted out; one in between is told', async () => {
    const id = await open();
    await node.sale.close({ body: saleOf(node, { AIR: 2 }) });
    await scan(id, { code: 'AIR' }, 7, 'set');
    await node.sale.close({ body: saleOf(node, { AIR: 3 }) });
    expect((await node.count.show({ params: { id } })).lines).toMatchObject([{ counted: 7, expected: 8, difference: -1 }]);
    await scan(id, { code: 'TEH' }, 4);
    await node.sale.close({ body: saleOf(node, { TEH: 1 }) });
    expect(await scan(id, { code: 'TEH' }, 4)).toMatchObject({ counted: 8, movedMeanwhile: -1 });
    expect(await scan(id, { code: 'TEH' }, 9, 'replace')).toMatchObject({ counted: 9, difference: 0, movedMeanwhile: 0 });
    await node.count.review({ params: { id } });
    await node.count.finish({ params: { id }, body: {} });
    expect([onHand('AIR'), onHand('TEH')]).toEqual([4, 9]);
    checkBooks(node);
  });

  it('a blind count shows what the books say only when it is looked at, and keeps what was counted before that', async () => {
    const id = await open({ blind: true });
    const line = await scan(id, { code: 'AIR' }, 6, 'set');
    expect([line.expected, line.difference]).toEqual([undefined, undefined]);
    expect((await node.count.review({ params: { id } })).lines).toMatchObject([{ expected: 10, difference: -4 }]);
    await node.count.recount({ params: { id } });
    expect(Object.keys(await scan(id, { code: 'AIR' }, 10, 'replace'))).not.toContain('expected');
    await node.count.review({ params: { id } });
    await node.count.finish({ params: { id }, body: {} });
    const fact = node.store.goodsDocuments.fact(id);
    expect(fact?.body).toMatchObject({ blind: true, lines: [{ firstCounted: 6, counted: 10, difference: 0 }] });
  });

  it('two tills count the same product in two places; a scan that is sent again counts once', async () => {
    const { token } = await client(tillContract, { baseUrl: node.url, fetch }).pair({ body: {} });
    const second = client(countContract, { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) });
    const id = await open();
    const body = { id: node.makeId(), kind: 'add' as const, quantity: 1, code: 'AIR' };
    const scans = [node.count, second, second].map((till) => till.scan({ params: { id }, body }));
    expect(new Set((await Promise.all(scans)).map(({ counted }) => counted))).toEqual(new Set([1]));
    expect(await problemOf(second.scan({ params: { id }, body: { ...body, quantity: 2 } }))).toMatchObject({ code: 'id-reused' });
    await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        (n % 2 ? node.count : second).scan({ params: { id }, body: { ...body, id: node.makeId() } }),
      ),
    );
    expect((await second.show({ params: { id } })).lines).toMatchObject([{ counted: 7 }]);
  });

  it('goes on after the node was started again', async () => {
    const id = await open();
    await scan(id, { code: 'AIR' }, 5);
    await node.stop();
    Object.assign(node, await startTestNode({ dataFolder: node.dataFolder }));
    expect((await node.count.list({})).items).toMatchObject([{ id, counted: 1, next: ['review', 'cancel'] }]);
    expect(await scan(id, { code: 'AIR' }, 5)).toMatchObject({ counted: 10 });
    await node.count.cancel({ params: { id } });
    expect((await node.count.list({})).items).toEqual([]);
    expect(onHand('AIR')).toBe(10);
    expect(await problemOf(node.count.review({ params: { id } }))).toMatchObject({ code: 'illegal-step' });
  });

  it('is refused by name where it is unknown, empty, of no category, or another one of its id', async () => {
    const id = node.makeId();
    expect(await problemOf(node.count.show({ params: { id } }))).toMatchObject({ status: 404, code: 'unknown-count' });
    const body = { id, name: 'Semua', blind: false };
    expect(await problemOf(node.count.open({ body: { ...body, categoryId: id } }))).toMatchObject({ field: 'categoryId' });
    await node.count.open({ body });
    await node.count.open({ body });
    expect(await problemOf(node.count.open({ body: { ...body, blind: true } }))).toMatchObject({ code: 'id-reused' });
    expect(await problemOf(node.count.review({ params: { id } }))).toMatchObject({ status: 409, code: 'nothing-counted' });
  });
});

describe('[INV-10] who finishes a stocktake', () => {
  it('a cashier counts and a manager approves what is missing', async () => {
    const staff = [
      { name: 'Kasir', role: 'cashier' as const, pin: '111111' },
      { name: 'Kepala', role: 'manager' as const, pin: '999999' },
    ];
    const node = await startTestNode({ products, staff });
    const cashier = await node.signedIn('Kasir', '111111');
    const productId = node.productId('AIR');
    const lines = [{ lineId: node.makeId(), productId, quantity: 4, cost: 8_000 }];
    await cashier.goods.receive({ body: { id: node.makeId(), lines } });
    const id = node.makeId();
    const params = { id };
    await cashier.count.open({ body: { id, name: 'Rak', blind: true } });
    await cashier.count.scan({ params, body: { id: node.makeId(), productId, kind: 'set', quantity: 3 } });
    await cashier.count.review({ params });
    expect(await problemOf(cashier.count.finish({ params, body: {} }))).toMatchObject({
      code: 'needs-approval',
      facts: { action: 'count', amount: 2_000 },
    });
    const approvalId = node.makeId();
    const proof = { staffId: node.staffId('Kepala'), pin: '999999' };
    await cashier.staff.approve({ body: { id: approvalId, action: 'count', amount: 2_000, reason: 'Rak', ...proof } });
    await cashier.count.finish({ params, body: { approvalId } });
    expect(await cashier.goods.document({ params })).toMatchObject({ approvedBy: node.staffId('Kepala'), cost: -2_000 });
    await node.remove();
  });
});
