// A node's own safety: copies that are whole or said to have failed, and a node that goes on from one without printing anything twice.
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { client } from '#schema/client';
import { nodeContract } from '#schema/wire/node';
import { printContract } from '#schema/wire/print';
import { saleContract } from '#schema/wire/sale';
import { startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { databaseFile } from '../base/data-folder.ts';
import { dumpProjections } from '../journal/rebuild.ts';
import { startNode } from '../main.ts';
import { backUpNode, restoreNode } from '../maintenance.ts';
import { profileOf } from '../receipt/test-sale.ts';
import { projectionsOf } from '../store.ts';
import { saleOf, startTestNode, type TestNode, type TestNodeOptions } from '../test-node.ts';
import { checkFile } from './check-file.ts';
import { untilNight } from './schedule.ts';

async function start(options: TestNodeOptions = {}): Promise<TestNode> {
  const node = await startTestNode(options);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= node.stop();
    return stopped;
  };
  onTestFinished(async () => {
    await stop();
    if (!options.dataFolder) rmSync(node.dataFolder, { recursive: true, force: true });
  });
  return { ...node, stop };
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'lapak-backup-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const sell = (node: TestNode) => node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
const dumpOf = ({ store: { sqlite } }: TestNode) => dumpProjections(sqlite, projectionsOf(sqlite));

/** Overwrites the middle of every page after the first ones, as a dying disk does. */
function damage(file: string): void {
  const handle = openSync(file, 'r+');
  for (let at = 4_096 * 3; at < statSync(file).size; at += 4_096)
    writeSync(handle, Buffer.alloc(2_000, 0xa5), 0, 2_000, at + 1_000);
  closeSync(handle);
}

/** Overwrites the head of the page that holds this text: an old fact, which no start reads. */
function damagePageOf(file: string, text: string): void {
  const page = Math.floor(readFileSync(file).indexOf(text) / 4_096) * 4_096;
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, page);
  closeSync(handle);
}

