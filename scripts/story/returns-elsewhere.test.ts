// Goods of one store brought to others: with the centre's word one of them takes them back; without it only the store that sold them does.
import { expect, it } from 'vitest';
import { client, type ProblemError } from '#schema/client';
import { idMaker } from '#schema/values/id';
import { type ReturnableSale, returnContract } from '#schema/wire/return';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { type Chain, type ChainNode, startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };
const makeId = idMaker(systemClock, randomBytes);

const ready = (node: ChainNode) =>
  expect.poll(() => [node.price('KOPI-SUSU'), node.store.link.state().link], soon).toEqual([1_800_000, 'online']);

async function anotherStore(chain: Chain, name: string): Promise<ChainNode> {
  const node = await chain.startStore(name);
  await ready(node);
  return node;
}

const callsOf = ({ url, token }: ChainNode) =>
  client(returnContract, { baseUrl: url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) });

const takeBack = (node: ChainNode, { storeId, receipt, lines }: ReturnableSale, quantity: number, id = makeId()) => {
  const line = lines[0] as ReturnableSale['lines'][number];
  const total = (line.total / line.quantity) * quantity;
  return callsOf(node).take({
    body: {
      id,
      storeId,
      receipt,
      lines: [{ lineId: line.lineId, quantity, restock: true }],
      total,
      refunds: [{ refundId: makeId(), method: 'cash', amount: total }],
      reason: 'Changed mind',
    },
  });
};

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'taken',
    (error: unknown) => (error as ProblemError).problem.code,
  );

const elsewhere = async (node: ChainNode, receipt: string) =>
  (await callsOf(node).elsewhere({ params: { receipt: receipt.toLowerCase() } })).items;

it('[ORD-14] of stores that take the same goods back at once one does, and the books of all agree', {
  timeout: 90_000,
}, async () => {
  const chain = await startChain();
  const { centre } = chain;
  const home = await chain.startNode();
  await ready(home);
  const others = [await anotherStore(chain, 'Warung Budi'), await anotherStore(chain, 'Warung Citra')] as const;
  const sale = await home.sell('KOPI-SUSU', 2);
  await expect.poll(async () => (await elsewhere(others[0], sale.receipt)).length, soon).toBe(1);
  const [found] = await elsewhere(others[0], sale.receipt);
  expect(found).toMatchObject({ storeName: 'Warung Sari', sale: { saleId: sale.id, total: 3_600_000, cashBefore: 0 } });
  const original = found?.sale as ReturnableSale;
  expect(original.lines).toMatchObject([{ quantity: 2, returned: 0, vouchersUsed: 0 }]);
  const asked = await Promise.all([home, ...others].map((node) => codeOf(takeBack(node, original, 2))));
  expect(asked.sort()).toEqual(['returned-already', 'returned-already', 'taken']);
  const returned = async () => (await elsewhere(others[1], sale.receipt))[0]?.sale.lines[0]?.returned;
  expect(await returned()).toBe(2);
  await centre.settle();
  await expect.poll(async () => (await centre.as.order.show({ params: { id: sale.id } })).returns.length, soon).toBe(1);
  expect(await returned()).toBe(2);
  expect((await centre.as.exception.list({ query: {} })).items).toEqual([]);
});

it('[ORD-14] a return that is refused leaves the goods to others, and the same return again is the same', {
  timeout: 90_000,
}, async () => {
  const chain = await startChain();
  const home = await chain.startNode();
  await ready(home);
  const other = await anotherStore(chain, 'Warung Budi');
  const sale = await home.sell('KOPI-SUSU', 1);
  await expect.poll(async () => (await elsewhere(other, sale.receipt)).length, soon).toBe(1);
  const original = (await elsewhere(other, sale.receipt))[0]?.sale as ReturnableSale;
  const wrong = { ...original, lines: original.lines.map((line) => ({ ...line, total: line.total - 100 })) };
  expect(await codeOf(takeBack(other, wrong, 1))).toBe('wrong-total');
  expect((await elsewhere(other, sale.receipt))[0]?.sale.lines[0]?.returned).toBe(0);
  const taken = await takeBack(other, original, 1);
  expect(taken.original).toEqual({ storeId: original.storeId, saleId: sale.id, receipt: sale.receipt });
  expect(other.store.stock.level(chain.productId('KOPI-SUSU')).onHand).toBe(1);
  expect(await codeOf(takeBack(home, original, 1))).toBe('returned-already');
});

it('[SYN-01] without the centre a store takes back what it sold, nobody else does, and a person hears when both did', {
  timeout: 90_000,
}, async () => {
  const chain = await startChain();
  const { centre } = chain;
  let hasInternet = true;
  const home = await chain.startNode({
    fetch: (...asked) => (hasInternet ? fetch(...asked) : Promise.reject(new TypeError('no internet'))),
  });
  await ready(home);
  const other = await anotherStore(chain, 'Warung Budi');
  const sale = await home.sell('KOPI-SUSU', 1);
  await expect.poll(async () => (await elsewhere(other, sale.receipt)).length, soon).toBe(1);
  const original = (await elsewhere(other, sale.receipt))[0]?.sale as ReturnableSale;
  hasInternet = false;
  const own = await callsOf(home).find({ params: { receipt: sale.receipt } });
  const [atHome, elsewhereToo] = await Promise.all([codeOf(takeBack(home, own, 1)), codeOf(takeBack(other, original, 1))]);
  expect([atHome, elsewhereToo]).toEqual(['taken', 'taken']);
  hasInternet = true;
  await expect
    .poll(async () => (await centre.as.exception.list({ query: {} })).items.map(({ code }) => code), { timeout: 60_000 })
    .toEqual(['over-returned']);
  const next = await home.sell('KOPI-SUSU', 1);
  await centre.stop();
  const nextOwn = await callsOf(home).find({ params: { receipt: next.receipt } });
  expect(await codeOf(callsOf(other).elsewhere({ params: { receipt: next.receipt } }))).toBe('centre-unreachable');
  expect(await codeOf(takeBack(other, nextOwn, 1))).toBe('centre-unreachable');
  expect(await codeOf(takeBack(home, nextOwn, 1))).toBe('taken');
});
