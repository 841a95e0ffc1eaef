// A store that closes its day while it sells, its node killed at that moment: there is one Z or none, every answered sale is in one day, and
// asking again gives what was answered.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { databaseFile } from '#node/base/data-folder';
import { openSqlite } from '#node/base/sqlite';
import { dumpProjections, rebuild } from '#node/journal/rebuild';
import { projectionsOf } from '#node/store';
import { saleOf, startTestNode } from '#node/test-node';
import { client, UnreachableError } from '#schema/client';
import { reportContract } from '#schema/wire/report';
import { saleContract } from '#schema/wire/sale';
import { built, startProgram, waitForAnswer } from './test-processes.ts';

/** From the wish to close to the kill: before, within and after the commit. */
const KILLS_AFTER_MS = [0, 2, 4, 7, 12, 25];
const SALES_BEFORE = 3;

/** Asked again with the same id where no answer came, as a till does. */
async function surely<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      await sleep(50);
    }
  }
}

it('[REP-06] [SYN-02] a day that is closed while the node is killed is closed once, and no sale is in two days or in none', {
  timeout: 180_000,
}, async () => {
  const root = mkdtempSync(join(tmpdir(), 'lapak-day-kill-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const filled = await startTestNode({ dataFolder: join(root, 'filled') });
  const { token, url, makeId } = filled;
  const wishes = Array.from({ length: SALES_BEFORE + 1 }, () => saleOf(filled, { 'TEH-MANIS': 1 }));
  await filled.stop();
  const calls = { baseUrl: url, fetch, timeoutMs: 5_000, headers: () => ({ authorization: `Bearer ${token}` }) };
  const [sales, reports] = [client(saleContract, calls), client(reportContract, calls)];

  for (const [round, killAfterMs] of KILLS_AFTER_MS.entries()) {
    const folder = join(root, `round-${round}`);
    cpSync(join(root, 'filled'), folder, { recursive: true });
    const start = async () => {
      const program = startProgram(process.execPath, [built('scripts/story/node-process.js'), folder, new URL(url).port]);
      await waitForAnswer(`${url}/readyz`, program);
      return program;
    };
    let program = await start();
    for (const body of wishes.slice(0, SALES_BEFORE)) await sales.close({ body });
    const [last] = wishes.slice(SALES_BEFORE);
    const id = makeId();
    const sell = () => sales.close({ body: last as (typeof wishes)[number] });
    const close = () => reports.close({ body: { id } });
    const answers = Promise.allSettled([close(), sell()]);
    await sleep(killAfterMs);
    await program.kill('SIGKILL');
    const [heard] = await answers;
    program = await start();
    const report = await surely(close);
    await surely(sell);
    if (heard.status === 'fulfilled') expect(report, `killed after ${killAfterMs} ms`).toEqual(heard.value);
    expect((await reports.list({ query: {} })).items).toEqual([report]);
    const open = await reports.unclosed({});
    expect(report.totals.sales.count + open.totals.sales.count).toBe(wishes.length);
    await program.kill('SIGTERM');
    const sqlite = openSqlite(databaseFile(folder));
    const before = dumpProjections(sqlite, projectionsOf(sqlite));
    rebuild(sqlite, projectionsOf(sqlite));
    expect(dumpProjections(sqlite, projectionsOf(sqlite))).toEqual(before);
    sqlite.close();
  }
});
