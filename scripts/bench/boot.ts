// From starting a store node to its first sale, with a journal of one million facts: each a sale, over a year. The limit is the same start
// with an empty journal; both were killed before, as by a power cut.
import { join } from 'node:path';
import { randomBytes, systemClock } from '#node/base/clock';
import { openSqlite } from '#node/base/sqlite';
import { closeSale } from '#node/sale/commands';
import { startTestNode, type TestNode } from '#node/test-node';
import { idMaker } from '#schema/values/id';
import { ok } from '#schema/values/result';
import type { CloseSale } from '#schema/wire/sale';
import { type Bench, median, under } from './bench.ts';
import { startNodeChild } from './node-child.ts';
import { openTill } from './till-socket.ts';

const FACTS = Number(process.env.LAPAK_BENCH_FACTS ?? 1_000_000);
const A_COMMIT = 1_000;
/** Between two sales, so that all of them fill about a year. */
const EVERY_MS = 30_000;
const RUNS = 5;
const PRICE = 600_000;

export const bootBench: Bench = async ({ path }) => {
  const shops = { full: await openShop(join(path, 'full'), FACTS), empty: await openShop(join(path, 'empty'), 0) };
  const took = { full: [] as number[], empty: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    for (const which of ['full', 'empty'] as const) took[which].push(await startToFirstSale(shops[which]));
  }
  const [value, limit] = [median(took.full), median(took.empty)];
  return [{ name: 'boot.first-sale', ratio: value / limit, value, limit, unit: 'ms', target: under(value, 2_000, 'under 2 s') }];
};

interface Shop {
  folder: string;
  token: string;
  makeWish: () => CloseSale;
}

async function startToFirstSale({ folder, token, makeWish }: Shop): Promise<number> {
  const startedAt = performance.now();
  const node = await startNodeChild(folder);
  const till = await openTill({ port: Number(new URL(node.url).port), token });
  await till.sell(JSON.stringify(makeWish()));
  const tookMs = performance.now() - startedAt;
  till.close();
  await node.kill();
  return tookMs;
}

/** Its sales went through the till's own rules, into every table; only the disk was not waited for. */
async function openShop(folder: string, sales: number): Promise<Shop> {
  let now = systemClock.now() - sales * EVERY_MS;
  const node = await startTestNode({
    dataFolder: folder,
    clock: { now: () => now, after: systemClock.after },
    products: [{ sku: 'TEH-MANIS', name: 'Teh manis', amount: PRICE }],
    openSqlite(file, options) {
      const sqlite = openSqlite(file, options);
      sqlite.pragma('synchronous = OFF');
      return sqlite;
    },
  });
  const { token } = node;
  const makeWish = wishMaker(node);
  const [row] = (await node.till.list({})).items;
  const till = { id: row?.id ?? '', code: row?.code ?? '', name: row?.name ?? '' };
  for (let sold = 0; sold < sales; sold += A_COMMIT) {
    const works = Array.from({ length: Math.min(A_COMMIT, sales - sold) }, () =>
      node.store.journal.write((commit) => {
        now += EVERY_MS;
        const sale = closeSale(commit, makeWish(), { till, person: null }, node.store);
        return sale.ok ? ok(null) : sale;
      }),
    );
    for (const { ok: isSold } of await Promise.all(works)) if (!isSold) throw new Error('a sale of the journal was refused');
  }
  await node.stop();
  return { folder, token, makeWish };
}

function wishMaker({ productId }: TestNode): () => CloseSale {
  const makeId = idMaker(systemClock, randomBytes);
  const product = productId('TEH-MANIS');
  return () => ({
    id: makeId(),
    lines: [{ lineId: makeId(), productId: product, quantity: 1 }],
    tenders: [{ tenderId: makeId(), method: 'cash', tendered: PRICE }],
    total: PRICE,
    currency: 'IDR',
  });
}
