// Stock by store: a ledger of movements, and the level that is their sum.
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { MovementKind } from '../../rules/stock.ts';
import { at, id, whole, words } from './columns.ts';

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
    reason: text(),
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
