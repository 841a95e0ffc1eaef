// Sales a second over HTTP, at one till and at sixteen, against the same rows written straight to SQLite: prepared, one commit a sale,
// synchronous=FULL, in the same folder. All are measured in turns, so that a busy moment of the machine falls on all of them alike.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { randomBytes, systemClock } from '#node/base/clock';
import { migrateSqlite, openSqlite, type Sqlite } from '#node/base/sqlite';
import { startTestNode } from '#node/test-node';
import { idMaker } from '#schema/values/id';
import { atLeast, type Bench, type Measure, millisecondsOf, percentile, under } from './bench.ts';
import { openTill, type Shop, type TillSocket } from './till-socket.ts';

const ROUNDS = 5;
const SALES_A_ROUND = 1_000;
const MOST_TILLS = 16;
const GOALS = [
  { tills: 1, ratio: 0.4 },
  { tills: MOST_TILLS, ratio: 1 },
];
const LINES = ['KOPI-SUSU', 'TEH-MANIS', 'ROTI-BAKAR'];
const makeId = idMaker(systemClock, randomBytes);

interface Round {
  perSecond: number;
  limit: number;
  latencies: number[];
}

export const saleBench: Bench = async ({ path }) => {
  const folder = join(path, 'node');
  const makeWish = await fillNode(folder);
  const node = await startProcess(folder);
  const straight = openStraight(join(folder, 'store.db'), join(path, 'straight.db'));
  // Kept open over all rounds, as tills keep theirs: a server takes new connections one after the other.
  const sockets = await Promise.all(Array.from({ length: MOST_TILLS }, () => openTill(node)));
  const rounds = new Map<number, Round[]>(GOALS.map(({ tills }) => [tills, []]));
  // The first round warms both up: a store box has run for hours when its rush comes.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [tills, of] of rounds) {
      const wishes = Array.from({ length: SALES_A_ROUND }, makeWish);
      const sold = await sell(sockets.slice(0, tills), wishes);
      const limit = await straight.writeNew();
      if (round > 0) of.push({ ...sold, limit });
    }
  }
  for (const socket of sockets) socket.close();
  straight.close();
  await node.stop();
  return GOALS.flatMap(({ tills, ratio }) => report(tills, ratio, rounds.get(tills) ?? []));
};

/** The round in the middle speaks for all; the slowest sales of any round count. */
function report(tills: number, goal: number, rounds: Round[]): Measure[] {
  const ratioOf = ({ perSecond, limit }: Round) => perSecond / limit;
  const middle = rounds.toSorted((one, other) => ratioOf(one) - ratioOf(other))[Math.floor(rounds.length / 2)];
  if (!middle) return [];
  const ratio = ratioOf(middle);
  const target = atLeast(ratio, goal, `at least ${goal}×`);
  const p99 = percentile(
    rounds.flatMap(({ latencies }) => latencies),
    0.99,
  );
  const inTime = tills === MOST_TILLS ? { target: under(p99, 10, 'p99 under 10 ms') } : {};
  return [
    { name: `sale.clients-${tills}`, ratio, value: middle.perSecond, limit: middle.limit, unit: 'sales/s', target },
    { name: `sale.clients-${tills}.p99`, ratio: null, value: p99, limit: null, unit: 'ms', ...inTime },
  ];
}

async function fillNode(folder: string): Promise<() => string> {
  const filled = await startTestNode({ dataFolder: folder });
  const { items } = await filled.till.products({ query: {} });
  await filled.stop();
  const goods = LINES.map((sku) => items.find((item) => item.sku === sku)).filter((item) => item !== undefined);
  return () => {
    const lines = goods.map(({ id }) => ({ lineId: makeId(), productId: id, quantity: 1 }));
    const total = goods.reduce((sum, { price }) => sum + price.amount, 0);
    const tenders = [{ tenderId: makeId(), method: 'cash', tendered: total }];
    return JSON.stringify({ id: makeId(), lines, tenders, total, currency: 'IDR' });
  };
}

interface NodeProcess extends Shop {
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

async function sell(tills: readonly TillSocket[], wishes: readonly string[]) {
  const latencies: number[] = [];
  const next = wishes.values();
  const tookMs = await millisecondsOf(() =>
    Promise.all(
      tills.map(async (till) => {
        for (const wish of next) latencies.push(await till.sell(wish));
      }),
    ),
  );
  return { perSecond: (wishes.length / tookMs) * 1_000, latencies };
}

/** The same rows, read from what the node wrote, again without a node. */
function openStraight(from: string, to: string) {
  const source = openSqlite(from, { readonly: true });
  const target = openSqlite(to);
  migrateSqlite(target);
  const before = rowsByTable(source);
  const empty = rowsByTable(target);
  const begin = target.prepare('BEGIN IMMEDIATE');
  const commit = target.prepare('COMMIT');
  const write = saleWriter(target);
  let written = 0;
  return {
    /** The sales since the last time, so many a second. */
    async writeNew(): Promise<number> {
      const sales = readSales(source, written);
      written = Number(sales.at(-1)?.sale.seq ?? written);
      const tookMs = await millisecondsOf(() => {
        for (const sale of sales) {
          begin.run();
          write(sale);
          commit.run();
        }
      });
      return (sales.length / tookMs) * 1_000;
    },
    /** When sales one day write more rows, the limit would stay too high: the two are compared, table by table. */
    close() {
      const [node, straight] = [rowsByTable(source), rowsByTable(target)];
      source.close();
      target.close();
      for (const [table, rows] of node) {
        const more = rows - (before.get(table) ?? 0);
        if (more !== (straight.get(table) ?? 0) - (empty.get(table) ?? 0))
          throw new Error(`sales wrote ${more} rows of ${table}, and the bench writes others straight: mend the bench`);
      }
    },
  };
}

function rowsByTable(sqlite: Sqlite): Map<string, number> {
  const tables = sqlite.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  const count = (table: string) => sqlite.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
  return new Map(tables.map(({ name }) => [name, count(name)]));
}

type Row = Record<string, unknown>;
interface SaleRows {
  fact: Row;
  sale: Row;
  lines: Row[];
  tenders: Row[];
  movements: Row[];
}

function readSales(sqlite: Sqlite, afterSeq: number): SaleRows[] {
  const all = (sql: string, ...values: unknown[]) => sqlite.prepare<unknown[], Row>(sql).all(...values);
  return all('SELECT * FROM sales WHERE seq > ? ORDER BY seq', afterSeq).map((sale) => ({
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
