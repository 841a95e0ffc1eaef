// The promises of the embedded source, told once and run on both databases by embedded.test.ts and embedded.pg.test.ts.
import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../base/database.ts';
import type { OpenTestDatabase } from '../base/test-database.ts';
import { transaction } from '../base/transaction.ts';
import type { SourceLimits } from './embedded/limits.ts';
import { pruneChangeLog } from './embedded/prune.ts';
import { openEmbeddedSource } from './embedded.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { follow, messagesOf } from './test-follower.ts';
import { recordings, replay } from './test-replay.ts';

/** What the source asks of its database: how often, and how much of it is under way. */
interface Asking {
  times: number;
  open: number;
}

/** The same database, with a count of what is asked of it. */
function watched(database: Database): { database: Database; asking: Asking } {
  const asking = { times: 0, open: 0 };
  const execute: Database['db']['execute'] = (async (query: string) => {
    asking.times += 1;
    asking.open += 1;
    try {
      return await database.db.execute(query);
    } finally {
      asking.open -= 1;
    }
  }) as never;
  const db = new Proxy(database.db, {
    get: (target, name) => (name === 'execute' ? execute : Reflect.get(target, name, target)),
  });
  return { database: { ...database, db }, asking };
}

/** The table is followed before the source listens: the bell that rings for it could otherwise be heard at any later moment. */
async function openGoods(open: OpenTestDatabase, limits: Partial<SourceLimits> = {}) {
  const database = await open({ tables: 'none' });
  await run(
    database,
    'CREATE TABLE goods (id int PRIMARY KEY, store text NOT NULL, price int8 NOT NULL, on_sale bool, note text)',
  );
  const clock = createTestClock();
  const { database: seen, asking } = watched(database);
  const source = await openEmbeddedSource({ database: seen, clock, tables: ['goods'], limits });
  return { database, clock, asking, source };
}

const run = (database: Database, text: string) => database.db.execute(sql.raw(text));
const addGoods = (database: Database, from: number, to: number, note = 'n') =>
  run(
    database,
    `INSERT INTO goods SELECT n, 's' || n % 2, n, n % 3 = 0, repeat('${note}', 100) FROM generate_series(${from}, ${to}) n`,
  );

/** A live request starts its timer and looks at the log at once; when nothing is asked any more, it only waits. */
async function untilWaiting({ clock, asking }: { clock: TestClock; asking: Asking }, requests = 1): Promise<void> {
  await expect.poll(() => clock.waiting() >= requests && asking.open === 0, { interval: 5 }).toBe(true);
}

const changeCount = async (database: Database) =>
  Number((await database.db.execute(sql`SELECT count(*) AS n FROM shape_log.changes`)).rows[0]?.n);

