// The catalogue: what nodes receive as shapes. No foreign key is promised down there, where shapes arrive in any order; here they hold.
import { type AnyPgColumn, boolean, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { StockPolicy } from '../../rules/stock.ts';
import type { IssueMethod } from '../../rules/stock-issue.ts';
import { at, id, whole, wholeOrNull, words } from './columns.ts';
import { stores } from './store.ts';

export const categories = pgTable('categories', {
  id: id().primaryKey(),
  parentId: uuid().references((): AnyPgColumn => categories.id),
  name: words(),
  position: whole().default(0),
  archived: boolean().notNull().default(false),
});

export const products = pgTable(
  'products',
  {
    id: id().primaryKey(),
    sku: words().unique(),
    name: words(),
    categoryId: uuid().references(() => categories.id),
    unit: words(),
    quantityScale: whole(),
    taxClass: words(),
    dispensable: boolean().notNull(),
    stockPolicy: words().$type<StockPolicy>(),
    ageLimit: wholeOrNull(),
    issueMethod: words().$type<IssueMethod>().default('fifo'),
    lowStockAt: wholeOrNull(),
    pluCode: text().unique('products_plu_code_unique'),
    position: whole().default(0),
    archived: boolean().notNull().default(false),
    createdAt: at(),
  },
  (table) => [index('products_by_category').on(table.categoryId)],
);

/** Only where somebody said so: a product is sold in every store that says nothing. */
export const productAvailability = pgTable(
  'product_availability',
  {
    storeId: id().references(() => stores.id),
    productId: id().references(() => products.id),
    available: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.productId] })],
);

export const barcodes = pgTable(
  'barcodes',
  {
    /** GTIN-14, zero-padded, as the till looks it up. */
    code: text().primaryKey(),
    productId: id().references(() => products.id),
  },
  (table) => [index('barcodes_by_product').on(table.productId)],
);

export const prices = pgTable(
  'prices',
  {
    id: id().primaryKey(),
    productId: id().references(() => products.id),
    currency: words(),
    amount: whole(),
    /** Rises with each change, so that a fact says which price it used. */
    version: whole(),
  },
  (table) => [unique('prices_by_product').on(table.productId, table.currency)],
);

export const taxRates = pgTable(
  'tax_rates',
  {
    id: id().primaryKey(),
    country: words(),
    taxClass: words(),
    name: words(),
    rate: whole(),
    inclusive: boolean().notNull(),
    version: whole(),
  },
  (table) => [unique('tax_rates_by_class').on(table.country, table.taxClass)],
);
