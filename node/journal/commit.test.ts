// The one way to write, on a real SQLite file: what shares a commit, what a refusal or a bug leaves behind, and what a full disk does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chainHash, GENESIS } from '#schema/facts/chain';
import { stockMoved } from '#schema/facts/stock-moved';
import { idMaker } from '#schema/values/id';
import { ok, refuse } from '#schema/values/result';
import { endOfTurn, randomBytes, systemClock } from '../base/clock.ts';
import { migrateSqlite, openSqlite, type Sqlite } from '../base/sqlite.ts';
import { projectionsOf } from '../store.ts';
import { type Commit, type Journal, openJournal } from './commit.ts';
import { StorageFault } from './storage-fault.ts';
import { verifyChain } from './verify.ts';

const makeId = idMaker(systemClock, randomBytes);
const productId = makeId();

describe('the journal', () => {
  let folder: string;
  let sqlite: Sqlite;
  let now = 1_000;
  const open = (): Journal =>
    openJournal({
      sqlite,
      projections: projectionsOf(sqlite),
      clock: { ...systemClock, now: () => now },
      clockOffset: () => 0,
      makeId,
      endOfTurn,
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lapak-journal-'));
    sqlite = openSqlite(join(folder, 'store.db'));
    migrateSqlite(sqlite);
    now = 1_000;
  });
  afterEach(() => {
    sqlite.close();
    rmSync(folder, { recursive: true });
  });

  const nothingBrought = { cost: null, lotCode: null, expiresOn: null, currency: null, approvedBy: null };
  const receive = (commit: Commit, quantity: number, id = makeId()) => {
    commit.append(
      stockMoved,
      { movementId: id, productId, movement: 'receive', quantity, reason: null, ...nothingBrought, directiveId: null },
      { id },
    );
    return ok(quantity);
  };
  const onHand = () => sqlite.prepare<[], { onHand: number }>('SELECT on_hand AS onHand FROM stock_levels').get()?.onHand ?? 0;
  const texts = () => sqlite.prepare<[], { text: string; hash: string }>('SELECT text, hash FROM facts ORDER BY seq').all();

  it('[SYN-03] chains every fact to the one before it, and the text is what was hashed', async () => {
    const journal = open();
    await Promise.all([1, 2, 3].map((quantity) => journal.write((commit) => receive(commit, quantity))));
    let prev = GENESIS;
    for (const { text, hash } of texts()) {
      expect(chainHash(prev, text)).toBe(hash);
      prev = hash;
    }
    expect(journal.head()).toMatchObject({ seq: 3, hash: prev });
    expect(verifyChain(sqlite)).toMatchObject({ facts: 3, problems: [], unwitnessed: { from: 1, to: 3 } });
  });

  it('[SYN-02] shares one commit among works of one turn; a refused one between two good ones leaves no trace', async () => {
    const journal = open();
    const commits: number[] = [];
    journal.onAppended((facts) => commits.push(facts.length));
    const answers = await Promise.all([
      journal.write((commit) => receive(commit, 5)),
      journal.write((commit) => {
        receive(commit, 100);
        return refuse('no', 'Not today.');
      }),
      journal.write((commit) => receive(commit, 7)),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(commits, 'whoever waits is answered before others hear').toEqual([]);
    await new Promise<void>(endOfTurn);
    expect(commits).toEqual([2]);
    expect(onHand()).toBe(12);
    expect(journal.head().seq).toBe(2);
    expect(verifyChain(sqlite).problems).toEqual([]);
  });

  it('[SYN-02] what is written while it closes is heard before it has closed', async () => {
    const journal = open();
    const heard: number[] = [];
    journal.onAppended((facts) => heard.push(...facts.map(({ seq }) => seq)));
    const answer = journal.write((commit) => receive(commit, 1));
    journal.close();
    expect(heard).toEqual([1]);
    expect((await answer).ok).toBe(true);
    await new Promise<void>(endOfTurn);
    expect(heard).toEqual([1]);
  });

  it('[SYN-02] two facts of one id in one shared commit: the second alone fails, the third goes on', async () => {
    const journal = open();
    const id = makeId();
    const answers = await Promise.allSettled([
      journal.write((commit) => receive(commit, 1, id)),
      journal.write((commit) => receive(commit, 1, id)),
      journal.write((commit) => receive(commit, 1)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(onHand()).toBe(2);
    expect(journal.head().seq).toBe(2);
    expect(verifyChain(sqlite).problems).toEqual([]);
  });

  it('[SYN-02] a full disk is a fault for every waiter, keeps nothing of the commit, and the next one goes on from the disk', async () => {
    const journal = open();
    await journal.write((commit) => receive(commit, 1));
    sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true })}`);
    const huge = (commit: Commit) => {
      for (let count = 0; count < 500; count++) receive(commit, 1);
      return ok(null);
    };
    const answers = await Promise.allSettled([journal.write((commit) => receive(commit, 1)), journal.write(huge)]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(StorageFault) });
    expect(onHand()).toBe(1);
    sqlite.pragma('max_page_count = 1000000');
    await journal.write((commit) => receive(commit, 1));
    expect(journal.head().seq).toBe(2);
    expect(onHand()).toBe(2);
    expect(verifyChain(sqlite).problems).toEqual([]);
  });

  it('[SYN-02] its time never runs backwards, also when the clock does', async () => {
    const journal = open();
    const times: number[] = [];
    for (const at of [5_000, 3_000, 6_000]) {
      now = at;
      await journal.write((commit) => {
        times.push(commit.now);
        return receive(commit, 1);
      });
    }
    expect(times).toEqual([5_000, 5_000, 6_000]);
  });

  it('[SYN-03] names a fact that was changed, taken out or added behind its back', async () => {
    const journal = open();
    for (let count = 0; count < 4; count++) await journal.write((commit) => receive(commit, 1));
    sqlite.exec(`UPDATE facts SET text = replace(text, '"quantity":1', '"quantity":9') WHERE seq = 2`);
    expect(verifyChain(sqlite).problems).toMatchObject([{ seq: 2 }]);
    sqlite.exec('DELETE FROM facts WHERE seq = 3');
    expect([...new Set(verifyChain(sqlite).problems.map(({ seq }) => seq))]).toEqual([2, 4]);
  });

  it('[SYN-02] whatever mix of good, refused and failing works shares commits, the journal equals the sum of the good ones', async () => {
    const kinds = fc.constantFrom<keyof typeof outcomes>('good', 'refused', 'bug');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(kinds, { maxLength: 6 }), { maxLength: 6 }), async (turns) => {
        const journal = open();
        const before = { seq: journal.head().seq, onHand: onHand() };
        for (const turn of turns) {
          const answers = await Promise.allSettled(turn.map((kind) => journal.write((commit) => work(commit, kind))));
          expect(answers).toMatchObject(turn.map((kind) => outcomes[kind]));
        }
        const good = turns.flat().filter((kind) => kind === 'good').length;
        expect(journal.head().seq).toBe(before.seq + good);
        expect(onHand()).toBe(before.onHand + good);
        expect(verifyChain(sqlite).problems).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  const outcomes = {
    good: { status: 'fulfilled', value: { ok: true } },
    refused: { status: 'fulfilled', value: { ok: false, code: 'no' } },
    bug: { status: 'rejected', reason: { message: 'a bug of ours' } },
  };

  function work(commit: Commit, kind: keyof typeof outcomes) {
    receive(commit, 1);
    if (kind === 'bug') throw new Error('a bug of ours');
    return kind === 'good' ? ok(null) : refuse('no', 'Not today.');
  }
});