export function embeddedSuite(open: OpenTestDatabase): void {
  let recorded: Database; // each recording has a table of its own
  beforeAll(async () => {
    recorded = await open({ tables: 'none' });
  });

  it.each(recordings)('[SYN-04] answers as the real Electric did: $name: $about', async (recording) => {
    const { database, asking } = watched(recorded);
    const clock = createTestClock();
    const source = await openEmbeddedSource({ database, clock });
    const hands = {
      database: recorded,
      source,
      untilWaiting: () => untilWaiting({ clock, asking }),
      timeOut: () => clock.pass(20_000),
    };
    await replay(recording, hands);
    await source.close();
  });

  it('[SYN-04] gives a large table in chunks that show one moment, whatever is written between them', async () => {
    const { database, source } = await openGoods(open, { chunkBytes: 50_000 });
    await addGoods(database, 1, 1000);
    const follower = follow(source, { table: 'goods' });
    await follower.ask();
    await run(database, 'UPDATE goods SET price = -1 WHERE id % 10 = 0');
    await run(database, 'DELETE FROM goods WHERE id % 10 = 1');
    await run(database, 'UPDATE goods SET id = 5000 + id WHERE id % 10 = 2');
    await run(database, 'UPDATE goods SET id = 1 WHERE id = 5992');
    await addGoods(database, 2001, 2100);
    // Another server, with nothing in memory, serves the rest.
    const other = await openEmbeddedSource({ database, clock: createTestClock(), limits: { chunkBytes: 50_000 } });
    const rest = follow(other, { table: 'goods' });
    Object.assign(rest, { handle: follower.handle, offset: follower.offset, rows: follower.rows });
    for (let chunks = 1; ; chunks += 1) {
      const answer = await rest.ask();
      expect(answer.headers['electric-offset']).toBe(`0_${chunks}`);
      if (!messagesOf(answer).some(({ headers }) => headers.control === 'snapshot-end')) continue;
      expect(chunks).toBeGreaterThan(2);
      break;
    }
    expect(rest.rows.size).toBe(1000);
    expect([...rest.rows.values()].every(({ id, price }) => id === price)).toBe(true);
    await rest.catchUp();
    const now = await run(database, 'SELECT id, price, on_sale FROM goods ORDER BY id');
    const seen = [...rest.rows.values()].map(({ id, price, on_sale }) => ({
      id: Number(id),
      price: Number(price),
      on_sale: `${on_sale}`[0],
    }));
    expect(seen.sort((a, b) => a.id - b.id)).toEqual(now.rows.map((row) => ({ ...row, on_sale: row.on_sale ? 't' : 'f' })));
  });

  it('[SYN-04] gives a long log in parts, marks the last change of a commit once, and loses nothing', async () => {
    const { database, source } = await openGoods(open, { logRows: 7 });
    const follower = follow(source, { table: 'goods', where: 'store = $1', 'params[1]': 's1' });
    await follower.catchUp();
    await transaction(database, async (tx) => {
      for (let n = 1; n <= 40; n += 1) await tx.execute(sql.raw(`INSERT INTO goods VALUES (${n}, 's${n % 2}', 0, true, NULL)`));
      await tx.execute(sql`UPDATE goods SET price = 1 WHERE id <= 3`);
    });
    const lasts: unknown[] = [];
    for (;;) {
      const answer = await follower.ask();
      lasts.push(...messagesOf(answer).flatMap(({ headers }) => (headers.last ? [headers.op_position] : [])));
      if ('electric-up-to-date' in answer.headers) break;
    }
    expect(lasts).toHaveLength(1);
    expect(follower.rows.size).toBe(20);
    expect([...follower.rows.values()].filter(({ price }) => price === '1')).toHaveLength(2);
  });

  it('[SYN-04] finds the one change for a reader among more commits than it looks through at once', async () => {
    const { database, source } = await openGoods(open);
    const follower = follow(source, { table: 'goods', where: 'price = -5' });
    await follower.catchUp();
    for (let n = 1; n <= 600; n += 1) await run(database, `INSERT INTO goods VALUES (${n}, 's1', ${n}, true, NULL)`);
    await run(database, "INSERT INTO goods VALUES (601, 's1', -5, true, NULL)");
    await follower.catchUp();
    expect([...follower.rows.keys()]).toEqual(['"public"."goods"/"601"']);
  });

  it('[SYN-05] asks the database once for all who wait on the same shape', async () => {
    const { database, clock, asking, source } = await openGoods(open);
    const nodes = Array.from({ length: 50 }, () => follow(source, { table: 'goods' }));
    for (const node of nodes) await node.catchUp();
    const waiting = nodes.map((node) => node.ask({ live: 'true' }));
    await untilWaiting({ clock, asking }, nodes.length);
    asking.times = 0;
    await addGoods(database, 1, 10);
    for (const answer of await Promise.all(waiting)) expect(messagesOf(answer)).toHaveLength(11);
    expect(asking.times).toBe(1);
  });

  it('[SYN-04] answers 304 for what the caller has', async () => {
    const { database, source } = await openGoods(open);
    await addGoods(database, 1, 3);
    const ask = (words: Record<string, string>, ifNoneMatch?: string) =>
      source.answer({
        words: new URLSearchParams({ table: 'goods', ...words }),
        ifNoneMatch,
        signal: new AbortController().signal,
      });
    const first = await ask({ offset: '-1' });
    expect(await ask({ offset: '-1' }, first.headers.etag)).toEqual({ status: 304, headers: first.headers });
    const place = { offset: '0_0', handle: first.headers['electric-handle'] ?? '' };
    const second = await ask(place);
    expect((await ask(place, `"other", ${second.headers.etag}`)).status).toBe(304);
    await addGoods(database, 4, 4);
    expect((await ask(place, second.headers.etag)).status).toBe(200);
  });

  it('[SYN-04] undoes what a savepoint or a transaction rolls back, and empties with a TRUNCATE in the same commit', async () => {
    const { database, source } = await openGoods(open);
    await addGoods(database, 1, 2);
    const follower = follow(source, { table: 'goods' });
    await follower.catchUp();
    await transaction(database, async (tx) => {
      await tx.execute(sql`SAVEPOINT a`);
      await tx.execute(sql`UPDATE goods SET price = 77`);
      await tx.execute(sql`ROLLBACK TO SAVEPOINT a`);
      await tx.execute(sql`UPDATE goods SET price = 88 WHERE id = 1`);
    });
    await follower.catchUp();
    expect([...follower.rows.values()].map(({ price }) => price)).toEqual(['88', '2']);
    await transaction(database, async (tx) => {
      await tx.execute(sql`UPDATE goods SET price = 99`);
      await tx.execute(sql`TRUNCATE goods`);
      await tx.execute(sql`INSERT INTO goods VALUES (9, 's9', 9, NULL, NULL)`);
    });
    expect((await follower.ask()).status).toBe(409);
    const again = follow(source, { table: 'goods' });
    await again.catchUp();
    expect([...again.rows.values()].map(({ id }) => id)).toEqual(['9']);
  });

  it('[SYN-05] starts readers anew when the table changes its columns, and never lets a writer fail for it', async () => {
    const { database, clock, asking, source } = await openGoods(open);
    await addGoods(database, 1, 2);
    const follower = follow(source, { table: 'goods' });
    await follower.catchUp();
    const waiting = follow(source, { table: 'goods' });
    Object.assign(waiting, { handle: follower.handle, offset: follower.offset });
    const live = waiting.ask({ live: 'true' });
    await untilWaiting({ clock, asking });
    await run(database, 'ALTER TABLE goods DROP COLUMN note, ADD COLUMN shelf text');
    await run(database, "INSERT INTO goods VALUES (3, 's1', 3, true, 'top')");
    const moved = await follower.ask();
    expect([moved.status, moved.headers['electric-handle'] === follower.handle]).toEqual([409, false]);
    expect((await live).status).toBe(409);
    const again = follow(source, { table: 'goods' });
    await again.catchUp();
    expect(again.rows.get('"public"."goods"/"3"')).toEqual({ id: '3', store: 's1', price: '3', on_sale: 'true', shelf: 'top' });
  });

  it('[SYN-05] forgets old log within its limits; who stood before it gets a 409 and another handle', async () => {
    const { database, source } = await openGoods(open, { stride: 4 });
    const late = follow(source, { table: 'goods' });
    await late.catchUp();
    const quiet = follow(source, { table: 'goods', where: "store = 'nobody'" });
    await quiet.catchUp();
    for (let n = 1; n <= 30; n += 1) await addGoods(database, n, n);
    await quiet.catchUp(); // nothing for it, but it moves on
    const limits = { keepChanges: 5, keepPositions: 8, mostCommits: 10 };
    const forgotten = [];
    while (forgotten.at(-1) !== 0) forgotten.push(await pruneChangeLog(database, limits));
    expect(forgotten).toEqual([10, 10, 4, 0]);
    expect(await changeCount(database)).toBe(6);
    expect((await quiet.ask()).status).toBe(200);
    const moved = await late.ask();
    expect(moved.status).toBe(409);
    expect(moved.headers['electric-handle']).not.toBe(late.handle);
    const again = follow(source, { table: 'goods' });
    expect((await again.ask({ expired_handle: late.handle })).headers['electric-handle']).toBe(moved.headers['electric-handle']);
    await again.catchUp();
    expect(again.rows.size).toBe(30);
  });

  it('[SYN-05] does not trust an offset that this database has never told, as after a restored backup', async () => {
    const { database, source } = await openGoods(open);
    await addGoods(database, 1, 2);
    const follower = follow(source, { table: 'goods' });
    await follower.catchUp();
    follower.offset = '5000_0';
    const moved = await follower.ask();
    expect([moved.status, moved.headers['electric-handle'] === follower.handle]).toEqual([409, false]);
  });

  it('[SYN-04] sends events as they come, a sign of life between them, and an offset that can be resumed from', async () => {
    const { database, clock, asking, source } = await openGoods(open);
    const follower = follow(source, { table: 'goods' });
    await follower.catchUp();
    const gone = new AbortController();
    const { handle, offset } = follower;
    const words = new URLSearchParams({ table: 'goods', handle, offset, live: 'true', live_sse: 'true' });
    const answer = await source.answer({ words, signal: gone.signal });
    expect(answer.headers['content-type']).toContain('text/event-stream');
    const events = (answer.body as AsyncIterable<string>)[Symbol.asyncIterator]();
    expect((await events.next()).value).toContain('up-to-date');
    const quiet = events.next();
    await untilWaiting({ clock, asking });
    clock.pass(21_000);
    expect((await quiet).value).toBe(': keep-alive\n\n');
    const news = events.next();
    await untilWaiting({ clock, asking });
    await addGoods(database, 1, 3);
    const lines = String((await news).value)
      .trim()
      .split('\n\n');
    const sent = lines.map((line) => JSON.parse(line.replace(/^data: /, '')));
    expect(sent.map(({ headers }) => headers.operation ?? headers.control)).toEqual(['insert', 'insert', 'insert', 'up-to-date']);
    const ended = events.next();
    gone.abort();
    expect((await ended).done).toBe(true);
    // The client makes its next offset from the last position and op 0.
    follower.offset = `${sent.at(-1).headers.global_last_seen_lsn}_0`;
    expect(messagesOf(await follower.ask()).map(({ headers }) => headers.control)).toEqual(['up-to-date']);
    await addGoods(database, 4, 4);
    expect(messagesOf(await follower.ask())).toHaveLength(2);
  });

  it('[SYN-05] lets every live request go when the source closes', async () => {
    const { clock, asking, source } = await openGoods(open);
    const follower = follow(source, { table: 'goods' });
    await follower.catchUp();
    const live = follower.ask({ live: 'true' });
    await untilWaiting({ clock, asking });
    await source.close();
    expect((await live).headers['electric-has-data']).toBe('false');
    expect(clock.waiting()).toBe(0);
  });
}
