// The promises of the outbox and of running sums, run on both databases.
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { salesHours } from '#schema/tables/central/analytics';
import { idMaker } from '#schema/values/id';
import { accumulate } from './accumulate.ts';
import { randomBytes, systemClock } from './clock.ts';
import type { Database } from './database.ts';
import { type Event, emit, relayOutbox, type Subscriber } from './outbox.ts';
import type { OpenTestDatabase } from './test-database.ts';
import { savepoint, transaction } from './transaction.ts';

const makeId = idMaker(systemClock, randomBytes);
const storeId = makeId();
const newEvent = (): Event => ({ id: makeId(), kind: 'order-completed', body: { orderId: makeId(), storeId }, occurredAt: 1 });

export function outboxSuite(open: OpenTestDatabase): void {
  const left = async ({ db }: Database) =>
    (await db.execute(sql`SELECT id FROM outbox ORDER BY position`)).rows.map(({ id }) => id);

  it('relays each event once, in order, in the transaction of what subscribers write; kinds that nobody takes just leave', async () => {
    const database = await open();
    const events = Array.from({ length: 5 }, newEvent);
    await transaction(database, (tx) => emit(tx, events));
    const heard: string[] = [];
    const subscriber: Subscriber = {
      name: 'listener',
      kinds: ['order-completed'],
      receive: async (_tx, given) => void heard.push(...given.map(({ id }) => id)),
    };
    const relay = (limit?: number) =>
      relayOutbox(database, { subscribers: [subscriber], now: 10, onFault: () => undefined, ...(limit && { limit }) });
    expect([await relay(2), await relay(), await relay()]).toEqual([2, 3, 0]);
    expect(heard).toEqual(events.map(({ id }) => id));
    expect(await left(database)).toEqual([]);
  });

  it('an event that a subscriber fails on is tried again later; the others go, and nothing is written twice', async () => {
    const database = await open();
    const events = Array.from({ length: 7 }, newEvent);
    const poison = events[3]?.id ?? '';
    await transaction(database, (tx) => emit(tx, events));
    let heals = false;
    const counter: Subscriber = {
      name: 'counter',
      kinds: ['order-completed'],
      async receive(tx, given) {
        const rows = given.map(() => ({ storeId, hour: 0, businessDate: '2026-11-20', currency: 'IDR', takings: 1, sales: 1 }));
        await accumulate(tx, salesHours, rows, {
          keys: ['storeId', 'hour', 'businessDate', 'currency'],
          sums: ['takings', 'sales'],
        });
        if (!heals && given.some(({ id }) => id === poison)) throw new Error('not this one');
      },
    };
    const faults: string[] = [];
    const relay = (now: number) => relayOutbox(database, { subscribers: [counter], now, onFault: ({ id }) => faults.push(id) });
    const counted = async () => (await database.db.execute(sql`SELECT sales FROM sales_hours`)).rows[0]?.sales;
    expect([await relay(0), await counted()]).toEqual([6, 6]);
    expect([faults, await left(database)]).toEqual([[poison], [poison]]);
    expect(await relay(999)).toBe(0);
    expect([await relay(1_000), faults.length]).toEqual([0, 2]);
    heals = true;
    expect([await relay(2_999), await relay(3_000), await counted()]).toEqual([0, 1, 7]);
  });

  it('an event of a transaction that is undone never was', async () => {
    const database = await open();
    await transaction(database, async (tx) => {
      await savepoint(tx, async (inner) => {
        await emit(inner, [newEvent()]);
        throw new Error('undo');
      }).catch(() => undefined);
    });
    expect(await left(database)).toEqual([]);
  });
}
