// Every store's journal as it came up, how far each is stored and applied, the signed positions, and what could not be applied.
import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { exceptionStates } from '../../wire/exception.ts';
import { at, atOrNull, id, whole, words } from './columns.ts';
import { stores } from './store.ts';

export const journal = pgTable(
  'journal',
  {
    storeId: id(),
    generation: whole(),
    seq: whole(),
    id: id(),
    kind: words(),
    receivedAt: at(),
    hash: words(),
    /** As the node wrote it; what is hashed. */
    text: words(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.generation, table.seq] })],
);

/** How far each store's journal is stored: receive takes the row for as long as it works on the store. */
export const journalHeads = pgTable('journal_heads', {
  storeId: id()
    .primaryKey()
    .references(() => stores.id),
  generation: whole(),
  seq: whole(),
  hash: words(),
});

/** How far it is handed to the modules: apply takes this row, so it never waits for receive, nor receive for it. */
export const applyCursors = pgTable('apply_cursors', {
  storeId: id()
    .primaryKey()
    .references(() => stores.id),
  generation: whole(),
  seq: whole(),
});

/** The last position that the centre signed in each generation. */
export const witnesses = pgTable(
  'witnesses',
  {
    storeId: id(),
    generation: whole(),
    seq: whole(),
    hash: words(),
    signedAt: at(),
    signature: words(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.generation] })],
);

export const exceptions = pgTable(
  'exceptions',
  {
    id: id().primaryKey(),
    storeId: id(),
    generation: whole(),
    seq: whole(),
    factId: id(),
    kind: words(),
    module: words(),
    code: words(),
    detail: words(),
    /** What the fact is about: later facts about the same wait. None where the fact is applied and only has to be looked at. */
    subjects: text().array().notNull(),
    applied: boolean().notNull(),
    state: words().$type<(typeof exceptionStates)[number]>(),
    openedAt: at(),
    closedAt: atOrNull(),
    closedBy: uuid(),
    note: text(),
  },
  (table) => [
    index('exceptions_by_state').on(table.storeId, table.state),
    index('exceptions_by_time').on(table.openedAt, table.id),
    index('exceptions_by_fact').on(table.storeId, table.generation, table.seq),
  ],
);

/** The centre's own signing key and other secrets that one installation makes once. */
export const installation = pgTable('installation', {
  name: words().primaryKey(),
  value: words(),
});
