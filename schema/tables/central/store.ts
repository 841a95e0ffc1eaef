// Stores, the nodes that speak for them, and what the centre asks them to do.
import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { StoreSettings } from '../../rules/settings.ts';
import type { DirectiveBodies, DirectiveKind } from '../../wire/stock.ts';
import type { Store } from '../../wire/store.ts';
import type { NodeStatus } from '../../wire/sync.ts';
import { at, atOrNull, id, wholeOrNull, words } from './columns.ts';

export const stores = pgTable('stores', {
  id: id().primaryKey(),
  code: words().unique(),
  name: words(),
  country: words(),
  currency: words(),
  timeZone: words(),
  address: text(),
  environment: words().$type<Store['environment']>(),
  settings: jsonb().$type<StoreSettings>().notNull(),
  createdAt: at(),
});

export const enrolmentCodes = pgTable('enrolment_codes', {
  codeHash: words().primaryKey(),
  storeId: id().references(() => stores.id),
  expiresAt: at(),
  /** The node that used it: the same node may ask again, nobody else. */
  nodeId: uuid(),
});

export const nodes = pgTable(
  'nodes',
  {
    id: id().primaryKey(),
    storeId: id().references(() => stores.id),
    name: words(),
    publicKey: words(),
    boxKey: words(),
    enrolledAt: at(),
    revokedAt: atOrNull(),
    lastSeenAt: atOrNull(),
    version: text(),
    /** The last fact of its journal, as it said itself. */
    headGeneration: wholeOrNull(),
    headSeq: wholeOrNull(),
    waiting: wholeOrNull(),
    oldestWaitingAt: atOrNull(),
    devicesTotal: wholeOrNull(),
    devicesOnline: wholeOrNull(),
    /** What its devices poured at that moment. */
    devicesPouring: jsonb().$type<NodeStatus['devices']['pouring']>(),
  },
  (table) => [
    index('nodes_by_store').on(table.storeId),
    // One writer for each store: a second node is refused by the database as well.
    uniqueIndex('nodes_one_live').on(table.storeId).where(sql`revoked_at IS NULL`),
  ],
);

export const directives = pgTable(
  'directives',
  {
    id: id(),
    storeId: id().references(() => stores.id),
    kind: words().$type<DirectiveKind>(),
    body: jsonb().$type<DirectiveBodies[DirectiveKind]>().notNull(),
    issuedAt: at(),
    issuedBy: uuid(),
    state: words().$type<'sent' | 'done' | 'refused'>(),
    answeredAt: atOrNull(),
    code: text(),
    detail: text(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.id] }), unique('directives_by_id').on(table.id)],
);
