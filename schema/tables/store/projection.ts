// projection: derived from facts alone. Dropping these tables and reading the journal again gives the same rows.
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const sales = sqliteTable(
  'sales',
  {
    id: text().primaryKey(),
    tillId: text().notNull(),
    shiftId: text(),
    receipt: text().notNull().unique(),
    businessDate: text().notNull(),
    occurredAt: integer().notNull(),
    staff: text(),
    currency: text().notNull(),
    discounted: integer().notNull(),
    net: integer().notNull(),
    tax: integer().notNull(),
    total: integer().notNull(),
    tip: integer().notNull(),
    rounding: integer().notNull(),
    due: integer().notNull(),
    customerId: text(),
    note: text(),
    intent: text().notNull(),
    generation: integer().notNull(),
    seq: integer().notNull(),
  },
  (table) => [
    index('sales_by_date').on(table.businessDate, table.occurredAt),
    index('sales_by_seq').on(table.generation, table.seq),
    index('sales_by_shift').on(table.shiftId).where(sql`shift_id IS NOT NULL`),
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
    gross: integer().notNull(),
    /** What its own discount and its share of the cart's took. */
    discounted: integer().notNull(),
    net: integer().notNull(),
    taxRate: integer().notNull(),
    tax: integer().notNull(),
    total: integer().notNull(),
    dispensable: integer({ mode: 'boolean' }).notNull(),
    note: text(),
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
    reference: text(),
    state: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.saleId, table.id] })],
);

export const saleReturns = sqliteTable(
  'sale_returns',
  {
    id: text().primaryKey(),
    saleId: text().notNull(),
    originalStoreId: text().notNull(),
    originalReceipt: text().notNull(),
    tillId: text().notNull(),
    shiftId: text(),
    receipt: text().notNull().unique(),
    businessDate: text().notNull(),
    occurredAt: integer().notNull(),
    staff: text(),
    currency: text().notNull(),
    net: integer().notNull(),
    tax: integer().notNull(),
    total: integer().notNull(),
    rounding: integer().notNull(),
    reason: text().notNull(),
    intent: text().notNull(),
    generation: integer().notNull(),
    seq: integer().notNull(),
  },
  (table) => [
    index('returns_by_sale').on(table.saleId),
    index('returns_by_seq').on(table.generation, table.seq),
    index('returns_by_date').on(table.businessDate, table.occurredAt),
    index('returns_by_shift').on(table.shiftId).where(sql`shift_id IS NOT NULL`),
  ],
);

export const returnLines = sqliteTable(
  'return_lines',
  {
    returnId: text()
      .notNull()
      .references(() => saleReturns.id),
    line: integer().notNull(),
    /** The line of the original sale. */
    id: text().notNull(),
    productId: text().notNull(),
    name: text().notNull(),
    quantity: integer().notNull(),
    quantityScale: integer().notNull(),
    net: integer().notNull(),
    taxRate: integer().notNull(),
    tax: integer().notNull(),
    total: integer().notNull(),
    restock: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.returnId, table.line] })],
);

export const refunds = sqliteTable(
  'refunds',
  {
    returnId: text()
      .notNull()
      .references(() => saleReturns.id),
    id: text().notNull(),
    method: text().notNull(),
    amount: integer().notNull(),
    reference: text(),
  },
  (table) => [primaryKey({ columns: [table.returnId, table.id] })],
);

/** Open sales that were thrown away. */
export const voidedSales = sqliteTable(
  'voided_sales',
  {
    id: text().primaryKey(),
    tillId: text().notNull(),
    shiftId: text(),
    businessDate: text().notNull(),
    occurredAt: integer().notNull(),
    staff: text(),
    total: integer().notNull(),
    reason: text().notNull(),
    generation: integer().notNull(),
    seq: integer().notNull(),
  },
  (table) => [
    index('voided_by_date').on(table.businessDate),
    index('voided_by_seq').on(table.generation, table.seq),
    index('voided_by_shift').on(table.shiftId).where(sql`shift_id IS NOT NULL`),
  ],
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
    /** The delivery, transfer, waste or count that it is a line of. */
    documentId: text(),
    reason: text(),
    /** What the goods cost, where all of it is known; minor units. */
    cost: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.generation, table.seq, table.line] }),
    index('movements_by_product').on(table.productId),
    uniqueIndex('movements_by_id').on(table.movementId),
  ],
);

/** Goods that came in together, and what is left of them. What is left of a product's lots is its level, or nothing below zero. */
export const stockLots = sqliteTable(
  'stock_lots',
  {
    /** The movement that brought it: `generation.seq.line`. */
    id: text().primaryKey(),
    productId: text().notNull(),
    generation: integer().notNull(),
    seq: integer().notNull(),
    line: integer().notNull(),
    quantity: integer().notNull(),
    remaining: integer().notNull(),
    /** Of all of it, in minor units; null where nobody said. */
    cost: integer(),
    lotCode: text(),
    expiresOn: text(),
    supplier: text(),
    occurredAt: integer().notNull(),
  },
  (table) => [
    index('lots_open').on(table.productId).where(sql`remaining > 0`),
    index('lots_expiring').on(table.expiresOn).where(sql`remaining > 0`),
    index('lots_by_product').on(table.productId, table.occurredAt),
    check('lots_remaining', sql`remaining BETWEEN 0 AND quantity`),
  ],
);

