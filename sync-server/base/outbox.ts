// Events between modules: written in the transaction that they tell of, handed to subscribers in one transaction with their removal,
// so each subscriber in this process sees each event once, whatever crashes.
import { type SQL, sql } from 'drizzle-orm';
import { outbox } from '#schema/tables/central/outbox';
import { insertStatement } from './bulk.ts';
import type { Database, Tx } from './database.ts';
import { savepoint, transaction } from './transaction.ts';

/** What modules tell each other, by kind. */
export interface EventBodies {
  'order-paid': {
    orderId: string;
    storeId: string;
    businessDate: string;
    currency: string;
    total: number;
    /** What was taken: the total, a tip and what cash was rounded by. */
    due: number;
    paidAt: number;
  };
  'order-refunded': {
    orderId: string;
    storeId: string;
    businessDate: string;
    currency: string;
    /** What was given back, with what cash was rounded by. */
    refunded: number;
    refundedAt: number;
  };
  'order-completed': { orderId: string; storeId: string };
  'device-online': { storeId: string; deviceId: string; reason: string | null };
  'device-offline': { storeId: string; deviceId: string; reason: string | null };
  /** It is there and does not work, or what it measures is out of bounds. */
  'device-error': { storeId: string; deviceId: string; reason: string | null };
  'device-data': {
    storeId: string;
    deviceId: string;
    metric: string;
    from: number;
    to: number;
    count: number;
    min: number;
    max: number;
    mean: number;
    last: number;
  };
  'low-stock': { storeId: string; productId: string; available: number; threshold: number };
}

export type EventKind = keyof EventBodies;

export type Event = { [Kind in EventKind]: { id: string; kind: Kind; body: EventBodies[Kind]; occurredAt: number } }[EventKind];

export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;

export interface Subscriber<Kind extends EventKind = EventKind> {
  name: string;
  kinds: readonly Kind[];
  receive(tx: Tx, events: readonly EventOf<Kind>[]): Promise<void>;
}

export async function emit(tx: Tx, events: readonly Event[]): Promise<void> {
  const statement = emitStatement(events);
  if (statement) await tx.execute(statement);
}

export const emitStatement = (events: readonly Event[]): SQL | undefined =>
  insertStatement(
    outbox,
    events.map(({ id, kind, body, occurredAt }) => ({ id, kind, body, occurredAt, attempt: 0, nextAt: 0 })),
  );

interface Claimed {
  position: number;
  attempt: number;
  event: Event;
}

interface Relay {
  subscribers: readonly Subscriber[];
  now: number;
  limit?: number;
  onFault: (event: Event, fault: unknown) => void;
}

/** Relays the oldest events that are due, and answers how many left the outbox. */
export function relayOutbox(database: Database, { subscribers, now, limit = 2_000, onFault }: Relay): Promise<number> {
  return transaction(database, async (tx) => {
    const claimed = await claimDue(tx, now, limit);
    const relayed = await deliver(tx, claimed, subscribers, async ({ position, attempt, event }, fault) => {
      onFault(event, fault);
      const nextAt = now + Math.min(3_600_000, 1_000 * 2 ** attempt);
      await tx.execute(sql`UPDATE ${outbox} SET attempt = attempt + 1, next_at = ${nextAt} WHERE position = ${position}`);
    });
    // One array, not a parameter each.
    if (relayed.length > 0)
      await tx.execute(sql`DELETE FROM ${outbox} WHERE position = ANY(${`{${relayed.join(',')}}`}::bigint[])`);
    return relayed.length;
  });
}

async function claimDue(tx: Tx, now: number, limit: number): Promise<Claimed[]> {
  const { position, attempt, id, kind, body, occurredAt } = outbox;
  const rows = await tx
    .select({ position, attempt, id, kind, body, occurredAt })
    .from(outbox)
    .where(sql`${outbox.nextAt} <= ${now}`)
    .orderBy(outbox.position)
    .limit(limit)
    .for('update', { skipLocked: true });
  return rows.map((row) => ({
    position: row.position,
    attempt: row.attempt,
    event: { id: row.id, kind: row.kind, body: row.body, occurredAt: row.occurredAt } as Event,
  }));
}

/** All at once; where a subscriber fails, by halves, until the event that it fails on stands alone and the others have gone. */
async function deliver(
  tx: Tx,
  claimed: readonly Claimed[],
  subscribers: readonly Subscriber[],
  onFault: (one: Claimed, fault: unknown) => Promise<void>,
): Promise<number[]> {
  const [first] = claimed;
  if (!first) return [];
  try {
    await savepoint(tx, (inner) => handOver(inner, claimed, subscribers));
    return claimed.map(({ position }) => position);
  } catch (fault) {
    if (claimed.length === 1) {
      await onFault(first, fault);
      return [];
    }
    const half = Math.ceil(claimed.length / 2);
    const left = await deliver(tx, claimed.slice(0, half), subscribers, onFault);
    return [...left, ...(await deliver(tx, claimed.slice(half), subscribers, onFault))];
  }
}

async function handOver(tx: Tx, claimed: readonly Claimed[], subscribers: readonly Subscriber[]): Promise<void> {
  for (const { kinds, receive } of subscribers) {
    const events = claimed.map(({ event }) => event).filter(({ kind }) => kinds.includes(kind));
    if (events.length > 0) await receive(tx, events);
  }
}
