// A store that prints a receipt for each sale, its node killed again and again among them: no receipt comes out twice by itself, and what
// is said of each is true of the paper.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { saleOf, startTestNode } from '#node/test-node';
import { client, UnreachableError } from '#schema/client';
import { printContract } from '#schema/wire/print';
import { saleContract } from '#schema/wire/sale';
import { startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { built, startProgram, waitForAnswer } from './test-processes.ts';

const KILLS = 6;
const SALES_BETWEEN = 5;
/** From the last job's answer to the kill: before, among and after the bytes. */
const killAfterMs = (round: number): number => round * 7;

const profile = { columns: 48, codePage: 'pc858', qr: 'native', cut: 'partial', drawerPin: null, answers: true } as const;

it('[IOT-08] [SYN-02] no receipt is printed twice by itself, however often the node is killed', {
  timeout: 180_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-print-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startPrinterSandbox({ widthDots: 576 });
  onTestFinished(() => sandbox.stop());
  const filled = await startTestNode({ dataFolder: folder });
  await filled.store.printing.addPrinter({
    id: filled.makeId(),
    name: 'Counter',
    link: { kind: 'network', host: '127.0.0.1', port: sandbox.port },
    profile,
  });
  const wishes = Array.from({ length: KILLS * SALES_BETWEEN }, () => saleOf(filled, { 'TEH-MANIS': 1 }));
  const jobs = wishes.map(({ id }) => ({ id: filled.makeId(), kind: 'receipt' as const, subjectId: id }));
  const { token, url } = filled;
  await filled.stop();

  const port = new URL(url).port;
  const start = async () => {
    const program = startProgram(process.execPath, [built('scripts/story/node-process.js'), folder, port]);
    await waitForAnswer(`${url}/readyz`, program);
    return program;
  };
  const calls = { baseUrl: url, fetch, timeoutMs: 5_000, headers: () => ({ authorization: `Bearer ${token}` }) };
  const [till, printing] = [client(saleContract, calls), client(printContract, calls)];
  /** Asked again with the same id where no answer came, as a till does. */
  const surely = async <T>(call: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        await sleep(50);
      }
    }
  };

  let node = await start();
  const receipts = new Map<string, string>();
  for (let round = 0; round < KILLS; round++) {
    for (let index = round * SALES_BETWEEN; index < (round + 1) * SALES_BETWEEN; index++) {
      const [wish, job] = [wishes[index], jobs[index]];
      if (!wish || !job) continue;
      receipts.set(job.id, (await surely(() => till.close({ body: wish }))).receipt);
      await surely(() => printing.print({ body: job }));
    }
    await sleep(killAfterMs(round));
    await node.kill('SIGKILL');
    node = await start();
  }
  const unfinished = async () => {
    const { items } = await printing.jobs({ query: { limit: '500' } });
    return items.filter(({ endedAt }) => endedAt === null).length;
  };
  await expect.poll(unfinished, { timeout: 60_000, interval: 200 }).toBe(0);

  const { items } = await printing.jobs({ query: { limit: '500' } });
  expect(items).toHaveLength(jobs.length);
  const papers = sandbox.pieces().flatMap(({ codes }) => codes);
  for (const { id, state } of items) {
    const count = papers.filter((code) => code === receipts.get(id)).length;
    expect(count, `the paper of a job that is ${state}`).toBeLessThanOrEqual(1);
    if (state === 'printed') expect(count).toBe(1);
    if (state === 'failed') expect(count).toBe(0);
  }
  expect(items.some(({ state }) => state === 'printed')).toBe(true);
  expect(sandbox.faults()).toEqual([]);
});
