// Goods over real HTTP at a real node: deliveries become lots, what leaves takes them by the product's rule, and nothing is done twice.
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IssueMethod } from '#schema/rules/stock-issue';
import { jumpClock } from '#schema/values/test-clock';
import type { ReceiveGoods } from '#schema/wire/goods';
import { systemClock } from '../base/clock.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { checkBooks, checkRebuild, problemOf } from './test-books.ts';

const products = [
  { sku: 'KOPI', name: 'Kopi susu', amount: 1_800_000 },
  { sku: 'SUSU', name: 'Susu 1 l', amount: 2_100_000, issueMethod: 'fefo' as const },
  { sku: 'BATA', name: 'Batu es', amount: 500_000, issueMethod: 'lifo' as const },
  { sku: 'TEH', name: 'Teh', amount: 600_000 },
  { sku: 'GULA', name: 'Gula', amount: 1_600_000 },
  { sku: 'EMAS', name: 'Kartu', amount: 5_000_000, stockPolicy: 'forbid' as const },
];

describe('goods that come and go', () => {
  // In the autumn before the lots of this story expire.
  const clock = jumpClock(systemClock, Date.parse('2026-11-20T05:00:00Z'));
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ products, clock });
  });
  afterAll(() => node.remove());

  const line = (sku: string, quantity: number, more: Partial<ReceiveGoods['lines'][number]> = {}) => ({
    lineId: node.makeId(),
    productId: node.productId(sku),
    quantity,
    ...more,
  });
  const receive = (...lines: ReceiveGoods['lines']) => node.goods.receive({ body: { id: node.makeId(), lines } });
  const onHand = (sku: string) => node.store.stock.level(node.productId(sku)).onHand;
  const lotsOf = async (sku: string) => {
    const { items } = await node.stock.lots({ params: { productId: node.productId(sku) } });
    return items.map(({ lotCode, remaining, worth }) => [lotCode, remaining, worth]);
  };
  const sell = (sku: string, quantity: number) => node.sale.close({ body: saleOf(node, { [sku]: quantity }) });

  it('[INV-05] a delivery is lots with their cost and expiry; what is short of the note is told; the same id is received once', async () => {
    const body = {
      id: node.makeId(),
      supplier: 'CV Tirta',
      document: '8841',
      lines: [
        line('KOPI', 47, { expected: 48, cost: 15_040_000, lotCode: 'K1', expiresOn: '2027-01-31' }),
        line('TEH', 10, { cost: 3_000_000 }),
      ],
    };
    const first = await node.goods.receive({ body });
    expect(first).toMatchObject({
      kind: 'delivery',
      party: 'CV Tirta',
      document: '8841',
      cost: 18_040_000,
      lines: [
        { name: 'Kopi susu', quantity: 47, expected: 48, cost: 15_040_000, lotCode: 'K1', onHand: 47 },
        { name: 'Teh', quantity: 10, expected: null, onHand: 10 },
      ],
    });
    expect(await node.goods.receive({ body })).toEqual(first);
    expect(await problemOf(node.goods.receive({ body: { ...body, document: '8842' } }))).toMatchObject({
      status: 422,
      code: 'id-reused',
    });
    expect(await problemOf(node.goods.receive({ body: { ...body, id: node.makeId() } }))).toMatchObject({
      status: 409,
      code: 'document-used',
      field: 'document',
    });
    await node.goods.receive({ body: { ...body, id: node.makeId(), sameDocument: true, lines: [line('KOPI', 1)] } });
    expect(onHand('KOPI')).toBe(48);
    expect((await node.goods.documents({ query: { kind: 'delivery' } })).items).toHaveLength(2);
  });

  const issued: [string, IssueMethod, [string, number, number][]][] = [
    [
      'TEH',
      'fifo',
      [
        ['B', 2, 2_000],
        ['C', 4, 1_200],
      ],
    ],
    [
      'SUSU',
      'fefo',
      [
        ['A', 1, 500],
        ['C', 4, 1_200],
      ],
    ],
    ['BATA', 'lifo', [['A', 3, 1_500]]],
  ];
  it.each(issued)('[INV-05] sells %s %s, and what is left is worth the cost of its lots', async (sku, method, left) => {
    // So that each begins with nothing.
    const there = onHand(sku);
    if (there > 0) await node.goods.waste({ body: { id: node.makeId(), reason: 'expired', lines: [line(sku, there)] } });
    await receive(line(sku, 3, { cost: 1_500, lotCode: 'A', expiresOn: '2027-03-01' }));
    await receive(line(sku, 2, { cost: 2_000, lotCode: 'B', expiresOn: '2027-01-01' }));
    if (method !== 'lifo') await receive(line(sku, 4, { cost: 1_200, lotCode: 'C' }));
    await sell(sku, method === 'fefo' ? 4 : method === 'fifo' ? 3 : 2);
    expect(await lotsOf(sku)).toEqual(left);
    const { items } = await node.stock.valuation({ query: { limit: '500' } });
    const valued = items.find(({ productId }) => productId === node.productId(sku));
    expect(valued).toMatchObject({ method, worth: left.reduce((sum, [, , worth]) => sum + worth, 0), unvalued: 0 });
    const { items: movements } = await node.stock.movements({ params: { productId: node.productId(sku) } });
    const cost = method === 'fefo' ? -3_000 : method === 'fifo' ? -1_500 : -2_000;
    expect(movements[0]).toMatchObject({ kind: 'sell', cost });
    checkBooks(node);
  });

  it('[INV-05] a rule that the centre changes holds from then on, and a rebuild takes the same lots', async () => {
    await receive(line('KOPI', 5, { lotCode: 'K9' }));
    node.applyRows('products', [{ operation: 'update', row: { id: node.productId('KOPI'), issue_method: 'lifo' } }]);
    await expect.poll(() => node.store.stock.method(node.productId('KOPI'))).toBe('lifo');
    await sell('KOPI', 2);
    expect((await lotsOf('KOPI'))[0]).toEqual(['K9', 3, null]);
    checkBooks(node);
    checkRebuild(node);
  });

  it('[INV-01] sold below zero is said and owed: goods that come in later make it good first', async () => {
    const sold = await node.sale.close({ body: saleOf(node, { GULA: 1 }) });
    expect(sold.belowZero).toEqual([node.productId('GULA')]);
    expect(onHand('GULA')).toBe(-1);
    await receive(line('GULA', 5, { cost: 1_000, lotCode: 'G' }));
    expect(onHand('GULA')).toBe(4);
    expect(await lotsOf('GULA')).toEqual([['G', 4, 800]]);
    checkBooks(node);
  });

  it('[INV-01] a transfer goes out by lots and comes in as one; the last of a forbid product does not leave twice', async () => {
    const transfer = (direction: 'in' | 'out', ...lines: ReceiveGoods['lines']) =>
      node.goods.transfer({ body: { id: node.makeId(), direction, otherStore: 'warung-lain', document: 'T-7', lines } });
    await transfer('in', line('EMAS', 2, { cost: 700, lotCode: 'E' }));
    const there = onHand('EMAS');
    expect(await transfer('out', line('EMAS', 1))).toMatchObject({ kind: 'transfer-out', party: 'warung-lain', document: 'T-7' });
    const outs = await Promise.allSettled([transfer('out', line('EMAS', there - 1)), transfer('out', line('EMAS', there - 1))]);
    expect(outs.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(onHand('EMAS')).toBe(0);
    expect(await problemOf(transfer('out', line('EMAS', 1)))).toMatchObject({
      status: 409,
      code: 'out-of-stock',
      field: 'lines',
    });
    expect(await problemOf(transfer('out', line('TEH', 1, { cost: 5 })))).toMatchObject({
      code: 'not-of-direction',
      field: 'lines[0].cost',
    });
    checkBooks(node);
  });

  it('[INV-05] waste takes the lot that is named, and says why', async () => {
    await receive(line('TEH', 2, { lotCode: 'old', cost: 900 }), line('TEH', 2, { lotCode: 'new', cost: 1_100 }));
    const { items } = await node.stock.lots({ params: { productId: node.productId('TEH') } });
    const named = items.find(({ lotCode }) => lotCode === 'new');
    const waste = {
      id: node.makeId(),
      reason: 'damaged' as const,
      note: 'Jatuh',
      lines: [{ ...line('TEH', 1), lotId: named?.id ?? '' }],
    };
    expect(await node.goods.waste({ body: waste })).toMatchObject({
      kind: 'waste',
      subject: 'damaged',
      note: 'Jatuh',
      cost: -550,
      lines: [{ quantity: -1 }],
    });
    expect(await node.goods.waste({ body: waste })).toMatchObject({ id: waste.id });
    const strange = { ...waste, id: node.makeId(), lines: [{ ...line('TEH', 1), lotId: '9.9.9' }] };
    expect(await problemOf(node.goods.waste({ body: strange }))).toMatchObject({ code: 'unknown-lot', field: 'lines[0].lotId' });
    checkBooks(node);
  });

  it('[INV-05] lists what expires soon, the first to expire first', async () => {
    const day = (ahead: number) => new Date(node.store.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    await receive(
      line('SUSU', 1, { lotCode: 'week', expiresOn: day(6) }),
      line('SUSU', 1, { lotCode: 'gone', expiresOn: day(-3) }),
    );
    const codes = async (query = {}) => (await node.stock.expiring({ query })).items.map(({ lotCode }) => lotCode);
    expect(await codes()).toEqual(['gone', 'week']);
    expect(await codes({ days: '0' })).toEqual(['gone']);
    expect(await problemOf(node.stock.expiring({ query: { days: 'soon' } }))).toMatchObject({ status: 422, field: 'days' });
  });

  it('[INV-05] a draft survives a restart, any till goes on with it, and it is done with when received', async () => {
    const id = node.makeId();
    const content = { supplier: 'CV Tirta', lines: [{ ...line('TEH', 3), quantity: null }] };
    await node.goods.saveDraft({ params: { id }, body: content });
    await node.stop();
    const again = await startTestNode({ dataFolder: node.dataFolder, clock });
    Object.assign(node, again);
    expect((await node.goods.drafts({})).items).toMatchObject([{ id, content }]);
    await node.goods.receive({ body: { id, supplier: 'CV Tirta', lines: [line('TEH', 3)] } });
    expect((await node.goods.drafts({})).items).toEqual([]);
    expect(await problemOf(node.goods.saveDraft({ params: { id }, body: content }))).toMatchObject({ code: 'already-received' });
    expect(await problemOf(node.goods.discardDraft({ params: { id } }))).toMatchObject({ status: 404, code: 'unknown-draft' });
  });

  const same = '01890a5d-ac96-774b-bcce-b302099a8057';
  const bad: [string, (lines: ReceiveGoods['lines']) => object, string, string][] = [
    ['no line', () => ({ lines: [] }), 'bad-input', 'lines'],
    ['no quantity', ([one]) => ({ lines: [{ ...one, quantity: 0 }] }), 'bad-input', 'lines[0].quantity'],
    ['a cost below zero', ([one]) => ({ lines: [{ ...one, cost: -1 }] }), 'bad-input', 'lines[0].cost'],
    ['a day that is not one', ([one]) => ({ lines: [{ ...one, expiresOn: '2026-13-01' }] }), 'bad-input', 'lines[0].expiresOn'],
    ['two lines of one id', ([one]) => ({ lines: [one, one] }), 'repeated-line', 'lines[1].lineId'],
    ['a strange product', ([one]) => ({ lines: [{ ...one, productId: same }] }), 'unknown-product', 'lines[0].productId'],
    ['an unknown field', ([one]) => ({ lines: [{ ...one, price: 1 }] }), 'unknown-field', 'lines[0].price'],
  ];
  it.each(bad)('[INV-05] refuses %s, names it, and changes nothing', async (_, change, code, field) => {
    const before = node.store.journal.head();
    const body = { id: node.makeId(), lines: [line('TEH', 1)], ...change([line('TEH', 1)]) };
    expect(await problemOf(node.goods.receive({ body: body as never }))).toMatchObject({ status: 422, code, field });
    expect(node.store.journal.head()).toEqual(before);
  });

  it('[INV-01] a failure between two lines of a delivery leaves nothing of it; sent again, it is received once', async () => {
    const before = { head: node.store.journal.head(), tea: onHand('TEH') };
    const body = { id: node.makeId(), lines: [line('TEH', 1), line('SUSU', 1), line('TEH', 1)] };
    node.store.sqlite.exec(
      `CREATE TRIGGER breaks BEFORE INSERT ON stock_lots WHEN new.line = 2 BEGIN SELECT raise(ABORT, 'cut'); END`,
    );
    expect(await problemOf(node.goods.receive({ body }))).toMatchObject({ status: 500 });
    expect({ head: node.store.journal.head(), tea: onHand('TEH') }).toEqual(before);
    node.store.sqlite.exec('DROP TRIGGER breaks');
    await node.goods.receive({ body });
    expect(onHand('TEH')).toBe(before.tea + 2);
    checkBooks(node);
    checkRebuild(node);
  });

  it('[INV-01] [INV-05] whatever comes and goes, by whatever rule: levels, movements and lots agree, and a rebuild gives the same', async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('receive' as const),
        quantity: fc.integer({ min: 1, max: 6 }),
        cost: fc.option(fc.nat(9_999)),
      }),
      fc.record({ do: fc.constant('sell' as const), quantity: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('waste' as const), quantity: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant('adjust' as const), quantity: fc.integer({ min: -4, max: 4 }).filter((value) => value !== 0) }),
    );
    const sku = fc.constantFrom('KOPI', 'SUSU', 'BATA');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(sku, step), { minLength: 1, maxLength: 12 }), async (steps) => {
        for (const [of, { do: what, quantity, ...more }] of steps) {
          if (what === 'receive') await receive(line(of, quantity, more));
          if (what === 'sell') await sell(of, quantity);
          if (what === 'waste')
            await node.goods.waste({ body: { id: node.makeId(), reason: 'other', lines: [line(of, quantity)] } });
          const productId = node.productId(of);
          if (what === 'adjust') await node.stock.adjust({ body: { id: node.makeId(), productId, quantity, reason: 'Test' } });
        }
        checkBooks(node);
      }),
      { numRuns: 12 },
    );
    checkRebuild(node);
  });
});

