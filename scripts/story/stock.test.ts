// Stock told as a story: whatever a store receives, sells, takes back, wastes and counts, the centre comes to the same lots from its facts.
import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsOf } from '#node/base/sqlite';
import { client } from '#schema/client';
import { saleReturned } from '#schema/facts/sale-returned';
import { idMaker } from '#schema/values/id';
import { ok } from '#schema/values/result';
import { goodsContract } from '#schema/wire/goods';
import { tagContract } from '#schema/wire/tag';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { type Chain, type ChainNode, startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };
const makeId = idMaker(systemClock, randomBytes);

const lotColumns = 'id, product_id, quantity, remaining, cost, lot_code, expires_on, supplier';
const partColumns = 'generation, seq, line, lot_id, quantity, cost, sale_id';
const movementColumns = 'generation, seq, line, product_id, kind, quantity, sale_id, document_id, reason, cost';

const tables = {
  stock_lots: `SELECT ${lotColumns} FROM stock_lots ORDER BY id`,
  lot_movements: `SELECT ${partColumns} FROM lot_movements ORDER BY generation, seq, line, lot_id`,
  stock_movements: `SELECT ${movementColumns} FROM stock_movements ORDER BY generation, seq, line`,
  stock_levels: 'SELECT product_id, on_hand, reserved FROM stock_levels ORDER BY product_id',
  issue_rules: 'SELECT product_id, method FROM issue_rules ORDER BY product_id',
};

/** Both databases give the same rows; Postgres hands some numbers over as text. */
async function compareBooks(chain: Chain, node: ChainNode): Promise<void> {
  const plain = (rows: unknown[]) =>
    rows.map((row) =>
      Object.fromEntries(Object.entries(row as object).map(([key, value]) => [key, value === null ? null : String(value)])),
    );
  for (const [table, query] of Object.entries(tables)) {
    const { rows } = await chain.centre.database.db.execute(sql.raw(query));
    const own = rowsOf<unknown>(node.store.sqlite, query)();
    const byText = (one: object, other: object) => JSON.stringify(one).localeCompare(JSON.stringify(other));
    expect({ [table]: plain(rows).sort(byText) }).toEqual({ [table]: plain(own).sort(byText) });
  }
}

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.oneof(
  fc.record({
    do: fc.constant('receive' as const),
    quantity: fc.integer({ min: 1, max: 6 }),
    cost: fc.option(fc.nat(9_999)),
    expiresOn: fc.option(fc.constantFrom('2099-01-01', '2099-02-01')),
  }),
  fc.record({ do: fc.constantFrom('sell' as const, 'waste' as const), quantity: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('return' as const), quantity: fc.integer({ min: 1, max: 2 }) }),
);

