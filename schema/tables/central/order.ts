// Orders of every channel, with the lines and tenders that facts brought up. Keys lead with the store.
import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { OrderState } from '../../rules/order.ts';
import type { TenderState } from '../../rules/tender.ts';
import { at, id, whole, words } from './columns.ts';

export const orders = pgTable(
  'orders',
  {
    storeId: id(),
    id: id(),
    channel: words(),
    state: words().$type<OrderState>(),
    tillId: uuid(),
    staffId: uuid(),
    shiftId: uuid(),
    customerId: uuid(),
    receipt: text(),
    businessDate: words(),
    occurredAt: at(),
    receivedAt: at(),
    currency: words(),
    discounted: whole(),
    net: whole(),
    tax: whole(),
    total: whole(),
    tip: whole(),
    rounding: whole(),
    pricingVersion: whole(),
    generation: whole(),
    seq: whole(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('orders_by_id').on(table.id),
    index('orders_by_time').on(table.occurredAt, table.id),
    index('orders_by_store_time').on(table.storeId, table.occurredAt, table.id),
    index('orders_by_receipt').on(table.receipt),
    index('orders_by_shift').on(table.storeId, table.shiftId).where(sql`shift_id IS NOT NULL`),
  ],
);

export const orderLines = pgTable(
  'order_lines',
  {
    storeId: id(),
    orderId: id(),
    line: whole(),
    id: id(),
    productId: id(),
    name: words(),
    quantity: whole(),
    quantityScale: whole(),
    unitPrice: whole(),
    priceId: id(),
    priceVersion: whole(),
    taxId: id(),
    taxVersion: whole(),
    taxRate: whole(),
    taxInclusive: boolean().notNull(),
    gross: whole(),
    /** What its own discount and its share of the order's took. */
    discounted: whole(),
    net: whole(),
    tax: whole(),
    total: whole(),
    dispensable: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.orderId, table.line] })],
);

export const orderTenders = pgTable(
  'order_tenders',
  {
    storeId: id(),
    orderId: id(),
    id: id(),
    method: words(),
    amount: whole(),
    tendered: whole(),
    change: whole(),
    reference: text(),
    state: words().$type<TenderState>(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.orderId, table.id] })],
);