describe('the people of a store and its goods', () => {
  it('[INV-05] a cashier’s waste waits for a manager, whose approval is for that much; a manager asks nobody', async () => {
    const staff = [
      { name: 'Kasir', role: 'cashier' as const, pin: '111111' },
      { name: 'Kepala', role: 'manager' as const, pin: '999999' },
    ];
    const node = await startTestNode({ products, staff });
    const productId = node.productId('TEH');
    const line = (quantity: number) => ({ lineId: node.makeId(), productId, quantity });
    expect(await problemOf(node.goods.receive({ body: { id: node.makeId(), lines: [line(1)] } }))).toMatchObject({ status: 401 });
    const cashier = await node.signedIn('Kasir', '111111');
    await cashier.goods.receive({ body: { id: node.makeId(), lines: [{ ...line(4), cost: 4_000 }] } });
    const waste = { id: node.makeId(), reason: 'spilled' as const, lines: [line(2)] };
    const head = node.store.journal.head();
    expect(await problemOf(cashier.goods.waste({ body: waste }))).toMatchObject({
      status: 409,
      code: 'needs-approval',
      facts: { action: 'waste', amount: 2_000 },
    });
    expect(node.store.journal.head()).toEqual(head);
    const approve = async (amount: number) => {
      const id = node.makeId();
      const proof = { staffId: node.staffId('Kepala'), pin: '999999' };
      await cashier.staff.approve({ body: { id, action: 'waste', amount, reason: 'Tumpah', ...proof } });
      return id;
    };
    expect(await problemOf(cashier.goods.waste({ body: { ...waste, approvalId: await approve(1_999) } }))).toMatchObject({
      code: 'needs-approval',
    });
    expect(await cashier.goods.waste({ body: { ...waste, approvalId: await approve(2_000) } })).toMatchObject({
      staffId: node.staffId('Kasir'),
      approvedBy: node.staffId('Kepala'),
      cost: -2_000,
    });
    const manager = await node.signedIn('Kepala', '999999');
    expect(await manager.goods.waste({ body: { ...waste, id: node.makeId() } })).toMatchObject({ approvedBy: null });
    await node.remove();
  });
});

