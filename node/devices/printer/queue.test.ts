// The queue on disk, over a real database: order, patience, the one retry of what surely sent nothing, and a node that is killed in the middle.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PrintJobState } from '#schema/rules/print-job';
import { idMaker } from '#schema/values/id';
import { handClock } from '#schema/values/test-clock';
import type { PrinterCondition, PrintJobKind } from '#schema/wire/print';
import { randomBytes, systemClock } from '../../base/clock.ts';
import { openLog } from '../../base/log.ts';
import { migrateSqlite, openSqlite, type Sqlite } from '../../base/sqlite.ts';
import { type JobRow, openJobs } from './jobs.ts';
import type { PrintOutcome } from './printer.ts';
import { openQueue } from './queue.ts';

const makeId = idMaker(systemClock, randomBytes);
const [printerId, tillId] = [makeId(), makeId()];

function openDatabase(): Sqlite {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-queue-'));
  const sqlite = openSqlite(join(folder, 'store.db'));
  migrateSqlite(sqlite);
  onTestFinished(() => {
    sqlite.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return sqlite;
}

/** A queue before a printer that does as it is told; each start is a node that was started anew. */
function openShop(sqlite = openDatabase(), clock = handClock(1_000_000)) {
  const jobs = openJobs(sqlite);
  const sent: string[] = [];
  const atSending: (PrintJobState | undefined)[] = [];
  const outcomes: PrintOutcome[] = [];
  let condition: PrinterCondition = 'ready';
  let answer: (outcome: PrintOutcome) => void = () => undefined;
  let hangs = false;
  const state = () => ({ condition, paperLow: false, lastSeenAt: null });
  const queue = openQueue({
    printerId,
    jobs,
    driver: {
      state,
      check: async () => condition,
      async print(bytes) {
        const id = new TextDecoder().decode(bytes);
        sent.push(id);
        atSending.push(jobs.byId(id)?.state);
        if (hangs)
          return new Promise((resolve) => {
            answer = resolve;
          });
        return outcomes.shift() ?? { kind: 'printed' };
      },
    },
    render: (job) => ({ bytes: new TextEncoder().encode(job.id), copy: jobs.mayHavePrinted(job) || job.sentAt !== null }),
    now: clock.now,
    clock,
    log: openLog('silent'),
    onStep: () => undefined,
  });
  const add = (kind: PrintJobKind = 'receipt', subjectId: string | null = makeId()): JobRow => {
    const job = jobs.add({ id: makeId(), printerId, tillId, kind, subjectId, language: 'id' }, clock.now());
    queue.nudge();
    return job;
  };
  return {
    jobs,
    queue,
    clock,
    sent,
    atSending,
    outcomes,
    add,
    setCondition(value: PrinterCondition) {
      condition = value;
      queue.nudge();
    },
    hang: () => {
      hangs = true;
    },
    answer: (outcome: PrintOutcome) => answer(outcome),
    states: () =>
      jobs
        .list(undefined, {}, 100)
        .map(({ state }) => state)
        .toReversed(),
  };
}

describe('a print queue', () => {
  it('[IOT-08] prints one job after the other, each marked as sending on disk before its bytes leave', async () => {
    const shop = openShop();
    const added = [shop.add(), shop.add(), shop.add()];
    await shop.clock.pass(1);
    expect(shop.sent).toEqual(added.map(({ id }) => id));
    expect(shop.atSending).toEqual(['sending', 'sending', 'sending']);
    expect(shop.states()).toEqual(['printed', 'printed', 'printed']);
  });

  it('[IOT-08] waits while the printer is not ready, and goes on when it is, each job once under its own id', async () => {
    const shop = openShop();
    shop.setCondition('paper-out');
    const job = shop.add();
    await shop.clock.pass(60_000);
    expect([shop.states(), shop.sent]).toEqual([['queued'], []]);
    shop.setCondition('ready');
    await shop.clock.pass(1);
    expect([shop.states(), shop.sent]).toEqual([['printed'], [job.id]]);
  });

  it('[IOT-08] tries again once under the same id what surely sent nothing, then tells a person, who may try again', async () => {
    const shop = openShop();
    shop.outcomes.push({ kind: 'untouched', problem: 'offline' }, { kind: 'untouched', problem: 'offline' });
    const job = shop.add();
    await shop.clock.pass(1);
    expect(shop.sent).toEqual([job.id, job.id]);
    expect(shop.jobs.byId(job.id)).toMatchObject({ state: 'failed', problem: 'offline', sentAt: null });
    shop.jobs.step(shop.jobs.byId(job.id) as JobRow, { event: 'retry', at: shop.clock.now() });
    shop.queue.nudge();
    await shop.clock.pass(1);
    expect(shop.jobs.byId(job.id)).toMatchObject({ state: 'printed', copy: 0 });
  });

  it('[IOT-08] never sends again by itself what may have come out; sent again by a person, it is a copy', async () => {
    const shop = openShop();
    shop.outcomes.push({ kind: 'doubt', problem: 'lost' });
    const [doubted, next] = [shop.add(), shop.add()];
    await shop.clock.pass(3_600_000);
    expect(shop.sent).toEqual([doubted.id, next.id]);
    expect(shop.jobs.byId(doubted.id)).toMatchObject({ state: 'unknown', problem: 'lost', copy: 0 });
    shop.jobs.step(shop.jobs.byId(doubted.id) as JobRow, { event: 'retry', at: shop.clock.now() });
    shop.queue.nudge();
    await shop.clock.pass(1);
    expect(shop.jobs.byId(doubted.id)).toMatchObject({ state: 'printed', copy: 1 });
  });

  it('[IOT-08] a node that was killed between marking and sending does not know what came out, and sends nothing', async () => {
    const sqlite = openDatabase();
    const before = openShop(sqlite);
    before.hang();
    const [sending, waiting] = [before.add(), before.add()];
    await before.clock.pass(1);
    expect(before.states()).toEqual(['sending', 'queued']);
    const after = openShop(sqlite, before.clock);
    after.jobs.doubtInterrupted(after.clock.now());
    after.queue.nudge();
    await after.clock.pass(1);
    expect(after.sent).toEqual([waiting.id]);
    expect(after.jobs.byId(sending.id)).toMatchObject({ state: 'unknown', problem: 'restarted' });
  });

  it.each([
    ['drawer', 10_000],
    ['receipt', 900_000],
    ['voucher', 300_000],
  ] as const)('[IOT-08] gives up a %s that waited %i ms: nobody wants it any more', async (kind, patienceMs) => {
    const shop = openShop();
    shop.setCondition('offline');
    const job = shop.add(kind);
    await shop.clock.pass(patienceMs - 1);
    expect(shop.jobs.byId(job.id)?.state).toBe('queued');
    await shop.clock.pass(2);
    expect(shop.jobs.byId(job.id)).toMatchObject({ state: 'failed', problem: 'too-late', sentAt: null });
    shop.setCondition('ready');
    await shop.clock.pass(1);
    expect(shop.sent).toEqual([]);
  });

  it('[IOT-08] of two papers of the same sale asked for at once the second is a copy', async () => {
    const shop = openShop();
    shop.hang();
    const subject = makeId();
    const [first, second] = [shop.add('receipt', subject), shop.add('receipt', subject)];
    await shop.clock.pass(1);
    shop.answer({ kind: 'printed' });
    await shop.clock.pass(1);
    shop.answer({ kind: 'printed' });
    await shop.clock.pass(1);
    expect([first, second].map(({ id }) => shop.jobs.byId(id)?.copy)).toEqual([0, 1]);
  });

  it('[IOT-08] whatever the printer does and whenever the node is killed, no job is sent twice by itself', async () => {
    const happenings = fc.constantFrom('add', 'out', 'ready', 'lost', 'kill', 'wait');
    await fc.assert(
      fc.asyncProperty(fc.array(happenings, { maxLength: 25 }), async (story) => {
        const sqlite = openSqlite(':memory:');
        migrateSqlite(sqlite);
        let shop = openShop(sqlite);
        const left: string[] = [];
        for (const happening of story) {
          if (happening === 'add') shop.add();
          else if (happening === 'out') shop.setCondition('paper-out');
          else if (happening === 'ready') shop.setCondition('ready');
          else if (happening === 'lost') shop.outcomes.push({ kind: 'doubt', problem: 'lost' });
          else if (happening === 'wait') await shop.clock.pass(1_000);
          else {
            shop.hang();
            await shop.clock.pass(1);
            left.push(...shop.sent);
            shop = openShop(sqlite, shop.clock);
            shop.jobs.doubtInterrupted(shop.clock.now());
            shop.queue.nudge();
          }
        }
        await shop.clock.pass(1);
        left.push(...shop.sent);
        sqlite.close();
        expect(new Set(left).size).toBe(left.length);
      }),
      { numRuns: 60 },
    );
  });
});
