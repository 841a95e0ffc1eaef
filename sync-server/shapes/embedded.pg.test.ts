// The embedded source on a real Postgres, and what only real concurrency can show: commits out of the order they began, many waiting.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { systemClock } from '../base/clock.ts';
import type { Database } from '../base/database.ts';
import { onPostgres } from '../base/test-database.ts';
import { transaction } from '../base/transaction.ts';
import { openEmbeddedSource } from './embedded.ts';
import { embeddedSuite } from './embedded-suite.ts';
import { type Follower, follow } from './test-follower.ts';

/** Mulberry32: the same seed gives the same run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const seed = Number(process.env.LAPAK_TEST_SEED ?? 20_261_121);

async function writeAtRandom(database: Database, random: () => number, commits: number): Promise<void> {
  const below = (limit: number) => Math.floor(random() * limit);
  for (let n = 0; n < commits; n += 1) {
    const steps = Array.from({ length: 1 + below(4) }, () => statementAtRandom(below));
    const [pause, fails] = [below(12), random() < 0.15];
    await transaction(database, async (tx) => {
      for (const [at, step] of steps.entries()) {
        await tx.execute(sql.raw(step));
        if (at === 0) await sleep(pause); // others begin later and commit earlier
      }
      if (fails) await tx.execute(sql`SAVEPOINT s`);
      if (fails) await tx.execute(sql.raw(statementAtRandom(below)));
      if (fails) await tx.execute(sql`ROLLBACK TO SAVEPOINT s`);
    });
  }
}

function statementAtRandom(below: (limit: number) => number): string {
  const [id, other, store] = [below(60), below(60), below(3)];
  return (
    [
      `INSERT INTO goods VALUES (${id}, ${store}, ${below(1000)}) ON CONFLICT (id) DO UPDATE SET price = excluded.price`,
      `UPDATE goods SET price = ${below(1000)} WHERE id = ${id}`,
      `UPDATE goods SET store = ${store} WHERE id = ${id}`,
      `UPDATE goods SET id = ${other} WHERE id = ${id} AND NOT EXISTS (SELECT FROM goods WHERE id = ${other})`,
      `DELETE FROM goods WHERE id = ${id}`,
    ][below(5)] ?? ''
  );
}

/** Every third commit stays open for a while after it has its position: what gets a later one must not be seen before it. */
async function slowCommits(database: Database): Promise<void> {
  await database.db.execute(sql`CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(0.012) WHERE (NEW.position / 2) % 3 = 0; RETURN NULL; END $$`);
  await database.db.execute(sql`CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON shape_log.commits
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow_commit()`);
}

const rowsOf = (follower: Follower) =>
  [...follower.rows.values()].map(({ id, store, price }) => `${id}/${store}/${price}`).sort();

async function tableRows(database: Database, filter: string): Promise<string[]> {
  const { rows } = await database.db.execute(sql.raw(`SELECT id, store, price FROM goods WHERE ${filter}`));
  return rows.map(({ id, store, price }) => `${id}/${store}/${price}`).sort();
}

onPostgres('embedded shapes on Postgres', (open) => {
  embeddedSuite(open);

  it(`[SYN-05] a follower's fold equals the table at every quiet moment, with 16 writers (seed ${seed})`, {
    timeout: 90_000,
  }, async () => {
    const database = await open({ tables: 'none' });
    await database.db.execute(sql`CREATE TABLE goods (id int PRIMARY KEY, store int NOT NULL, price int8 NOT NULL)`);
    const source = await openEmbeddedSource({
      database,
      clock: systemClock,
      limits: { logRows: 40, tailChanges: 200, longPollMs: 500 },
    });
    await slowCommits(database);
    const random = seeded(seed);
    const filters = ['true', 'store = 1', 'price < 500 AND store <> 2'];
    const early = filters.map((where) => follow(source, { table: 'goods', where }));
    for (let round = 1; round <= 5; round += 1) {
      let writing = true;
      const writers = Array.from({ length: 16 }, () => writeAtRandom(database, seeded(random() * 2 ** 32), 12));
      const late = filters.map((where) => follow(source, { table: 'goods', where }));
      const readers = [...early, ...late].map(async (follower) => {
        while (writing) await follower.catchUp();
      });
      const ended = await Promise.allSettled(writers);
      writing = false;
      // Two writers may move rows to the same key; a refused commit must leave nothing in the log.
      for (const writer of ended)
        if (writer.status === 'rejected') expect(String(writer.reason.cause)).toContain('duplicate key');
      await Promise.all(readers);
      for (const [at, follower] of [...early, ...late].entries()) {
        await follower.catchUp();
        expect(rowsOf(follower), `round ${round}, follower ${at}`).toEqual(await tableRows(database, filters[at % 3] ?? ''));
      }
    }
    await source.close();
  });

  it('[SYN-05] tells every one of fifty waiting nodes of each commit, on one shared shape and on fifty of their own', {
    timeout: 60_000,
  }, async () => {
    const database = await open({ tables: 'none' });
    await database.db.execute(sql`CREATE TABLE goods (id int PRIMARY KEY, store int NOT NULL, price int8 NOT NULL)`);
    await database.db.execute(sql`INSERT INTO goods SELECT n, n, 0 FROM generate_series(1, 50) n`);
    const source = await openEmbeddedSource({ database, clock: systemClock });
    for (const [kind, words] of [
      ['shared', () => ({ table: 'goods' })],
      ['own', (n: number) => ({ table: 'goods', where: 'store = $1', 'params[1]': String(n) })],
    ] as const) {
      const nodes = Array.from({ length: 50 }, (_, n) => follow(source, { ...words(n + 1) }));
      for (const node of nodes) await node.catchUp();
      const delays: number[] = [];
      for (let round = 1; round <= 10; round += 1) {
        let committedAt = Number.POSITIVE_INFINITY;
        const waiting = nodes.map(async (node) => {
          const answer = await node.ask({ live: 'true' });
          if (round > 2) delays.push(performance.now() - committedAt);
          expect(answer.headers['electric-has-data']).toBe('true');
        });
        await sleep(100);
        committedAt = performance.now();
        await database.db.execute(sql`UPDATE goods SET price = price + 1`);
        await Promise.all(waiting);
      }
      delays.sort((a, b) => a - b);
      const [median = 0, p99 = 0] = [delays[Math.floor(delays.length / 2)], delays[Math.floor(delays.length * 0.99)]];
      console.info(`commit → 50 waiting nodes (${kind}): median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    }
    await source.close();
  });
});
