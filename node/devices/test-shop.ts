// A database, a journal and a clock that a test moves: what parts of the device registry need, without a node around them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { idMaker } from '#schema/values/id';
import { type HandClock, handClock } from '#schema/values/test-clock';
import { endOfTurn, randomBytes, systemClock } from '../base/clock.ts';
import { type Log, openLog } from '../base/log.ts';
import { migrateSqlite, openSqlite, type Sqlite } from '../base/sqlite.ts';
import { type Journal, openJournal } from '../journal/commit.ts';

export interface TestShop {
  sqlite: Sqlite;
  journal: Journal;
  clock: HandClock;
  now: () => number;
  log: Log;
  makeId: () => string;
  /** Bodies of the facts of this kind, in their order. */
  facts(kind: string): Record<string, unknown>[];
  /** Lets time pass, and what it brought come to rest on disk. */
  pass(ms: number): Promise<void>;
}

export const shopStartMs = Date.UTC(2026, 10, 20, 8);

export function openTestShop(): TestShop {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-shop-'));
  const sqlite = openSqlite(join(folder, 'store.db'));
  migrateSqlite(sqlite);
  const clock = handClock(shopStartMs);
  const makeId = idMaker(systemClock, randomBytes);
  const journal = openJournal({ sqlite, projections: [], clock, clockOffset: () => 0, makeId, endOfTurn });
  onTestFinished(() => {
    journal.close();
    sqlite.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const read = sqlite.prepare<[string], { text: string }>('SELECT text FROM facts WHERE kind = ? ORDER BY generation, seq');
  return {
    sqlite,
    journal,
    clock,
    now: clock.now,
    log: openLog('silent'),
    makeId,
    facts: (kind) => read.all(kind).map(({ text }) => (JSON.parse(text) as { body: Record<string, unknown> }).body),
    async pass(ms) {
      await clock.pass(ms);
      // A commit is shared by a turn, and what follows it may commit again.
      for (let turn = 0; turn < 12; turn++) await clock.pass(0);
    },
  };
}
