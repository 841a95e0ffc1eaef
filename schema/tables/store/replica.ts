// replica: what the centre decided, as its shapes brought it. No foreign keys here: shapes arrive in any order.
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const stores = sqliteTable('stores', {
  id: text().primaryKey(),
  code: text().notNull(),
  name: text().notNull(),
  country: text().notNull(),
  currency: text().notNull(),
  timeZone: text().notNull(),
  address: text(),
  environment: text().notNull(),
  settings: text().notNull(),
});

export const categories = sqliteTable('categories', {
  id: text().primaryKey(),
  parentId: text(),
  name: text().notNull(),
  position: integer().notNull(),
  archived: integer({ mode: 'boolean' }).notNull(),
});

export const products = sqliteTable(
  'products',
  {
    /** The row of its entry in the search index, which needs a number that never changes. */
    row: integer().primaryKey(),
    id: text().notNull().unique(),
    sku: text().notNull(),
    name: text().notNull(),
    categoryId: text(),
    unit: text().notNull(),
    quantityScale: integer().notNull(),
    taxClass: text().notNull(),
    dispensable: integer({ mode: 'boolean' }).notNull(),
    stockPolicy: text().notNull(),
    ageLimit: integer(),
    issueMethod: text().notNull(),
    lowStockAt: integer(),
    pluCode: text(),
    position: integer().notNull(),
    archived: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [index('products_by_sku').on(sql`sku COLLATE NOCASE`), index('products_by_place').on(table.position, table.name)],
);

export const productAvailability = sqliteTable('product_availability', {
  productId: text().primaryKey(),
  storeId: text().notNull(),
  available: integer({ mode: 'boolean' }).notNull(),
});

export const barcodes = sqliteTable(
  'barcodes',
  {
    code: text().primaryKey(),
    productId: text().notNull(),
  },
  (table) => [index('barcodes_by_product').on(table.productId)],
);

export const prices = sqliteTable(
  'prices',
  {
    id: text().primaryKey(),
    productId: text().notNull(),
    currency: text().notNull(),
    amount: integer().notNull(),
    version: integer().notNull(),
  },
  (table) => [index('prices_by_product').on(table.productId, table.currency)],
);

export const taxRates = sqliteTable(
  'tax_rates',
  {
    id: text().primaryKey(),
    country: text().notNull(),
    taxClass: text().notNull(),
    name: text().notNull(),
    rate: integer().notNull(),
    inclusive: integer({ mode: 'boolean' }).notNull(),
    version: integer().notNull(),
  },
  (table) => [index('tax_rates_by_class').on(table.country, table.taxClass)],
);

export const customers = sqliteTable(
  'customers',
  {
    id: text().primaryKey(),
    storeId: text().notNull(),
    /** The same for every id of one person. */
    personId: text().notNull(),
    /** Null where the centre has not been told yet, or was made to forget. */
    name: text(),
    phone: text(),
    email: text(),
    bornOn: text(),
  },
  (table) => [index('customers_by_phone').on(table.phone), index('customers_by_email').on(table.email)],
);

export const devices = sqliteTable('devices', {
  id: text().primaryKey(),
  storeId: text().notNull(),
  kind: text().notNull(),
  /** Of those that pour. */
  number: integer(),
  name: text().notNull(),
  /** JSON. */
  slots: text().notNull(),
  /** JSON: how it is reached; null while nobody has said. */
  link: text(),
  /** JSON, by its kind. */
  config: text().notNull(),
  configVersion: integer().notNull(),
  /** Of its root key at the centre; 0 while it has none there. */
  keyNumber: integer().notNull(),
  archived: integer({ mode: 'boolean' }).notNull(),
});

export const directives = sqliteTable('directives', {
  id: text().primaryKey(),
  storeId: text().notNull(),
  kind: text().notNull(),
  body: text().notNull(),
  issuedAt: integer().notNull(),
});

export const staff = sqliteTable('staff', {
  id: text().primaryKey(),
  storeId: text().notNull(),
  name: text().notNull(),
  role: text().notNull(),
  pinHash: text().notNull(),
  badgeHash: text(),
  active: integer({ mode: 'boolean' }).notNull(),
});
