// Watches the system calls of a node that sells: between a request and its answer the journal's file is synced. A node that does not wait
// for its disk is told apart, so the watch can fail. (`kill -9` alone would not show it: the kernel keeps what was not synced.)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestNode } from '#node/test-node';
import { client } from '#schema/client';
import { idMaker } from '#schema/values/id';
import { saleContract } from '#schema/wire/sale';
import { tillContract } from '#schema/wire/till';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { built, startProgram, waitForAnswer } from './test-processes.ts';

const SALES = 20;
const makeId = idMaker(systemClock, randomBytes);

const canTrace = (() => {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true']);
    return true;
  } catch {
    console.warn('skipped: strace is not installed, or may not trace here');
    return false;
  }
})();

type Call = 'synced' | 'answered';

/** The order of syncs of the journal's file and answers of sales, as the kernel saw them. */
function callsOf(trace: string): Call[] {
  return trace.split('\n').flatMap((line): Call[] => {
    if (/f(data)?sync\(\d+<[^>]*store\.db-wal>/.test(line)) return ['synced'];
    if (/(write|writev|sendto|sendmsg)\(\d+<.*HTTP\/1\.1 201/.test(line)) return ['answered'];
    return [];
  });
}

async function traceSales(synchronous: 'FULL' | 'OFF'): Promise<Call[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-trace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Fills the folder with a store and its goods.
  const filled = await startTestNode({ dataFolder: folder });
  const productId = filled.productId('TEH-MANIS');
  await filled.stop();
  const trace = join(folder, 'trace');
  const calls = 'trace=fsync,fdatasync,write,writev,sendto,sendmsg';
  const program = startProgram('strace', [
    '-f',
    '-y',
    '-s',
    '40',
    '-e',
    calls,
    '-o',
    trace,
    process.execPath,
    built('scripts/story/node-process.js'),
    folder,
    '0',
    synchronous,
  ]);
  await expect.poll(() => program.output(), { timeout: 30_000 }).toMatch(/http:\S+/);
  const url = /http:\S+/.exec(program.output())?.[0] ?? '';
  await waitForAnswer(`${url}/healthz`, program);
  const { token } = await client(tillContract, { baseUrl: url, fetch }).pair({ body: {} });
  const sale = client(saleContract, { baseUrl: url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) });
  for (let count = 0; count < SALES; count++)
    await sale.close({
      body: {
        id: makeId(),
        lines: [{ lineId: makeId(), productId, quantity: 1 }],
        tenders: [{ tenderId: makeId(), method: 'cash', tendered: 600_000 }],
        total: 600_000,
        currency: 'IDR',
      },
    });
  // The node, not its watcher: whom a killed watcher leaves behind lives on.
  process.kill(Number(readFileSync(join(folder, 'node.lock'), 'utf8')), 'SIGKILL');
  await program.ended;
  return callsOf(readFileSync(trace, 'utf8'));
}

/** Answers of sales that no sync of the journal came before since the answer before it. */
const unsynced = (calls: Call[]): number => {
  const sales = calls.filter((call, index) => call === 'answered' && calls[index - 1] !== 'synced');
  return sales.length;
};

describe.skipIf(!canTrace)('durability', () => {
  it('[SYN-02] every sale is synced to disk between its request and its answer', { timeout: 120_000 }, async () => {
    const calls = await traceSales('FULL');
    // The pairing answers with 201 as well, from a commit of its own.
    expect(calls.filter((call) => call === 'answered')).toHaveLength(SALES + 1);
    expect(unsynced(calls)).toBe(0);
  });

  it('[SYN-02] the watch tells a node that does not wait for its disk', { timeout: 120_000 }, async () => {
    expect(unsynced(await traceSales('OFF'))).toBeGreaterThanOrEqual(SALES);
  });
});
