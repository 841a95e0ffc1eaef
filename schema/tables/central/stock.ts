// Stock by store: a ledger of movements, the level that is their sum, the lots that they come from, and what got low.
import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { MovementKind } from '../../rules/stock.ts';
import type { IssueMethod } from '../../rules/stock-issue.ts';
import { at, atOrNull, id, whole, wholeOrNull, words } from './columns.ts';

export const stockMovements = pgTable(
  'stock_movements',
  {
    storeId: id(),
    generation: whole(),
    seq: whole(),
    /** A sale moves several products by one fact. */
    line: whole(),
    /** The sold line, the movement that a person recorded, or the fact of the pour. */
    id: id(),
    productId: id(),
    kind: words().$type<MovementKind>(),
    quantity: whole(),
    occurredAt: at(),
    saleId: uuid(),
    /** The delivery, transfer, waste or count that it is a line of. */
    documentId: uuid(),
    reason: text(),
    /** What the goods cost, where all of it is known; minor units. */
    cost: wholeOrNull(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.generation, table.seq, table.line] }),
    index('stock_movements_by_product').on(table.storeId, table.productId, table.occurredAt),
  ],
);

export const stockLevels = pgTable(
  'stock_levels',
  {
    storeId: id(),
    productId: id(),
    onHand: whole(),
    reserved: whole(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.productId] })],
);

/** Goods that came in together, and what is left of them. */
export const stockLots = pgTable(
  'stock_lots',
  {
    storeId: id(),
    /** The movement that brought it: `generation.seq.line`. */
    id: words(),
    productId: id(),
    generation: whole(),
    seq: whole(),
    line: whole(),
    quantity: whole(),
    remaining: whole(),
    /** Of all of it, in minor units of the store's currency; null where nobody said. */
    cost: wholeOrNull(),
    lotCode: text(),
    expiresOn: text(),
    supplier: text(),
    occurredAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('stock_lots_open').on(table.storeId, table.productId).where(sql`remaining > 0`),
    index('stock_lots_expiring').on(table.storeId, table.expiresOn, table.id).where(sql`remaining > 0`),
    check('stock_lots_remaining', sql`remaining BETWEEN 0 AND quantity`),
  ],
);

/** Which lots a movement took from, or gave back to. */
export const lotMovements = pgTable(
  'lot_movements',
  {
    storeId: id(),
    generation: whole(),
    seq: whole(),
    line: whole(),
    lotId: words(),
    productId: id(),
    quantity: whole(),
    cost: wholeOrNull(),
    saleId: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.generation, table.seq, table.line, table.lotId] }),
    index('lot_movements_by_lot').on(table.storeId, table.lotId),
    index('lot_movements_by_sale').on(table.storeId, table.saleId).where(sql`sale_id IS NOT NULL`),
  ],
);

/** How a store issues products, as its facts say it does. */
export const issueRules = pgTable(
  'issue_rules',
  {
    storeId: id(),
    productId: id(),
    method: words().$type<IssueMethod>(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.productId] })],
);

/** From when a product got low in a store until it was not. */
export const lowStockAlerts = pgTable(
  'low_stock_alerts',
  {
    id: id().primaryKey(),
    storeId: id(),
    productId: id(),
    available: whole(),
    threshold: whole(),
    openedAt: at(),
    overAt: atOrNull(),
  },
  (table) => [
    uniqueIndex('low_stock_alerts_open').on(table.storeId, table.productId).where(sql`over_at IS NULL`),
    index('low_stock_alerts_by_time').on(table.openedAt, table.id),
  ],
);

/** What a store's node has set aside for the centre to sell. */
export const allotments = pgTable(
  'allotments',
  {
    storeId: id(),
    id: id(),
    productId: id(),
    quantity: whole(),
    grantedAt: at(),
    expiresAt: atOrNull(),
    /** Why it was given back; null while it is held. */
    released: text().$type<'expired' | 'cancelled'>(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('allotments_by_id').on(table.id),
    index('allotments_by_time').on(table.grantedAt, table.id),
    index('allotments_held').on(table.storeId, table.productId).where(sql`released IS NULL`),
  ],
);
