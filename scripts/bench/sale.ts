// Sales a second over HTTP, at one till and at sixteen, against the same rows written straight to SQLite: prepared, one commit a sale,
// synchronous=FULL, in the same folder.
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { randomBytes, systemClock } from '#node/base/clock';
import { migrateSqlite, openSqlite, type Sqlite } from '#node/base/sqlite';
import { startTestNode } from '#node/test-node';
import { idMaker } from '#schema/values/id';
import { atLeast, type Bench, type Measure, millisecondsOf, percentile, under } from './bench.ts';

const SALES = 4_000;
const WARM_UP = 400;
const LINES = ['KOPI-SUSU', 'TEH-MANIS', 'ROTI-BAKAR'];
const makeId = idMaker(systemClock, randomBytes);

export const saleBench: Bench = async ({ path }) => {
  const folder = join(path, 'node');
  const filled = await startTestNode({ dataFolder: folder });
  const { items } = await filled.till.products({ query: {} });
  const goods = LINES.map((sku) => items.find((item) => item.sku === sku)).filter((item) => item !== undefined);
  await filled.stop();
  const node = await startProcess(folder);
  const wish = () => {
    const lines = goods.map(({ id }) => ({ lineId: makeId(), productId: id, quantity: 1 }));
    const total = goods.reduce((sum, { price }) => sum + price.amount, 0);
    const tenders = [{ tenderId: makeId(), method: 'cash', tendered: total }];
    return JSON.stringify({ id: makeId(), lines, tenders, total, currency: 'IDR' });
  };
  const measures: Measure[] = [];
  await sell(node, 4, Array.from({ length: WARM_UP }, wish));
  const runs = [];
  for (const tills of [1, 16]) {
    const wishes = Array.from({ length: SALES }, wish);
    runs.push({ tills, ...(await sell(node, tills, wishes)) });
  }
  await node.stop();
  const limit = await writeStraight(join(folder, 'store.db'), join(path, 'straight.db'));
  for (const { tills, perSecond, latencies } of runs) {
    const ratio = perSecond / limit;
    const goal = tills === 1 ? 0.4 : 1;
    const target = atLeast(ratio, goal, `at least ${goal}×`);
    measures.push({ name: `sale.clients-${tills}`, ratio, value: perSecond, limit, unit: 'sales/s', target });
    const p99 = percentile(latencies, 0.99);
    const inTime = tills === 16 ? { target: under(p99, 10, 'p99 under 10 ms') } : {};
    measures.push({ name: `sale.clients-${tills}.p99`, ratio: null, value: p99, limit: null, unit: 'ms', ...inTime });
  }
  return measures;
};

interface NodeProcess {
  port: number;
  token: string;
  stop(): Promise<void>;
}

async function startProcess(folder: string): Promise<NodeProcess> {
  const program = join(import.meta.dirname, '../story/node-process.js');
  const child = spawn(process.execPath, [program, folder, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).trim())));
  const answer = await fetch(`${url}/api/v1/tills/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { token } = (await answer.json()) as { token: string };
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    port: Number(new URL(url).port),
    token,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function sell(node: NodeProcess, tills: number, wishes: string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: tills });
  const latencies: number[] = [];
  const count = wishes.length;
  const tookMs = await millisecondsOf(() =>
    Promise.all(
      Array.from({ length: tills }, async () => {
        for (let wish = wishes.pop(); wish !== undefined; wish = wishes.pop()) {
          const body = wish;
          latencies.push(await millisecondsOf(() => post(node, agent, body)));
        }
      }),
    ),
  );
  agent.destroy();
  return { perSecond: (count / tookMs) * 1_000, latencies };
}

function post({ port, token }: NodeProcess, agent: Agent, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const call = request({ host: '127.0.0.1', port, path: '/api/v1/sales', method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 201 ? resolve() : reject(new Error(`a sale was answered ${response.statusCode}`)),
      );
    });
    call.once('error', reject);
    call.end(body);
  });
}

/** The same rows, read from what the node wrote, again without a node. */
async function writeStraight(from: string, to: string): Promise<number> {
  const source = openSqlite(from, { readonly: true });
  const target = openSqlite(to);
  migrateSqlite(target);
  const sales = readSales(source).slice(-SALES);
  const begin = target.prepare('BEGIN IMMEDIATE');
  const commit = target.prepare('COMMIT');
  const write = saleWriter(target);
  const tookMs = await millisecondsOf(() => {
    for (const sale of sales) {
      begin.run();
      write(sale);
      commit.run();
    }
  });
  source.close();
  target.close();
  return (sales.length / tookMs) * 1_000;
}

type Row = Record<string, unknown>;
interface SaleRows {
  fact: Row;
  sale: Row;
  lines: Row[];
  tenders: Row[];
  movements: Row[];
}

function readSales(sqlite: Sqlite): SaleRows[] {
  const all = (sql: string, ...values: unknown[]) => sqlite.prepare<unknown[], Row>(sql).all(...values);
  return all('SELECT * FROM sales ORDER BY seq').map((sale) => ({
    fact: all('SELECT * FROM facts WHERE generation = ? AND seq = ?', sale.generation, sale.seq)[0] as Row,
    sale,
    lines: all('SELECT * FROM sale_lines WHERE sale_id = ?', sale.id),
    tenders: all('SELECT * FROM sale_tenders WHERE sale_id = ?', sale.id),
    movements: all('SELECT * FROM stock_movements WHERE generation = ? AND seq = ?', sale.generation, sale.seq),
  }));
}

function saleWriter(sqlite: Sqlite): (rows: SaleRows) => void {
  const inserter = (table: string) => {
    const columns = (sqlite.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]).map(
      ({ name }) => name,
    );
    const statement = sqlite.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    return (row: Row) => statement.run(...columns.map((column) => row[column]));
  };
  const [fact, sale, line, tender, movement] = ['facts', 'sales', 'sale_lines', 'sale_tenders', 'stock_movements'].map(inserter);
  const level = sqlite.prepare(
    `INSERT INTO stock_levels (product_id, on_hand, reserved) VALUES (?, ?, 0)
     ON CONFLICT (product_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand`,
  );
  const series = sqlite.prepare(
    'INSERT INTO receipt_series (series, last) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET last = excluded.last',
  );
  return (rows) => {
    fact?.(rows.fact);
    sale?.(rows.sale);
    for (const row of rows.lines) line?.(row);
    for (const row of rows.tenders) tender?.(row);
    for (const row of rows.movements) {
      movement?.(row);
      level.run(row.product_id, row.quantity);
    }
    series.run('T1A', rows.sale.seq);
  };
}