/** Which lots a movement took from, or gave back to. */
export const lotMovements = sqliteTable(
  'lot_movements',
  {
    generation: integer().notNull(),
    seq: integer().notNull(),
    line: integer().notNull(),
    lotId: text()
      .notNull()
      .references(() => stockLots.id),
    quantity: integer().notNull(),
    cost: integer(),
    saleId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.generation, table.seq, table.line, table.lotId] }),
    index('lot_movements_by_lot').on(table.lotId),
    index('lot_movements_by_sale').on(table.saleId).where(sql`sale_id IS NOT NULL`),
  ],
);

/** How products are issued here, where it is not the usual way. */
export const issueRules = sqliteTable('issue_rules', {
  productId: text().primaryKey(),
  method: text().notNull(),
});

/** Deliveries, transfers, waste, counts and reads of tags: what is told of each stands in its fact. */
export const stockDocuments = sqliteTable(
  'stock_documents',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    /** The supplier or the other store. */
    party: text(),
    /** The number on their note. */
    document: text(),
    /** Null for a count, which is begun elsewhere. */
    intent: text(),
    occurredAt: integer().notNull(),
    staff: text(),
    generation: integer().notNull(),
    seq: integer().notNull(),
  },
  (table) => [
    index('stock_documents_by_time').on(table.occurredAt, table.id),
    index('stock_documents_by_number').on(table.document, table.party).where(sql`document IS NOT NULL`),
  ],
);

/** Where the reader last saw a tag. */
export const tags = sqliteTable(
  'tags',
  {
    tag: text().primaryKey(),
    productId: text(),
    /** Null when it is at no place that a reader looks at. */
    place: text(),
    /** Whether its unit was booked out when it left. */
    bookedOut: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [index('tags_by_place').on(table.place), index('tags_by_product').on(table.productId)],
);

export const stockLevels = sqliteTable('stock_levels', {
  productId: text().primaryKey(),
  onHand: integer().notNull(),
  reserved: integer().notNull(),
});

/** Closed, and its dispenser has not said that it counts it as used. */
const toClear = `state IN ('expired', 'voided') AND cleared IS NOT 'acknowledged'`;

/** In doubt; or whose unit is neither poured nor given back, without a good voucher; or what was poured beyond what was paid. */
const forPeople = `state = 'uncertain'
  OR (state IN ('expired', 'voided', 'failed') AND superseded = 0 AND refunded = 0)
  OR (state = 'dispensed' AND written_off = 0 AND (refunded = 1 OR superseded = 1))`;

export const vouchers = sqliteTable(
  'vouchers',
  {
    id: text().primaryKey(),
    saleId: text(),
    lineId: text(),
    /** Which of the line's units; of those of one unit only the newest is not superseded. */
    unit: integer(),
    /** Of a unit that no line paid for, its first voucher. */
    firstId: text().notNull(),
    superseded: integer({ mode: 'boolean' }).notNull(),
    businessDate: text().notNull(),
    productId: text().notNull(),
    dispenserId: text().notNull(),
    dispenserNumber: integer().notNull(),
    slot: integer().notNull(),
    epoch: integer().notNull(),
    serial: integer().notNull(),
    expiresAt: integer().notNull(),
    state: text().notNull(),
    reason: text(),
    /** How it is known that nothing comes out any more for one that was closed. */
    cleared: text(),
    /** Whether its unit's money went back. */
    refunded: integer({ mode: 'boolean' }).notNull(),
    /** What came out beyond what was paid was written off. */
    writtenOff: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [
    index('vouchers_by_sale').on(table.saleId),
    index('vouchers_by_serial').on(table.dispenserId, table.serial),
    index('vouchers_by_state').on(table.state, table.expiresAt),
    index('vouchers_without_sale').on(table.businessDate).where(sql`sale_id IS NULL`),
    index('vouchers_by_first').on(table.firstId).where(sql`sale_id IS NULL`),
    index('vouchers_to_clear').on(table.dispenserId, table.serial).where(sql.raw(toClear)),
    index('vouchers_for_people').on(table.expiresAt, table.id).where(sql.raw(forPeople)),
  ],
);

/** Taken out of use by somebody at the store. */
export const pausedDispensers = sqliteTable('paused_dispensers', {
  dispenserId: text().primaryKey(),
  pausedAt: integer().notNull(),
});

/** What the centre asked for and this node has answered, by a deed or a refusal. */
export const answeredDirectives = sqliteTable('answered_directives', {
  directiveId: text().primaryKey(),
  factId: text().notNull(),
});

/** Who was added at this store's tills. Who they are stands in `customer_details`, and can be erased. */
export const addedCustomers = sqliteTable('added_customers', {
  id: text().primaryKey(),
  commitment: text().notNull(),
  erased: integer({ mode: 'boolean' }).notNull(),
});

/** Goods that are set aside; what a voucher holds stands with the voucher. */
export const reservations = sqliteTable(
  'reservations',
  {
    id: text().primaryKey(),
    productId: text().notNull(),
    quantity: integer().notNull(),
    purpose: text().notNull(),
    note: text(),
    reservedAt: integer().notNull(),
    expiresAt: integer(),
    /** Why it was given back; null while it is set aside. */
    released: text(),
  },
  (table) => [index('reservations_held').on(table.expiresAt).where(sql`released IS NULL`)],
);