describe('backups', () => {
  it('[OPS-05] a copy made while the node sells is whole, and is read again, every hash of it', async () => {
    const node = await start();
    for (let sold = 0; sold < 3; sold++) await sell(node);
    const to = folder();
    const [backup] = await Promise.all([backUpRunning(node, to), sell(node), sell(node)]);
    expect(backup.facts).toBeGreaterThanOrEqual(node.store.journal.head().seq - 2);
    expect(await checkFile(backup.file, { quick: false })).toEqual({ facts: backup.facts, problems: [] });
    expect(readdirSync(to)).toEqual([backup.file.slice(to.length + 1)]);
    expect(statSync(backup.file).mode & 0o777).toBe(0o600);
  });

  it('[OPS-05] seven are kept; one that fails leaves no half file, is said at the tills, and is forgotten when one succeeds', async () => {
    const to = folder();
    const node = await start({ backupFolder: to });
    for (let day = 1; day < 9; day++) writeFileSync(join(to, `store-2026-01-0${day}T03-00-00.000Z.db`), '');
    await backUpRunning(node);
    expect(readdirSync(to)).toHaveLength(7);
    const blocked = join(to, 'a-file');
    writeFileSync(blocked, '');
    const refused = await backUpRunning(node, blocked).catch((error) => error.problem);
    expect(refused).toMatchObject({ status: 409, code: 'backup-failed' });
    expect((await node.till.session()).troubles).toMatchObject([{ code: 'backup-failed', stopsSelling: false }]);
    expect((await statusOf(node)).backup).toMatchObject({ failedAt: expect.any(String), why: expect.stringContaining('copy') });
    await backUpRunning(node);
    expect((await node.till.session()).troubles).toEqual([]);
    expect(readdirSync(to).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('[OPS-05] a stopped node is backed up too; a damaged one is not called backed up', async () => {
    const node = await start();
    await sell(node);
    await node.stop();
    const { dataFolder } = node;
    const backup = await backUpNode({ dataFolder });
    expect(backup).toMatchObject({ facts: node.store.journal.head().seq });
    damage(databaseFile(dataFolder));
    await expect(backUpNode({ dataFolder })).rejects.toThrow();
    expect(readdirSync(join(dataFolder, 'backups'))).toHaveLength(1);
  });

  it.each([
    ['2026-11-20T19:59:59.000Z', 1_000],
    ['2026-11-20T20:00:00.000Z', 86_400_000],
    ['2026-11-20T08:00:00.000Z', 12 * 3_600_000],
  ])('[OPS-05] at %s the next night in Jakarta begins in %i ms', (at, expected) => {
    expect(untilNight(Date.parse(at), 'Asia/Jakarta')).toBe(expected);
  });
});

describe('going on from a backup', () => {
  it('[SYN-07] alone, it opens the next series each time, whatever was printed since; the tables are those of the backup', async () => {
    const node = await start();
    const first = await sell(node);
    const { file } = await backUpRunning(node, folder());
    const dump = dumpOf(node);
    const printed = [first.receipt, (await sell(node)).receipt];
    await node.stop();
    const { dataFolder } = node;
    for (const generation of [2, 3]) {
      expect(await restoreNode({ dataFolder, file })).toMatchObject({ generation, offline: true, gap: { to: null } });
      const again = await start({ dataFolder });
      expect(dumpOf(again)).toEqual(dump);
      const { receipt } = await sell(again);
      expect(printed).not.toContain(receipt);
      printed.push(receipt);
      await again.stop();
    }
    expect(printed.map((receipt) => receipt.slice(0, 3))).toEqual(['T1A', 'T1A', 'T1B', 'T1C']);
    expect(readdirSync(dataFolder).filter((name) => name.includes('.before-') && name.endsWith('Z'))).toHaveLength(2);
  });

  it('[SYN-07] [IOT-08] it cannot know what was printed since: a receipt of that time is a copy, a new one is not', async () => {
    const paper = await startPrinterSandbox({ widthDots: 576 });
    onTestFinished(() => paper.stop());
    const node = await start();
    const link = { kind: 'network' as const, host: '127.0.0.1', port: paper.port };
    const printers = client(printContract, machineCalls(node));
    await printers.addPrinter({ body: { id: node.makeId(), name: 'Counter', link, profile: profileOf() } });
    const before = await sell(node);
    const { file } = await backUpRunning(node, folder());
    await node.stop();
    await restoreNode({ dataFolder: node.dataFolder, file });
    const again = await start({ dataFolder: node.dataFolder });
    const after = await sell(again);
    for (const [sale, copy] of [
      [before, true],
      [after, false],
    ] as const) {
      const { id } = await again.print.print({ body: { id: again.makeId(), kind: 'receipt', subjectId: sale.id } });
      await expect.poll(() => again.print.job({ params: { id } }), { timeout: 15_000 }).toMatchObject({ state: 'printed', copy });
    }
  });

  it('[SYN-07] no voucher or serial of the time after the backup pours again: a new one does', async () => {
    const buy = (node: TestNode) => node.sale.close({ body: saleOf(node, { 'AIR-600': 1 }) });
    const codeOf = ({ vouchers: [voucher] }: Awaited<ReturnType<typeof buy>>) => voucher?.code ?? '';
    const node = await start({ demo: true });
    const before = await buy(node);
    const { file } = await backUpRunning(node, folder());
    const lost = await buy(node);
    await node.stop();
    const { dataFolder } = node;
    await restoreNode({ dataFolder, file });
    const again = await start({ dataFolder, demo: true });
    const [device] = (await again.device.list()).items;
    const id = device?.id ?? '';
    await expect.poll(async () => (await again.device.list()).items[0]?.state, { timeout: 10_000 }).toBe('online');
    const scan = async (code: string) => (await again.device.scan({ params: { id }, body: { code } })).outcome;
    for (const sale of [before, lost]) expect(await scan(codeOf(sale))).toBe('refused');
    const fresh = await buy(again);
    expect(fresh.vouchers[0]?.serial).toBeGreaterThanOrEqual(2 ** 20);
    expect(await scan(codeOf(fresh))).toBe('ok');
  });

  it('[SYN-07] a damaged or absent backup is refused, and the node is as it was', async () => {
    const node = await start();
    await sell(node);
    const { file } = await backUpRunning(node, folder());
    await sell(node);
    await node.stop();
    const { dataFolder } = node;
    const broken = `${file}.broken`;
    copyFileSync(file, broken);
    damage(broken);
    await expect(restoreNode({ dataFolder, file: broken })).rejects.toThrow('not a whole backup');
    await expect(restoreNode({ dataFolder, file: `${file}.absent` })).rejects.toThrow('There is no file');
    await expect(restoreNode({ dataFolder })).rejects.toThrow('No restore was begun');
    const again = await start({ dataFolder });
    expect((await sell(again)).receipt).toBe('T1A-000003');
  });
});

describe('a node whose machine fails', () => {
  it('[SYN-02] a full disk refuses the sale in words, keeps what was there, says so, and sells again when there is room', async () => {
    const node = await start();
    const { sqlite } = node.store;
    await sell(node);
    const before = dumpOf(node);
    const pages = sqlite.pragma('page_count', { simple: true }) as number;
    sqlite.pragma(`max_page_count = ${pages}`);
    const wishes = Array.from({ length: 40 }, () => saleOf(node, { 'TEH-MANIS': 1 }));
    const answers = await Promise.all(wishes.map((body) => node.sale.close({ body }).catch((error) => error.problem)));
    // One that still finds room is news that there is some: so the last of all is one that finds none.
    do answers.push(await sell(node).catch((error) => error.problem));
    while (!('status' in answers.at(-1)));
    const refused = answers.filter((answer) => 'status' in answer);
    for (const problem of refused)
      expect(problem).toMatchObject({ status: 503, code: 'disk-full', next: expect.stringContaining('Free space') });
    expect((await node.till.session()).troubles).toMatchObject([{ code: 'disk-full', stopsSelling: false }]);
    if (refused.length === answers.length) expect(dumpOf(node)).toEqual(before);
    sqlite.pragma('max_page_count = 1000000');
    await sell(node);
    expect((await node.till.session()).troubles).toEqual([]);
  });

  it('[SYN-02] too little room is said before the disk is full', async () => {
    let free = 1_000_000;
    const node = await start({ freeBytes: async () => free });
    await expect.poll(() => node.store.troubles.list()).toMatchObject([{ code: 'disk-low', stopsSelling: false }]);
    free = 1e12;
    expect((await sell(node)).receipt).toBe('T1A-000001');
  });

  it('[SYN-02] a damaged database is found at the start: the till sells no more and says what to do', async () => {
    const node = await start();
    for (let sold = 0; sold < 30; sold++) await sell(node);
    const wish = saleOf(node, { 'TEH-MANIS': 1 });
    await node.stop();
    const { dataFolder } = node;
    damagePageOf(databaseFile(dataFolder), '"receipt":"T1A-000003"');
    const damaged = await startNode({ dataFolder, port: 0, logLevel: 'silent' });
    onTestFinished(() => damaged.stop());
    await expect
      .poll(() => damaged.store.troubles.list(), { timeout: 20_000 })
      .toMatchObject([{ code: 'damaged', stopsSelling: true }]);
    const calls = { baseUrl: damaged.url, fetch, headers: () => ({ authorization: `Bearer ${node.token}` }) };
    const refused = await client(saleContract, calls)
      .close({ body: wish })
      .catch((error) => error.problem);
    expect(refused).toMatchObject({ status: 409, code: 'damaged', next: expect.stringContaining('restore') });
  });

  it('[SYN-02] a database that breaks while the node sells: the first to meet it is told, and nobody sells after', async () => {
    const node = await start();
    const { sqlite } = node.store;
    for (let sold = 0; sold < 30; sold++) await sell(node);
    const wish = saleOf(node, { 'TEH-MANIS': 1 });
    const problemOf = (answer: Promise<unknown>) => answer.catch((error) => error.problem);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    damage(databaseFile(node.dataFolder));
    sqlite.pragma('shrink_memory'); // what is remembered of the file would hide it
    expect(await problemOf(node.sale.close({ body: wish }))).toMatchObject({ status: 503, code: 'damaged' });
    expect(await problemOf(node.sale.close({ body: wish }))).toMatchObject({ status: 409, code: 'damaged' });
    expect(node.store.troubles.list()).toMatchObject([{ code: 'damaged', stopsSelling: true }]);
  });
});

function machineCalls({ dataFolder, url }: TestNode) {
  const token = readFileSync(join(dataFolder, 'machine.token'), 'utf8').trim();
  return { baseUrl: url, fetch, headers: () => ({ authorization: `Bearer ${token}` }), timeoutMs: 60_000 };
}

const callsOf = (node: TestNode) => client(nodeContract, machineCalls(node));

const statusOf = (node: TestNode) => callsOf(node).status();
const backUpRunning = (node: TestNode, to?: string) => callsOf(node).backUp({ body: to === undefined ? {} : { to } });
