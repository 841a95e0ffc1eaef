// From a change at the centre to the row in a node's SQLite, with fifty nodes that sync for real, each on its own file.
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { client } from '#schema/client';
import { productContract, taxRateContract } from '#schema/wire/product';
import { type Bench, type Measure, median, percentile, under } from './bench.ts';
import { benchCentre, makeId } from './centre.ts';
import { type FromNodes, sharedClock, type ToNodes } from './change-nodes.ts';
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
  const codes: string[] = [];
  while (codes.length < NODES) codes.push((await centre.addStore()).code);
  const nodes = openNodes();
  await nodes.ask({ start: { path, serverUrl: centre.url, codes } });
  await nodes.ask({ awaitPrice: 100_000 });
  const delays: number[] = [];
  for (let change = 1; change <= CHANGES; change++) {
    const amount = 100_000 + change * 100;
    const seen = nodes.ask({ awaitPrice: amount });
    // Nobody outside sees the commit; it comes after this moment, so the command itself counts as well.
    const asked = sharedClock();
    await products.setPrice({ params: { id: productId }, body: { amount, currency: 'IDR' } });
    for (const moment of (await seen).at) delays.push(moment - asked);
    await sleep(20);
  }
  await nodes.ask({ stop: true });
  await centre.stop();
  return delays;
}

function openNodes() {
  const child = fork(join(import.meta.dirname, 'change-nodes.js'));
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', () => reject(new Error('The nodes of the bench have ended.'))),
  );
  ended.catch(() => undefined); // who waits for an answer is told
  return {
    ask(message: ToNodes): Promise<FromNodes> {
      const answer = new Promise<FromNodes>((resolve) => child.once('message', resolve));
      child.send(message);
      return Promise.race([answer, ended]);
    },
  };
}
