// The cash sale over real HTTP on a real node: answered when kept, once for each id, refused by name when something is wrong.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '#schema/client';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

describe('selling for cash', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ demo: true });
  });
  afterAll(() => node.remove());

  const problemOf = async (answer: Promise<unknown>) => {
    const error = await answer.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problem;
  };

  it('[ORD-13] [PAY-03] sells two coffees and a toast, gives change and takes stock down', async () => {
    const sale = await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 2, 'ROTI-BAKAR': 1 }, { tendered: 5_000_000 }) });
    expect(sale).toMatchObject({ receipt: 'T1A-000001', total: 4_750_000, change: 250_000, rounding: 0 });
    // 11 % inside the price, to the payable step of a hundred sen.
    expect(sale.tax).toBe(356_800 + 114_000);
    expect(sale.net + sale.tax).toBe(sale.total);
    expect(node.store.stock.level(node.productId('KOPI-SUSU')).onHand).toBe(-2);
    expect(sale.belowZero).toHaveLength(2);
  });

  it('[ORD-13] the same id gives the same sale; another wish under it is refused', async () => {
    const body = saleOf(node, { 'TEH-MANIS': 1 });
    const [first, second] = await Promise.all([node.sale.close({ body }), node.sale.close({ body })]);
    expect(second).toEqual(first);
    const other = { ...body, tenders: [{ ...body.tenders[0], tendered: 9_000_000 }] } as typeof body;
    expect(await problemOf(node.sale.close({ body: other }))).toMatchObject({ status: 422, code: 'id-reused', field: 'id' });
  });

  it('[ORD-13] what is answered when a sale closes is what is read of it afterwards, to the last field', async () => {
    const { lines, ...plain } = saleOf(node, { 'TEH-MANIS': 2, 'ROTI-BAKAR': 1, 'AIR-600': 2 });
    const [tea, ...others] = lines as [(typeof lines)[0]];
    const discount = { kind: 'amount' as const, value: 100_000, reason: 'wrong cup' };
    const total = plain.total - 200_000;
    const body = {
      ...plain,
      lines: [{ ...tea, discount, note: 'less sugar' }, ...others],
      discount,
      total,
      tenders: [{ tenderId: node.makeId(), method: 'cash' as const, tendered: total + 50_000 }],
      note: 'for the office',
    };
    const closed = await node.sale.close({ body });
    expect(closed).toMatchObject({
      discounted: 200_000,
      change: 50_000,
      vouchers: [{}, {}],
      lines: [{ note: 'less sugar' }, {}, {}],
    });
    expect(closed.belowZero).toHaveLength(2);
    expect(await node.sale.show({ params: { id: body.id } })).toEqual(closed);
  });

  it('[ORD-15] refusals between good sales leave no gap in receipts or in the chain', async () => {
    const before = node.store.journal.head();
    const answers = await Promise.allSettled([
      node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) }),
      node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }, { total: 1 }) }),
      node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 2 }) }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(node.store.journal.head().seq).toBe(before.seq + 2);
    const receipts = (await node.sale.list({})).items.map(({ receipt }) => receipt).toSorted();
    expect(receipts).toEqual(receipts.map((_, index) => `T1A-${String(index + 1).padStart(6, '0')}`));
  });

  const base = () => saleOf(node, { 'TEH-MANIS': 1 });
  const bad: [string, () => unknown, number, string, string | undefined][] = [
    ['an unknown field', () => ({ ...base(), surcharge: 1 }), 422, 'unknown-field', 'surcharge'],
    ['a wrong type', () => ({ ...base(), total: '600000' }), 422, 'bad-input', 'total'],
    [
      'a negative quantity',
      () => ({ ...base(), lines: [{ ...base().lines[0], quantity: -1 }] }),
      422,
      'bad-input',
      'lines[0].quantity',
    ],
    [
      'a fractional quantity',
      () => ({ ...base(), lines: [{ ...base().lines[0], quantity: 1.5 }] }),
      422,
      'bad-input',
      'lines[0].quantity',
    ],
    ['another currency', () => ({ ...base(), currency: 'SEK' }), 422, 'wrong-currency', 'currency'],
    [
      'an unknown product',
      () => ({ ...base(), lines: [{ lineId: node.makeId(), productId: node.makeId(), quantity: 1 }] }),
      422,
      'unknown-product',
      'lines[0].productId',
    ],
    ['a total that its lines do not give', () => ({ ...base(), total: 1 }), 409, 'wrong-total', 'total'],
    ['too little money', () => saleOf(node, { 'TEH-MANIS': 1 }, { tendered: 1 }), 409, 'not-enough-tendered', 'tenders'],
    ['no line', () => ({ ...base(), lines: [] }), 422, 'bad-input', 'lines'],
  ];
  it.each(bad)('[ORD-13] refuses %s, names it, and changes nothing', async (_, body, status, code, field) => {
    const before = {
      head: node.store.journal.head(),
      rows: dumpProjections(node.store.sqlite, projectionsOf(node.store.sqlite)),
    };
    expect(await problemOf(node.sale.close({ body: body() as never }))).toMatchObject({
      status,
      code,
      field,
      next: expect.any(String),
    });
    expect(node.store.journal.head()).toEqual(before.head);
    expect(dumpProjections(node.store.sqlite, projectionsOf(node.store.sqlite))).toEqual(before.rows);
  });

  it.each(['{"id":', '', 'id=1'])('[ORD-13] refuses a body that is no JSON (%j), and says so', async (body) => {
    const headers = { authorization: `Bearer ${node.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${node.url}/api/v1/sales`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad-json', field: 'body', next: expect.any(String) });
  });

  it('[IAM-04] a call without or with a wrong token is refused', async () => {
    for (const authorization of [undefined, 'Bearer nonsense', 'Basic YTpi']) {
      const response = await fetch(`${node.url}/api/v1/sales`, { headers: authorization ? { authorization } : {} });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'not-signed-in', status: 401 });
    }
  });

  it('[IAM-04] a page of another site, or by another name, cannot reach the node', async () => {
    const { port } = new URL(node.url);
    const foreign = await fetch(`${node.url}/api/v1/tills/pair`, { method: 'POST', headers: { origin: 'https://example.com' } });
    expect(foreign.status).toBe(403);
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const call = request(
        { host: '127.0.0.1', port, path: '/api/v1/till', headers: { host: `rebound.example:${port}` } },
        (response) => resolve(response.statusCode),
      );
      call.end();
    });
    expect(status).toBe(403);
  });

  it('[DSP-01] [DSP-03] a paid dispensable gives a code; the dispenser pours once, and stock falls once', async () => {
    const { items } = await node.device.list({});
    const [dispenser] = items;
    if (!dispenser) throw new Error('no dispenser');
    const before = node.store.stock.level(node.productId('AIR-600'));
    const sale = await node.sale.close({ body: saleOf(node, { 'AIR-600': 1 }) });
    const [voucher] = sale.vouchers;
    expect(voucher).toMatchObject({ state: 'open', code: expect.stringMatching(/^SD1:[0-9A-Z]{52}$/) });
    expect(node.store.stock.level(node.productId('AIR-600'))).toEqual({ onHand: before.onHand, reserved: before.reserved + 1 });
    const code = voucher?.code ?? '';
    expect(await node.voucher.validate({ body: { code } })).toMatchObject({ valid: true });
    expect(await node.device.scan({ params: { id: dispenser.id }, body: { code } })).toMatchObject({ outcome: 'ok' });
    expect(node.store.stock.level(node.productId('AIR-600'))).toEqual({ onHand: before.onHand - 1, reserved: before.reserved });
    // Held before the scanner a moment longer, the dispenser does not even look; shown again later, it knows it.
    const again = () => node.device.scan({ params: { id: dispenser.id }, body: { code } });
    const first = await again();
    const answer = first.outcome === 'no-answer' ? await again() : first;
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'used' });
    expect(node.store.stock.level(node.productId('AIR-600'))).toEqual({ onHand: before.onHand - 1, reserved: before.reserved });
    expect(await problemOf(node.voucher.validate({ body: { code } }))).toMatchObject({ status: 409, code: 'used' });
    const forged = `${code.slice(0, -3)}${code.at(-3) === '0' ? '1' : '0'}${code.slice(-2)}`;
    expect(await problemOf(node.voucher.validate({ body: { code: forged } }))).toMatchObject({ code: 'forged' });
  });

  it('[SYN-02] deleting the projections and rebuilding gives equal ordered dumps', () => {
    const { sqlite } = node.store;
    const projections = projectionsOf(sqlite);
    const before = dumpProjections(sqlite, projections);
    sqlite.exec('UPDATE stock_levels SET on_hand = 999; DELETE FROM sale_tenders');
    expect(dumpProjections(sqlite, projections)).not.toEqual(before);
    rebuild(sqlite, projections);
    expect(dumpProjections(sqlite, projections)).toEqual(before);
  });
});
