// Every store's journal as it came up, how far each is stored and applied, the signed positions, and what could not be applied.
import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { exceptionStates } from '../../wire/exception.ts';
import type { openings, quarantineStates } from '../../wire/recovery.ts';
import { at, atOrNull, id, whole, wholeOrNull, words } from './columns.ts';
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

/**
 * Each line of writing in a store's journal: whose it is, and what it goes on from. A later one was opened because a machine was lost or
 * set back; what the line before it is known to have held beyond that point stands here as a gap, until it comes or is given up.
 */
export const generations = pgTable(
  'generations',
  {
    storeId: id().references(() => stores.id),
    generation: whole(),
    nodeId: id(),
    why: words().$type<(typeof openings)[number]>(),
    prevGeneration: whole(),
    prevSeq: whole(),
    prevHash: words(),
    openedAt: at(),
    /** Made by whoever opened it: asking again is the same as once. */
    requestId: id().unique(),
    /** When the machine that wrote the line before was last heard, as far as that is known. */
    lostHeardAt: atOrNull(),
    /** The last fact that it said it had, and the times of the first and the last that never came. */
    lostSeq: wholeOrNull(),
    lostSince: atOrNull(),
    lostUntil: atOrNull(),
    /** It came back and said so itself: no more than that is missing. */
    lostIsCertain: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.generation] })],
);

/** What a machine sent after it was replaced: kept as written, apart from the journal, until a person decides. */
export const quarantine = pgTable(
  'quarantine',
  {
    storeId: id().references(() => stores.id),
    nodeId: id(),
    generation: whole(),
    seq: whole(),
    id: id(),
    kind: words(),
    occurredAt: at(),
    receivedAt: at(),
    prev: words(),
    hash: words(),
    text: words(),
    state: words().$type<(typeof quarantineStates)[number]>(),
    decidedAt: atOrNull(),
    decidedBy: uuid(),
    note: text(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.nodeId, table.generation, table.seq] }),
    index('quarantine_by_state').on(table.state, table.storeId, table.nodeId),
  ],
);

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
