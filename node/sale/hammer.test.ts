// Three tills of one node, the first in two tabs, that sell, take back and move cash at once over HTTP: every till's receipts are numbered
// without a gap, every drawer says what went through it, and the last of something scarce is sold once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '#schema/client';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { seriesOf } from './receipt-number.ts';

const WORKS_A_TAB = 60;
const FLOAT = 20_000_000;
const TEA = 600_000;

const settings = JSON.stringify({ languages: ['en'], cardTerminal: true });
const products = [
  { sku: 'TEH-MANIS', name: 'Teh manis', amount: TEA },
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000 },
  { sku: 'LANGKA', name: 'Barang langka', amount: 2_500_000, stockPolicy: 'forbid' as const },
  { sku: 'SISA', name: 'Sisa gudang', amount: 900_000 },
];

type Calls = ReturnType<TestNode['at']>;

describe('tills that work at once', () => {
  let node: TestNode;
  const tokens: string[] = [];
  beforeAll(async () => {
    node = await startTestNode({ products, store: { settings } });
    tokens.push(node.token);
    for (let more = 0; more < 2; more++) {
      const { code } = await node.till.createCode({ body: { id: node.makeId() } });
      tokens.push((await node.till.pair({ body: { code } })).token);
    }
  });
  afterAll(() => node.remove());

  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: ProblemError) => error.problem.code,
    );

  it('[SYN-10] two tabs and three tills give each number once, and each drawer says what went through it', async () => {
    const open = { denominations: [{ worth: 10_000_000, count: 2 }] };
    const tills = await Promise.all(
      tokens.map(async (token) => {
        const calls = node.at(token);
        const shift = await calls.shift.open({ body: { id: node.makeId(), ...open } });
        return { calls, shift, code: (await calls.till.session({})).till.code, cash: FLOAT, receipts: [] as string[] };
      }),
    );
    type WorkingTill = (typeof tills)[number];

    /** One of what a till does, by turns; what its drawer must say follows from the answers alone. */
    async function work(till: WorkingTill, turn: number): Promise<void> {
      const { calls } = till;
      const wish = saleOf(node, turn % 3 === 0 ? { 'KOPI-SUSU': 1, 'TEH-MANIS': 2 } : { 'TEH-MANIS': 1 });
      if (turn % 7 === 3) {
        await calls.shift.move({ body: { id: node.makeId(), kind: 'pay-in', amount: 100_000, reason: 'Kembalian' } });
        till.cash += 100_000;
      } else if (turn % 7 === 5) {
        await calls.shift.move({ body: { id: node.makeId(), kind: 'pay-out', amount: 50_000, reason: 'Parkir' } });
        till.cash -= 50_000;
      } else if (turn % 5 === 1) {
        const tenders = [{ tenderId: node.makeId(), method: 'card' as const, amount: wish.total, reference: `A${turn}` }];
        till.receipts.push((await calls.sale.close({ body: { ...wish, tenders } })).receipt);
      } else if (turn % 11 === 4) {
        await takeBack(till, wish);
      } else if (turn % 13 === 2) {
        // Refused among the others: it takes no number.
        expect(await codeOf(calls.sale.close({ body: { ...wish, total: wish.total + 100 } }))).toBe('wrong-total');
      } else {
        // Sent twice at once, as by a finger that slipped: one sale.
        const [sale, twin] = await Promise.all([calls.sale.close({ body: wish }), calls.sale.close({ body: wish })]);
        expect(twin).toEqual(sale);
        till.receipts.push(sale.receipt);
        till.cash += wish.total;
      }
    }

    async function takeBack(till: WorkingTill, wish: ReturnType<typeof saleOf>): Promise<void> {
      const sale = await till.calls.sale.close({ body: wish });
      const lines = sale.lines.map(({ lineId, quantity }) => ({ lineId, quantity, restock: true }));
      const refunds = [{ refundId: node.makeId(), method: 'cash' as const, amount: sale.total }];
      const body = { id: node.makeId(), receipt: sale.receipt, lines, total: sale.total, refunds, reason: 'Salah pesan' };
      const [back, twin] = await Promise.all([till.calls.return.take({ body }), till.calls.return.take({ body })]);
      expect(twin.receipt).toBe(back.receipt);
      till.receipts.push(sale.receipt, back.receipt);
    }

    const [first] = tills;
    const tabs = first ? [first, ...tills] : [];
    await Promise.all(
      tabs.map(async (till, tab) => {
        for (let turn = 0; turn < WORKS_A_TAB; turn++) await work(till, turn + tab);
      }),
    );

    for (const { calls, shift, code, cash, receipts } of tills) {
      const numbers = receipts.map((receipt) => seriesOf(receipt));
      expect(new Set(numbers.map(({ series }) => series))).toEqual(new Set([`${code}A`]));
      expect(numbers.map(({ number }) => number).toSorted((one, other) => one - other)).toEqual(
        receipts.map((_, index) => index + 1),
      );
      const counted = await calls.shift.count({ params: { id: shift.id }, body: { denominations: [] } });
      expect([code, counted.count?.expected]).toEqual([code, cash]);
    }
  });

  const scarce = (calls: Calls, sku: string) => codeOf(calls.sale.close({ body: saleOf(node, { [sku]: 1 }) }));

  it('[PRD-07] the last of a forbid product is sold once, however many tills ask at once', async () => {
    await node.sale.close({ body: saleOf(node, { LANGKA: 99 }) });
    const answers = await Promise.all([...tokens, ...tokens].map((token) => scarce(node.at(token), 'LANGKA')));
    expect(answers.toSorted()).toEqual(['done', ...answers.slice(1).map(() => 'out-of-stock')]);
    const { items } = await node.stock.levels({});
    expect(items.find(({ productId }) => productId === node.productId('LANGKA'))).toMatchObject({ onHand: 0 });
  });

  it('[PRD-07] a warn product goes to −1, and the sale says so', async () => {
    const sale = await node.sale.close({ body: saleOf(node, { SISA: 1 }) });
    expect(sale.belowZero).toEqual([node.productId('SISA')]);
    const { items } = await node.stock.levels({});
    expect(items.find(({ productId }) => productId === node.productId('SISA'))).toMatchObject({ onHand: -1 });
  });

  it('[SYN-10] all of it stands in the journal: derived again, the tables are the same', () => {
    const { sqlite } = node.store;
    const projections = projectionsOf(sqlite);
    const before = dumpProjections(sqlite, projections);
    rebuild(sqlite, projections);
    expect(dumpProjections(sqlite, projections)).toEqual(before);
  });
});
