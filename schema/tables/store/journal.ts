// journal: the store's facts as written, the generations they belong to, and the last position that the centre signed.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const facts = sqliteTable(
  'facts',
  {
    generation: integer().notNull(),
    seq: integer().notNull(),
    id: text().notNull().unique(),
    kind: text().notNull(),
    hash: text().notNull(),
    text: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.generation, table.seq] }),
    index('facts_by_kind').on(table.kind, table.generation, table.seq),
  ],
);

export const generations = sqliteTable('generations', {
  generation: integer().primaryKey(),
  /** The first seq that it may use, and the hash that its first fact points back to. */
  firstSeq: integer().notNull(),
  prev: text().notNull(),
  openedAt: integer().notNull(),
  /** False while only this machine knows of it: it went on from a backup with nobody to ask. */
  told: integer({ mode: 'boolean' }).notNull().default(true),
});

export const witnesses = sqliteTable('witnesses', {
  generation: integer().primaryKey(),
  storeId: text().notNull(),
  seq: integer().notNull(),
  hash: text().notNull(),
  signedAt: integer().notNull(),
  signature: text().notNull(),
});
