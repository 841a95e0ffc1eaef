// local: what belongs to this machine alone and no fact speaks of: who it is, its tills and devices, and how far it has read.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row: the node's keys and, once enrolled, whose node it is. */
export const identity = sqliteTable('identity', {
  only: integer().primaryKey(),
  nodeId: text().notNull(),
  publicKey: text().notNull(),
  privateKey: text().notNull(),
  boxPublicKey: text().notNull(),
  boxPrivateKey: text().notNull(),
  storeId: text(),
  serverUrl: text(),
  centrePublicKey: text(),
  /** Milliseconds to add to this machine's clock, as learned from the centre. */
  clockOffset: integer().notNull(),
});

export const tills = sqliteTable('tills', {
  id: text().primaryKey(),
  /** `T1`: the head of its receipt numbers. */
  code: text().notNull().unique(),
  name: text().notNull(),
  pairedAt: integer().notNull(),
});

export const tillTokens = sqliteTable('till_tokens', {
  tokenHash: text().primaryKey(),
  tillId: text()
    .notNull()
    .references(() => tills.id),
  createdAt: integer().notNull(),
});

export const devices = sqliteTable('devices', {
  /** The dispenser's id at the centre. */
  id: text().primaryKey(),
  driver: text().notNull(),
  /** Hex; never leaves this machine but to the device itself. */
  rootKey: text().notNull(),
  pairedAt: integer().notNull(),
});

export const shapeCursors = sqliteTable('shape_cursors', {
  shape: text().primaryKey(),
  handle: text().notNull(),
  offset: text().notNull(),
  /** Whether the shape has been read to its end since this copy was begun. */
  complete: integer({ mode: 'boolean' }).notNull(),
});
