// The promises of base, told once and run on both databases by database.test.ts and database.pg.test.ts.
import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, jsonb, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { expect, it } from 'vitest';
import { insertMany } from './bulk.ts';
import type { Database } from './database.ts';
import { violatedConstraint } from './sql-state.ts';
import type { OpenTestDatabase } from './test-database.ts';
import { savepoint, transaction } from './transaction.ts';

const goods = pgTable('goods', {
  id: uuid().primaryKey(),
  storeCode: text().notNull(),
  amountMinor: bigint({ mode: 'number' }).notNull(),
  active: boolean().notNull().default(true),
  rate: numeric({ precision: 8, scale: 4 }),
  position: integer().$defaultFn(() => 7),
  meta: jsonb(),
  tags: text().array(),
  seenAt: timestamp({ withTimezone: true }),
});

async function withGoods(open: OpenTestDatabase): Promise<Database> {
  const database = await open({ tables: 'none' });
  await database.db.execute(sql`CREATE TABLE goods (id uuid PRIMARY KEY, store_code text NOT NULL, amount_minor bigint NOT NULL CONSTRAINT
    goods_amount_not_negative CHECK (amount_minor >= 0), active boolean NOT NULL DEFAULT true, rate numeric(8,4), position integer,
    meta jsonb, tags text[], seen_at timestamptz)`);
  return database;
}

const id = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const good = (n: number) => ({ id: id(n), storeCode: 's1', amountMinor: n });

export function baseSuite(open: OpenTestDatabase): void {
  it('reads int8 as a safe integer and refuses one that is not', async () => {
    const { db } = await open({ tables: 'none' });
    expect((await db.execute(sql`SELECT 9007199254740991::int8 AS big`)).rows).toEqual([{ big: 9007199254740991 }]);
    await expect(db.execute(sql`SELECT 9007199254740993::int8`)).rejects.toThrow();
    // The connection is still good afterwards.
    expect((await db.execute(sql`SELECT current_setting('TimeZone') AS zone`)).rows).toEqual([{ zone: 'UTC' }]);
  });

  it('inserts every kind of column in bulk and gives the same values back', async () => {
    const database = await withGoods(open);
    const full = {
      ...good(1),
      active: false,
      rate: '1.2500',
      position: 3,
      meta: { a: '"q\\uote"', b: [1, null, '☕'], c: null },
      tags: ['hot', 'with,comma', 'quo"te', '', 'NULL'],
      seenAt: new Date('2026-11-21T01:02:03.456Z'),
    };
    const bare = { ...good(2), storeCode: 'back\\slash "and" {brace}', tags: [], active: true };
    await transaction(database, (tx) => insertMany(tx, goods, [full, bare, good(3)]));
    const rows = await database.db.select().from(goods).orderBy(goods.id);
    expect(rows[0]).toEqual(full);
    expect(rows[1]).toEqual({ ...bare, rate: null, position: 7, meta: null, seenAt: null });
    expect(rows[2]).toMatchObject({ active: true, tags: null, position: 7 });
  });

  it('inserts twenty thousand rows in one statement and counts only the new ones', async () => {
    const database = await withGoods(open);
    const rows = Array.from({ length: 20_000 }, (_, n) => ({ ...good(n), meta: { n }, tags: ['a', 'b'] }));
    const first = await transaction(database, (tx) => insertMany(tx, goods, rows.slice(100)));
    const second = await transaction(database, (tx) => insertMany(tx, goods, rows, { onConflict: 'nothing' }));
    expect([first, second]).toEqual([19_900, 100]);
    expect(await transaction(database, (tx) => insertMany(tx, goods, []))).toBe(0);
  });

  it('undoes a savepoint alone, names the constraint, and commits the rest', async () => {
    const database = await withGoods(open);
    await transaction(database, async (tx) => {
      await tx.insert(goods).values(good(1));
      const fault = await savepoint(tx, async (inner) => {
        await inner.insert(goods).values(good(2));
        await inner.insert(goods).values({ ...good(3), amountMinor: -1 });
      }).catch((error: unknown) => error);
      expect(violatedConstraint(fault)).toBe('goods_amount_not_negative');
    });
    expect(await database.db.select({ id: goods.id }).from(goods)).toEqual([{ id: id(1) }]);
  });

  it('starts again after a serialization failure, and gives up after six attempts', async () => {
    const database = await withGoods(open);
    let attempts = 0;
    const failing = (failures: number) =>
      transaction(database, async (tx) => {
        attempts += 1;
        await tx.insert(goods).values(good(1));
        if (attempts <= failures)
          await tx.execute(sql`DO $$ BEGIN RAISE EXCEPTION 'lost the race' USING ERRCODE = '40001'; END $$`);
      });
    await failing(2);
    expect(attempts).toBe(3);
    attempts = -10; // every attempt that follows stays below the number of failures
    await database.db.delete(goods);
    await expect(failing(0)).rejects.toThrow();
    expect(attempts).toBe(-4);
    expect(await database.db.select().from(goods)).toEqual([]);
  });

  it('hears a notification after the commit, and none after it stopped listening', async () => {
    const database = await open({ tables: 'none' });
    const heard: string[] = [];
    const stop = await database.listen('shop_news', (payload) => heard.push(payload));
    await transaction(database, async (tx) => {
      await tx.execute(sql`SELECT pg_notify('shop_news', 'one')`);
      expect(heard).toEqual([]);
    });
    await expect.poll(() => heard).toEqual(['one']);
    await stop();
    await database.db.execute(sql`SELECT pg_notify('shop_news', 'two')`);
    await database.db.execute(sql`SELECT 1`);
    expect(heard).toEqual(['one']);
  });
}
