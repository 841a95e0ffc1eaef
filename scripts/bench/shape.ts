// A hundred thousand products from the centre until the till can search them, against the same rows inserted straight into SQLite; and
// what the node's memory is after it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { migrateSqlite, openSqlite } from '#node/base/sqlite';
import { enrolNode } from '#node/main';
import { client } from '#schema/client';
import { taxRateContract } from '#schema/wire/product';
import { openDatabase } from '#sync-server/base/open-database';
import { transaction } from '#sync-server/base/transaction';
import { type Bench, type Measure, millisecondsOf, under } from './bench.ts';
import { benchCentre } from './centre.ts';
import { benchPostgres } from './postgres.ts';

const PRODUCTS = 100_000;
const LAST = `Kopi nomor ${PRODUCTS}`;
const LARGEST_NODE = 200;

export const shapeBench: Bench = async ({ path }) => {
  const postgres = await benchPostgres();
  const onPostgres = await measure(join(path, 'on-postgres'), postgres.url);
  await postgres.stop();
  const onPglite = await measure(join(path, 'on-pglite'));
  return [...report('shape.postgres', onPostgres, true), ...report('shape.pglite', onPglite, false)];
};

interface Measured {
  tookMs: number;
  straightMs: number;
  megabytes: number;
}

const report = (name: string, { tookMs, straightMs, megabytes }: Measured, binding: boolean): Measure[] => [
  {
    name,
    ratio: tookMs / straightMs,
    value: tookMs / 1_000,
    limit: straightMs / 1_000,
    unit: 's',
    ...(binding && { target: under(tookMs, 4_000, 'under 4 s') }),
  },
  {
    name: `${name}.memory`,
    ratio: null,
    value: megabytes,
    limit: null,
    unit: 'MB',
    ...(binding && { target: under(megabytes, LARGEST_NODE, `under ${LARGEST_NODE} MB`) }),
  },
];

async function measure(path: string, databaseUrl?: string): Promise<Measured> {
  const centre = await benchCentre(join(path, 'centre'), databaseUrl);
  await client(taxRateContract, centre.as).set({
    body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true },
  });
  const { code } = await centre.addStore();
  const folder = join(path, 'node');
  await enrolNode({ dataFolder: folder, serverUrl: centre.url, code, name: 'box 1' });
  await centre.stop();
  await addProducts(join(path, 'centre'), databaseUrl);
  const port = Number(new URL(centre.url).port);
  const again = await benchCentre(join(path, 'centre'), databaseUrl, port);
  const { tookMs, megabytes } = await followAndSearch(folder);
  await again.stop();
  return { tookMs, megabytes, straightMs: await insertStraight(join(folder, 'store.db'), join(path, 'straight.db')) };
}

async function addProducts(dataFolder: string, databaseUrl?: string): Promise<void> {
  const database = await openDatabase(
    databaseUrl === undefined ? { folder: join(dataFolder, 'database') } : { url: databaseUrl },
  );
  const id = (prefix: string) => sql.raw(`('${prefix}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`);
  await transaction(database, async (tx) => {
    await tx.execute(sql`INSERT INTO products (id, sku, name, unit, quantity_scale, tax_class, dispensable, stock_policy, position, archived, created_at)
      SELECT ${id('01900000')}, 'SKU-' || n, 'Kopi nomor ' || n, 'pcs', 0, 'standard', false, 'warn', n, false, 0 FROM generate_series(1, ${PRODUCTS}) AS n`);
    await tx.execute(sql`INSERT INTO prices (id, product_id, currency, amount, version)
      SELECT ${id('01910000')}, ${id('01900000')}, 'IDR', n * 100, 1 FROM generate_series(1, ${PRODUCTS}) AS n`);
  });
  await database.close();
}

/** A fresh node process, from its start until a search at its till finds the last product with its price. */
async function followAndSearch(folder: string): Promise<{ tookMs: number; megabytes: number }> {
  const program = join(import.meta.dirname, '../story/node-process.js');
  const child = spawn(process.execPath, [program, folder, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).trim())));
  const headers = { 'content-type': 'application/json' };
  const paired = await fetch(`${url}/api/v1/tills/pair`, { method: 'POST', headers, body: '{}' });
  const { token } = (await paired.json()) as { token: string };
  const search = new URL(`/api/v1/catalogue/search?q=${encodeURIComponent(LAST)}`, url);
  const isFound = async () => {
    const answer = await fetch(search, { headers: { authorization: `Bearer ${token}` } });
    const { items } = (await answer.json()) as { items: { name: string }[] };
    return items[0]?.name === LAST;
  };
  const tookMs = await millisecondsOf(async () => {
    while (!(await isFound())) await sleep(25);
  });
  await sleep(1_000);
  const megabytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1_024;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  return { tookMs, megabytes };
}

async function insertStraight(from: string, to: string): Promise<number> {
  const target = openSqlite(to);
  migrateSqlite(target);
  target.exec(`ATTACH '${from}' AS source`);
  const tables = ['products', 'prices'].map((table) => {
    const columns = (target.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]).map(
      ({ name }) => name,
    );
    const rows = target
      .prepare(`SELECT ${columns.join(', ')} FROM source.${table}`)
      .raw()
      .all() as unknown[][];
    return {
      insert: target.prepare(`INSERT INTO main.${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`),
      rows,
    };
  });
  const tookMs = await millisecondsOf(() =>
    target.transaction(() => {
      for (const { insert, rows } of tables) for (const row of rows) insert.run(...row);
      target.exec('INSERT INTO main.product_search (rowid, name, sku) SELECT row, name, sku FROM main.products');
    })(),
  );
  target.close();
  return tookMs;
}
