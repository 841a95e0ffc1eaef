// projection: derived from facts alone. Dropping these tables and reading the journal again gives the same rows.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const sales = sqliteTable(
  'sales',
  {
    id: text().primaryKey(),
    tillId: text().notNull(),
    receipt: text().notNull().unique(),
    businessDate: text().notNull(),
    occurredAt: integer().notNull(),
    staff: text(),
    currency: text().notNull(),
    net: integer().notNull(),
    tax: integer().notNull(),
    total: integer().notNull(),
    rounding: integer().notNull(),
    due: integer().notNull(),
    intent: text().notNull(),
    generation: integer().notNull(),
    seq: integer().notNull(),
  },
  (table) => [
    index('sales_by_date').on(table.businessDate, table.occurredAt),
    index('sales_by_seq').on(table.generation, table.seq),
  ],
);

export const saleLines = sqliteTable(
  'sale_lines',
  {
    saleId: text()
      .notNull()
      .references(() => sales.id),
    line: integer().notNull(),
    id: text().notNull(),
    productId: text().notNull(),
    name: text().notNull(),
    quantity: integer().notNull(),
    quantityScale: integer().notNull(),
    unitPrice: integer().notNull(),
    net: integer().notNull(),
    tax: integer().notNull(),
    total: integer().notNull(),
    dispensable: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.saleId, table.line] })],
);

export const saleTenders = sqliteTable(
  'sale_tenders',
  {
    saleId: text()
      .notNull()
      .references(() => sales.id),
    id: text().notNull(),
    method: text().notNull(),
    amount: integer().notNull(),
    tendered: integer().notNull(),
    change: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.saleId, table.id] })],
);

/** The next number of each receipt series: one series a till and generation, without a gap. */
export const receiptSeries = sqliteTable('receipt_series', {
  series: text().primaryKey(),
  last: integer().notNull(),
});

export const stockMovements = sqliteTable(
  'stock_movements',
  {
    generation: integer().notNull(),
    seq: integer().notNull(),
    line: integer().notNull(),
    productId: text().notNull(),
    kind: text().notNull(),
    quantity: integer().notNull(),
    occurredAt: integer().notNull(),
    saleId: text(),
    movementId: text(),
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.generation, table.seq, table.line] }),
    index('movements_by_product').on(table.productId),
    uniqueIndex('movements_by_id').on(table.movementId),
  ],
);

export const stockLevels = sqliteTable('stock_levels', {
  productId: text().primaryKey(),
  onHand: integer().notNull(),
  reserved: integer().notNull(),
});

export const vouchers = sqliteTable(
  'vouchers',
  {
    id: text().primaryKey(),
    saleId: text(),
    lineId: text(),
    productId: text().notNull(),
    dispenserId: text().notNull(),
    dispenserNumber: integer().notNull(),
    slot: integer().notNull(),
    epoch: integer().notNull(),
    serial: integer().notNull(),
    expiresAt: integer().notNull(),
    state: text().notNull(),
    reason: text(),
  },
  (table) => [
    index('vouchers_by_sale').on(table.saleId),
    index('vouchers_by_serial').on(table.dispenserId, table.serial),
    index('vouchers_by_state').on(table.state, table.expiresAt),
  ],
);

/** What the centre asked for and this node has answered, by a deed or a refusal. */
export const answeredDirectives = sqliteTable('answered_directives', {
  directiveId: text().primaryKey(),
  factId: text().notNull(),
});
