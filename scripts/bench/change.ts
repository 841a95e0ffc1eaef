// From a commit at the centre to the row in a node's SQLite, with fifty nodes that sync for real, each on its own file.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enrolNode, type RunningNode, startNode } from '#node/main';
import { client } from '#schema/client';
import { productContract, taxRateContract } from '#schema/wire/product';
import { type Bench, type Measure, median, percentile, under } from './bench.ts';
import { benchCentre, fetchFrom, makeId } from './centre.ts';
import { benchPostgres } from './postgres.ts';

const NODES = 50;
const CHANGES = 60;

export const changeBench: Bench = async ({ path }) => {
  const postgres = await benchPostgres();
  const onPostgres = await measure(join(path, 'on-postgres'), postgres.url);
  await postgres.stop();
  const onPglite = await measure(join(path, 'on-pglite'));
  return [...report('change.postgres', onPostgres, true), ...report('change.pglite', onPglite, false)];
};

function report(name: string, delays: number[], binding: boolean): Measure[] {
  const middle = median(delays);
  const p99 = percentile(delays, 0.99);
  const line = (part: string, value: number, limit: number) => ({
    name: `${name}.${part}`,
    ratio: null,
    value,
    limit: null,
    unit: 'ms',
    ...(binding && { target: under(value, limit, `${part} under ${limit} ms`) }),
  });
  return [line('median', middle, 25), line('p99', p99, 150)];
}

async function measure(path: string, databaseUrl?: string): Promise<number[]> {
  mkdirSync(path, { recursive: true });
  const centre = await benchCentre(join(path, 'centre'), databaseUrl);
  const products = client(productContract, centre.as);
  await client(taxRateContract, centre.as).set({
    body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true },
  });
  const productId = makeId();
  await products.create({ body: { id: productId, sku: 'KOPI', name: 'Kopi', price: { amount: 100_000, currency: 'IDR' } } });
  const nodes: RunningNode[] = [];
  for (let count = 0; count < NODES; count++) {
    const dataFolder = join(path, `node-${count}`);
    const place = { dataFolder, fetch: fetchFrom(count) };
    await enrolNode({ ...place, serverUrl: centre.url, code: (await centre.addStore()).code, name: `box ${count}` });
    nodes.push(await startNode({ ...place, port: 0, logLevel: 'silent' }));
  }
  const readers = nodes.map(({ store }) => store.sqlite.prepare<[], { amount: number }>(`SELECT amount FROM prices LIMIT 1`));
  const haveAll = (amount: number) => readers.every((reader) => reader.get()?.amount === amount);
  while (!haveAll(100_000)) await sleep(50);
  const delays: number[] = [];
  for (let change = 1; change <= CHANGES; change++) {
    const amount = 100_000 + change * 100;
    // The answer comes after the commit, so the way from the commit to the answer counts as well.
    const committed = products
      .setPrice({ params: { id: productId }, body: { amount, currency: 'IDR' } })
      .then(() => performance.now());
    const seen = await Promise.all(readers.map((reader) => untilSeen(() => reader.get()?.amount === amount)));
    const at = await committed;
    for (const moment of seen) delays.push(Math.max(0, moment - at));
    await sleep(20);
  }
  await Promise.all(nodes.map((node) => node.stop()));
  await centre.stop();
  return delays;
}

async function untilSeen(isThere: () => boolean): Promise<number> {
  while (!isThere()) await sleep(1);
  return performance.now();
}
