// Events, written in the transaction that they tell of and relayed from here: a crash between the two loses none.
import { bigserial, jsonb, pgTable } from 'drizzle-orm/pg-core';
import { at, id, whole, words } from './columns.ts';

// Nearly always empty, so its key is its only index: each event pays for one, in and out.
export const outbox = pgTable('outbox', {
  position: bigserial({ mode: 'number' }).primaryKey(),
  /** Subscribers deduplicate by it. */
  id: id(),
  kind: words(),
  body: jsonb().$type<unknown>().notNull(),
  occurredAt: at(),
  /** How often a subscriber failed on it, and when it is tried again. */
  attempt: whole(),
  nextAt: at(),
});