it('[INV-01] [INV-05] node and centre come to the same lots, costs and levels from the same facts, by every rule', {
  timeout: 90_000,
}, async () => {
  const chain = await startChain({ water: false });
  const node = await chain.startNode();
  await expect.poll(() => node.price('TEH-MANIS'), soon).toBe(600_000);
  const goods = client(goodsContract, { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${node.token}` }) });
  const skus = ['KOPI-SUSU', 'TEH-MANIS'] as const;
  const sold: { sku: string; saleId: string; receipt: string }[] = [];

  let returns = 0;
  const takeBack = (quantity: number) => {
    const last = sold.at(-1);
    if (!last) return;
    const line = { lineId: makeId(), productId: chain.productId(last.sku), name: last.sku, quantity, quantityScale: 0 };
    const amounts = { net: 0, taxRate: 1_100, taxAmount: 0, total: 0 };
    const body = {
      returnId: makeId(),
      tillId: makeId(),
      shiftId: null,
      receipt: `T9A-${String(++returns).padStart(6, '0')}`,
      businessDate: '2026-11-21',
      currency: 'IDR',
      original: { storeId: chain.storeId, saleId: last.saleId, receipt: last.receipt },
      lines: [{ ...line, ...amounts, restock: true, units: [] }],
      net: 0,
      tax: 0,
      total: 0,
      rounding: 0,
      refunds: [],
      reason: 'Rusak',
      approvedBy: null,
      intent: '0'.repeat(64),
    };
    return node.store.journal.write((commit) => ok(commit.append(saleReturned, body)));
  };

  const take = async (sku: string, { do: what, quantity, ...more }: Step) => {
    const lines = [{ lineId: makeId(), productId: chain.productId(sku), quantity, ...more }];
    if (what === 'receive') await goods.receive({ body: { id: makeId(), lines } });
    if (what === 'waste') await goods.waste({ body: { id: makeId(), reason: 'other', lines } });
    if (what === 'return') await takeBack(quantity);
    if (what !== 'sell') return;
    const { id, receipt } = await node.sell(sku, quantity);
    sold.push({ sku, saleId: id, receipt });
  };

  const told = async () => {
    await expect.poll(() => node.store.link.state().waiting, soon).toBe(0);
    await chain.centre.settle();
  };
  for (const issueMethod of ['fifo', 'fefo', 'lifo'] as const) {
    for (const sku of skus) {
      await chain.centre.as.product.change({ params: { id: chain.productId(sku) }, body: { issueMethod } });
      await expect.poll(() => node.store.stock.method(chain.productId(sku)), soon).toBe(issueMethod);
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...skus), step), { minLength: 4, maxLength: 14 }), async (steps) => {
        for (const [sku, one] of steps) await take(sku, one);
      }),
      { numRuns: 4, endOnFailure: true },
    );
    await told();
    await compareBooks(chain, node);
  }
  const { as } = chain.centre;
  const params = { storeId: chain.storeId };
  const here = await client(await import('#schema/wire/stock').then((wire) => wire.storeStockContract), {
    baseUrl: node.url,
    fetch,
    headers: () => ({ authorization: `Bearer ${node.token}` }),
  }).valuation({ query: {} });
  const there = await as.inventory.valuation({ params, query: {} });
  expect(there).toEqual(here);
  const { items } = await as.inventory.lots({ params, query: { limit: '500' } });
  expect(items.reduce((sum, { worth }) => sum + (worth ?? 0), 0)).toBe(there.worth);
});

it('[INV-06] what the centre hears of a reader, the store compares; the directive is done when its fact has come up', async () => {
  const chain = await startChain();
  const node = await chain.startNode();
  const coffee = chain.productId('KOPI-SUSU');
  const { as } = chain.centre;
  await as.product.change({ params: { id: coffee }, body: { barcodes: ['80614141123458'] } });
  await expect.poll(() => node.store.tags.productOf('80614141123458'), soon).toBe(coffee);
  await as.inventory.direct({
    body: {
      id: makeId(),
      storeId: chain.storeId,
      productId: coffee,
      movement: 'receive',
      quantity: 5,
      cost: 50_000,
      lotCode: 'K1',
    },
  });
  await expect.poll(() => node.store.stock.level(coffee).onHand, soon).toBe(5);
  const tag = '3074257BF7194E4000001A85';
  const track = async (tags: string[]) => {
    const id = makeId();
    await as.inventory.trackTags({ body: { id, storeId: chain.storeId, place: 'kulkas', effect: 'move', tags } });
    const state = async () => (await as.inventory.directive({ params: { id } })).state;
    await expect.poll(state, soon).toBe('done');
  };
  await track([tag]);
  await track([]);
  await chain.centre.settle();
  const { items } = await as.inventory.movements({ params: { storeId: chain.storeId, productId: coffee } });
  expect(items.map(({ kind, quantity, cost, reason }) => [kind, quantity, cost, reason])).toEqual([
    ['adjust', -1, -10_000, 'kulkas'],
    ['receive', 5, 50_000, null],
  ]);
  const calls = { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${node.token}` }) };
  const seen = await client(tagContract, calls).read({ body: { id: makeId(), place: 'kulkas', effect: 'compare', tags: [tag] } });
  expect(seen.differences).toMatchObject([{ productId: coffee, moved: 1, onHand: 5, difference: -4 }]);
});

it('[INV-03] the centre sells a store’s goods only from what the store granted; granted or refused once, and given back once', async () => {
  const chain = await startChain();
  const node = await chain.startNode();
  const coffee = chain.productId('KOPI-SUSU');
  const { as } = chain.centre;
  const { storeId } = chain;
  await as.inventory.direct({ body: { id: makeId(), storeId, productId: coffee, movement: 'receive', quantity: 10 } });
  await expect.poll(() => node.store.stock.level(coffee).onHand, soon).toBe(10);
  const answerTo = async (id: string) => {
    const state = async () => (await as.inventory.directive({ params: { id } })).state;
    await expect.poll(state, soon).not.toBe('sent');
    return as.inventory.directive({ params: { id } });
  };
  const ask = async (quantity: number) => {
    const { directiveId } = await as.allotment.ask({ body: { id: makeId(), storeId, productId: coffee, quantity } });
    return answerTo(directiveId);
  };
  const granted = await ask(8);
  expect(granted.state).toBe('done');
  expect(await ask(3)).toMatchObject({ state: 'refused', code: 'out-of-stock' });
  expect(node.store.stock.level(coffee)).toEqual({ onHand: 10, reserved: 8 });
  await chain.centre.settle();
  const held = async () => (await as.allotment.list({ query: { storeId } })).items;
  expect(await held()).toMatchObject([{ id: granted.directiveId, quantity: 8, released: null }]);
  const giveBack = async () => {
    const sent = await as.allotment.giveBack({ params: { id: granted.directiveId }, body: { id: makeId() } });
    return answerTo(sent.directiveId);
  };
  expect([(await giveBack()).state, (await giveBack()).state]).toEqual(['done', 'done']);
  await chain.centre.settle();
  expect(await held()).toEqual([]);
  expect(node.store.stock.level(coffee)).toEqual({ onHand: 10, reserved: 0 });
  await compareBooks(chain, node);
});
