// What came back of orders, and open sales that were thrown away. Keys lead with the store that took them back.
import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, id, whole, words } from './columns.ts';

export const orderReturns = pgTable(
  'order_returns',
  {
    storeId: id(),
    id: id(),
    /** The sale that the goods are from, maybe another store's. */
    orderId: id(),
    originalStoreId: id(),
    receipt: words(),
    tillId: uuid(),
    staffId: uuid(),
    shiftId: uuid(),
    businessDate: words(),
    occurredAt: at(),
    receivedAt: at(),
    currency: words(),
    net: whole(),
    tax: whole(),
    total: whole(),
    rounding: whole(),
    reason: words(),
    generation: whole(),
    seq: whole(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('order_returns_by_seq').on(table.storeId, table.generation, table.seq),
    index('order_returns_by_order').on(table.originalStoreId, table.orderId),
    index('order_returns_by_day').on(table.storeId, table.businessDate),
    index('order_returns_by_shift').on(table.storeId, table.shiftId).where(sql`shift_id IS NOT NULL`),
  ],
);

export const returnLines = pgTable(
  'order_return_lines',
  {
    storeId: id(),
    returnId: id(),
    line: whole(),
    /** The line of the order. */
    id: id(),
    productId: id(),
    name: words(),
    quantity: whole(),
    quantityScale: whole(),
    net: whole(),
    taxRate: whole(),
    tax: whole(),
    total: whole(),
    restock: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.returnId, table.line] })],
);

export const orderRefunds = pgTable(
  'order_refunds',
  {
    storeId: id(),
    returnId: id(),
    id: id(),
    method: words(),
    amount: whole(),
    reference: text(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.returnId, table.id] })],
);

/** What is about to come back, kept for one return before money goes out; its fact makes it over to the lines above. */
export const returnReservations = pgTable(
  'return_reservations',
  {
    /** Who takes it back. */
    storeId: id(),
    returnId: id(),
    lineId: id(),
    quantity: whole(),
    originalStoreId: id(),
    orderId: id(),
    reservedAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.returnId, table.lineId] }),
    index('return_reservations_by_order').on(table.originalStoreId, table.orderId),
  ],
);

export const voidedSales = pgTable(
  'voided_sales',
  {
    storeId: id(),
    id: id(),
    tillId: uuid(),
    staffId: uuid(),
    shiftId: uuid(),
    businessDate: words(),
    occurredAt: at(),
    currency: words(),
    total: whole(),
    reason: words(),
    approvedBy: uuid(),
    generation: whole(),
    seq: whole(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('voided_sales_by_seq').on(table.storeId, table.generation, table.seq),
    index('voided_sales_by_day').on(table.storeId, table.businessDate),
  ],
);
