// A busy shop whose node is killed two hundred times, at any moment: sales of each tender, returns, drawers, shifts, drafts, deliveries and
// receipts on paper. Nothing that was answered is lost, nothing is there twice, and no paper comes out twice by itself.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openSqlite, type Sqlite } from '#node/base/sqlite';
import { dumpProjections, rebuild } from '#node/journal/rebuild';
import { verifyChain } from '#node/journal/verify';
import { projectionsOf } from '#node/store';
import { startTestNode } from '#node/test-node';
import { client } from '#schema/client';
import { crc16 } from '#schema/rules/qris';
import { present } from '#schema/values/assert';
import { draftContract } from '#schema/wire/draft';
import { type PrinterSandbox, startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { built } from './test-processes.ts';
import { type Answered, type Drawer, nothingAnswered, openStockroom, openTab, PRICES, surely } from './test-shop-work.ts';

const KILLS = Number(process.env.LAPAK_TEST_KILLS ?? 200);
/** A node lives for some works that are answered, and dies at any moment after. */
const MOST_WORKS = 5;
const LONGEST_REST_MS = 60;
const POLL_MS = 5;
const program = built('scripts/story/node-process.js');
if (!existsSync(program)) console.warn('Skipping mixed-kill.native.test: there is no build (npm run build).');

const merchant = '26670015COM.EXAMPLE.WWW011893600999000000001602150000000000000010303UMI';
const body = `000201010211${merchant}5204581253033605802ID5912KEDAI CONTOH6007JAKARTA6304`;
const settings = JSON.stringify({ cardTerminal: true, offlineQris: 'unverified', qrisStatic: body + crc16(body) });
const profile = { columns: 48, codePage: 'pc858', qr: 'native', cut: 'partial', drawerPin: null, answers: true } as const;

it.skipIf(!existsSync(program))(
  '[SYN-02] [IOT-08] nothing answered is lost or doubled by two hundred kills among all that a shop does',
  { timeout: 900_000 },
  async () => {
    const seed = Number(process.env.LAPAK_TEST_SEED ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}`);
    const below = chanceFrom(seed);
    const folder = mkdtempSync(join(tmpdir(), 'lapak-mixed-kill-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const sandbox = await startPrinterSandbox({ widthDots: 576 });
    onTestFinished(() => sandbox.stop());
    const shop = await furnish(folder, sandbox.port);
    const node = openRow(folder, shop.url);
    await node.next();

    const answered = nothingAnswered();
    const parts = (token: string) => ({ ...shop, calls: shop.callsOf(token), answered, below });
    const drawers = shop.tokens.map((): Drawer => ({ shiftId: null, cash: 0 }));
    const tabs = shop.tokens.map((token, at) =>
      openTab(parts(token), { drawer: present(drawers[at], 'of its till'), isAlone: at > 0 }),
    );
    const [firstToken = ''] = shop.tokens;
    const second = openTab(parts(firstToken), { drawer: present(drawers[0], 'of its till'), isAlone: false });
    const stockroom = openStockroom(parts(firstToken));
    for (const tab of tabs) await tab.begin();

    let isOpen = true;
    let done = 0;
    const working = Promise.all(
      [...tabs, second, stockroom].map(async ({ work }) => {
        while (isOpen) {
          await work();
          done += 1;
        }
      }),
    );
    // A work that fails ends the shop's day at once; what it failed of is told below.
    working.catch(() => {
      isOpen = false;
    });
    for (let kill = 0; kill < KILLS; kill++) {
      const until = done + 1 + below(MOST_WORKS);
      while (done < until && isOpen) await sleep(POLL_MS);
      await sleep(below(LONGEST_REST_MS));
      await node.kill();
      await node.next();
    }
    isOpen = false;
    await working;
    for (const tab of tabs) await tab.end();
    const { print, stock } = shop.callsOf(firstToken);
    const unended = async () =>
      (await surely(() => print.jobs({ query: { limit: '500' } }))).items.filter(({ endedAt }) => endedAt === null).length;
    await expect.poll(unended, { timeout: 120_000, interval: 200 }).toBe(0);
    const { items } = await surely(() => stock.levels({ query: { limit: '500' } }));
    expect(Object.fromEntries(items.map(({ productId, onHand }) => [productId, onHand]))).toEqual(
      Object.fromEntries(answered.levels),
    );
    await node.kill();

    const sqlite = openSqlite(join(folder, 'store.db'));
    onTestFinished(() => void sqlite.close());
    expectBooks(sqlite, answered);
    expectPapers(sqlite, answered, sandbox);
    expect(verifyChain(sqlite).problems).toEqual([]);
    const projections = projectionsOf(sqlite);
    const before = dumpProjections(sqlite, projections);
    rebuild(sqlite, projections);
    expect(dumpProjections(sqlite, projections)).toEqual(before);
    console.log(
      `${answered.sales.size} sales, ${answered.returns.size} returns, ${answered.shifts.size} shifts, ${answered.jobs.size} receipts`,
    );
  },
);

/** A store with two products, three tills and a printer; its node is stopped, and its address stays. */
async function furnish(dataFolder: string, printerPort: number) {
  const products = Object.entries(PRICES).map(([sku, amount]) => ({ sku, name: sku, amount }));
  const filled = await startTestNode({ dataFolder, products, store: { settings } });
  const link = { kind: 'network', host: '127.0.0.1', port: printerPort } as const;
  await filled.store.printing.addPrinter({ id: filled.makeId(), name: 'Counter', link, profile });
  const tokens = [filled.token];
  for (let more = 0; more < 2; more++) {
    const { code } = await filled.till.createCode({ body: { id: filled.makeId() } });
    tokens.push((await filled.till.pair({ body: { code } })).token);
  }
  const ids = new Map(products.map(({ sku }) => [sku, filled.productId(sku)]));
  const { url, makeId, at } = filled;
  await filled.stop();
  return {
    url,
    tokens,
    makeId,
    productId: (sku: string) => present(ids.get(sku), `no ${sku}`),
    callsOf: (token: string) => ({
      ...at(token),
      draft: client(draftContract, { baseUrl: url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) }),
    }),
  };
}

/** Nodes of one folder, one after the other; the next is loaded while the one before it works. */
function openRow(folder: string, url: string) {
  const load = () => {
    const child = spawn(process.execPath, [program, folder, new URL(url).port, 'FULL', 'wait'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return { child, ended };
  };
  let spare = load();
  let current: ReturnType<typeof load> | undefined;
  const end = async (one: ReturnType<typeof load> | undefined) => {
    one?.child.kill('SIGKILL');
    await one?.ended;
  };
  onTestFinished(() => Promise.all([end(spare), end(current)]).then(() => undefined));
  return {
    async next(): Promise<void> {
      current = spare;
      const { child, ended } = current;
      child.stdin.write('\n');
      const started = await Promise.race([
        new Promise((resolve) => child.stdout.once('data', () => resolve(true))),
        ended.then(() => false),
      ]);
      expect(started, 'the next node starts').toBe(true);
      spare = load();
    },
    kill: () => end(current),
  };
}

/** Every row that somebody was answered for, and no other. */
function expectBooks(sqlite: Sqlite, answered: Answered): void {
  const rows = (sql: string) => sqlite.prepare<[], [string, unknown]>(sql).raw().all() as [string, unknown][];
  const ids = (sql: string) =>
    rows(sql)
      .map(([id]) => id)
      .toSorted();
  expect(Object.fromEntries(rows('SELECT id, receipt FROM sales'))).toEqual(Object.fromEntries(answered.sales));
  expect(Object.fromEntries(rows('SELECT id, receipt FROM sale_returns'))).toEqual(Object.fromEntries(answered.returns));
  expect(ids('SELECT id FROM drawer_movements')).toEqual([...answered.movements].toSorted());
  expect(ids('SELECT id FROM shifts WHERE closed_at IS NOT NULL')).toEqual([...answered.closed].toSorted());
  expect(ids('SELECT id FROM stock_documents')).toEqual([...answered.documents].toSorted());
  for (const [shiftId, { said, known }] of answered.shifts) expect([shiftId, said]).toEqual([shiftId, known]);
  const drafts = sqlite
    .prepare<[], { id: string; revision: number; content: string }>('SELECT id, revision, content FROM drafts')
    .all();
  expect(Object.fromEntries(drafts.map(({ id, ...draft }) => [id, draft]))).toEqual(Object.fromEntries(answered.drafts));
  const receipts = [...answered.sales.values(), ...answered.returns.values()];
  for (const series of ['T1A', 'T2A', 'T3A']) {
    const numbers = receipts.filter((receipt) => receipt.startsWith(`${series}-`)).toSorted();
    expect(numbers).toEqual(numbers.map((_, index) => `${series}-${String(index + 1).padStart(6, '0')}`));
  }
}

/** What is said of each receipt is true of the paper. */
function expectPapers(sqlite: Sqlite, { jobs }: Answered, sandbox: PrinterSandbox): void {
  const rows = sqlite.prepare<[], { id: string; state: string }>('SELECT id, state FROM print_jobs').all();
  expect(rows.map(({ id }) => id).toSorted()).toEqual([...jobs.keys()].toSorted());
  const papers = sandbox.pieces().flatMap(({ codes }) => codes);
  for (const { id, state } of rows) {
    const count = papers.filter((code) => code === jobs.get(id)).length;
    expect(count, `the paper of a job that is ${state}`).toBeLessThanOrEqual(1);
    if (state === 'printed') expect(count).toBe(1);
    if (state === 'failed') expect(count).toBe(0);
  }
  expect(rows.some(({ state }) => state === 'printed')).toBe(true);
  expect(sandbox.faults()).toEqual([]);
}

/** Mulberry32: the same seed, the same choices, as far as the kills leave the order of the works alone. */
function chanceFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