describe('[INV-04] low stock', () => {
  it('a product that gets low is told once for each crossing, and is listed while it is low', async () => {
    const low = { sku: 'TEH', name: 'Teh', amount: 600_000, lowStockAt: 3 };
    const node = await startTestNode({ products: [low, { sku: 'KOPI', name: 'Kopi', amount: 1_800_000 }] });
    const told: string[] = [];
    node.store.journal.onAppended(() => {
      const rows = node.store.sqlite.prepare<[], { id: string }>('SELECT product_id AS id FROM low_stock_told').all();
      told.push(rows.map(({ id }) => (id === node.productId('TEH') ? 'low' : 'other')).join() || 'fine');
    });
    const lines = [{ lineId: node.makeId(), productId: node.productId('TEH'), quantity: 5 }];
    await node.goods.receive({ body: { id: node.makeId(), lines } });
    for (const quantity of [1, 1, 1]) await node.sale.close({ body: saleOf(node, { TEH: quantity, KOPI: 1 }) });
    expect((await node.stock.low({})).items).toMatchObject([{ sku: 'TEH', available: 2, threshold: 3 }]);
    await node.goods.receive({ body: { id: node.makeId(), lines: [{ ...lines[0], lineId: node.makeId() }] as typeof lines } });
    expect((await node.stock.low({})).items).toEqual([]);
    expect(told).toEqual(['fine', 'fine', 'low', 'low', 'fine']);
    await node.remove();
  });
});
