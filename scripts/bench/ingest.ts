// Facts received and applied into Postgres, from one node, against COPY of the same rows into tables with the same keys and indexes.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_RUN } from '#schema/wire/sync';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { testFacts } from '#sync-server/test-facts';
import { fakeNode } from '#sync-server/test-node';
import { atLeast, type Bench, millisecondsOf, under } from './bench.ts';
import { benchCentre, makeId } from './centre.ts';
import { type BenchPostgres, benchPostgres } from './postgres.ts';

const SALES = 100_000;
const PRODUCTS = 200;
const WRITTEN = ['journal', 'orders', 'order_lines', 'order_tenders', 'stock_movements', 'ledger_entries', 'postings'];

export const ingestBench: Bench = async ({ path }) => {
  const postgres = await benchPostgres();
  const centre = await benchCentre(join(path, 'centre'), postgres.url);
  const node = fakeNode({ url: centre.url, clock: systemClock, random: randomBytes });
  await node.enrol((await centre.addStore()).code);
  writeSales(node);
  const runs = Array.from({ length: SALES / MAX_RUN }, (_, run) => node.run(run * MAX_RUN + 1, (run + 1) * MAX_RUN));
  const tookMs = await millisecondsOf(async () => {
    for (const run of runs) {
      const answer = await node.send(run);
      if (!answer.ok) throw new Error(`a run was refused: ${await answer.text()}`);
    }
    while (await isBehind(postgres)) await sleep(20);
  });
  await centre.stop();
  const copyMs = await copyAgain(postgres, path);
  await postgres.stop();
  const value = SALES / (tookMs / 1_000);
  const limit = SALES / (copyMs / 1_000);
  const ratio = value / limit;
  return [
    { name: 'ingest.rate', ratio, value, limit, unit: 'sales/s', target: atLeast(ratio, 0.2, 'at least 0.2× of COPY') },
    {
      name: 'ingest.time',
      ratio: null,
      value: tookMs / 1_000,
      limit: null,
      unit: 's',
      target: under(tookMs, 60_000, 'under 60 s'),
    },
  ];
};

function writeSales(node: ReturnType<typeof fakeNode>): void {
  const facts = testFacts(makeId);
  const goods = Array.from({ length: PRODUCTS }, (_, index) =>
    facts.product({ name: `Kopi ${index}`, amount: 100_000 + index * 10_000 }),
  );
  for (let sale = 0; sale < SALES; sale++) {
    const wishes = [0, 1, 2]
      .map((line) => goods[(sale * 3 + line * 7) % PRODUCTS])
      .flatMap((product) => (product ? [{ product, quantity: 1 }] : []));
    node.append(facts.sale(wishes));
  }
}

async function isBehind({ query }: BenchPostgres): Promise<boolean> {
  const [row] = await query(`SELECT
    EXISTS (SELECT 1 FROM journal_heads h JOIN apply_cursors c USING (store_id) WHERE c.seq < h.seq) OR EXISTS (SELECT 1 FROM outbox) AS behind`);
  return row?.behind === true;
}

/** The rows that were written, from a file of the server into empty tables with the same constraints and indexes. */
async function copyAgain({ query }: BenchPostgres, path: string): Promise<number> {
  await query('CREATE SCHEMA again');
  await query(`CREATE TEMP TABLE place AS SELECT current_setting('data_directory') AS folder`);
  const [place] = await query('SELECT folder FROM place');
  const file = (table: string) => `${String(place?.folder ?? path)}/bench-${table}`;
  for (const table of WRITTEN) {
    await query(`CREATE TABLE again.${table} (LIKE public.${table} INCLUDING ALL)`);
    await query(`COPY public.${table} TO '${file(table)}' (FORMAT binary)`);
  }
  return millisecondsOf(async () => {
    for (const table of WRITTEN) await query(`COPY again.${table} FROM '${file(table)}' (FORMAT binary)`);
  });
}
