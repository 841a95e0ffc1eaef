// What can be sold here: products joined with their price in the store's currency and their tax. A product whose price or tax has not
// arrived is not sellable yet, and one that the centre took out of this store is not there. What the hot path reads is kept in memory and forgotten when a catalogue shape changes.
import type { PriceBook, PricedProduct } from '#schema/rules/pricing';
import type { StockPolicy } from '#schema/rules/stock';
import type { IssueMethod } from '#schema/rules/stock-issue';
import type { CatalogueCategory, CatalogueProduct } from '#schema/wire/till';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Store, StoreReplica } from './store.ts';

export interface SellableProduct extends PricedProduct {
  stockPolicy: StockPolicy;
  ageLimit: number | null;
  issueMethod: IssueMethod;
  lowStockAt: number | null;
  pluCode: string | null;
}

export interface StoreBook extends PriceBook {
  product(productId: string): SellableProduct | undefined;
}

export interface Catalogue {
  priceBook(store: Store): StoreBook;
  products(store: Store, afterId: string, limit: number): CatalogueProduct[];
  byIds(store: Store, ids: readonly string[]): CatalogueProduct[];
  categories(): CatalogueCategory[];
  /** Null forgets everything. */
  forget(productIds: readonly string[] | null): void;
}

export interface CatalogueRow {
  id: string;
  sku: string;
  name: string;
  categoryId: string | null;
  unit: string;
  quantityScale: number;
  dispensable: number;
  stockPolicy: StockPolicy;
  ageLimit: number | null;
  issueMethod: IssueMethod;
  lowStockAt: number | null;
  pluCode: string | null;
  position: number;
  priceId: string;
  priceVersion: number;
  priceAmount: number;
  taxId: string;
  taxVersion: number;
  taxRate: number;
  taxInclusive: number;
  available: number;
  barcodes: string | null;
}

/** One select for every reader; the first two values are the store's currency and country. */
export const sellable = (rest: string): string => `
  SELECT p.id, p.sku, p.name, p.category_id AS categoryId, p.unit, p.quantity_scale AS quantityScale, p.dispensable,
    p.stock_policy AS stockPolicy, p.age_limit AS ageLimit, p.issue_method AS issueMethod, p.low_stock_at AS lowStockAt,
    p.plu_code AS pluCode, p.position, pr.id AS priceId, pr.version AS priceVersion, pr.amount AS priceAmount,
    t.id AS taxId, t.version AS taxVersion, t.rate AS taxRate, t.inclusive AS taxInclusive,
    coalesce(l.on_hand - l.reserved, 0) AS available,
    (SELECT group_concat(b.code) FROM barcodes b WHERE b.product_id = p.id) AS barcodes
  FROM products p
  JOIN prices pr ON pr.product_id = p.id AND pr.currency = ?
  JOIN tax_rates t ON t.country = ? AND t.tax_class = p.tax_class
  LEFT JOIN stock_levels l ON l.product_id = p.id
  WHERE p.archived = 0 AND NOT EXISTS (SELECT 1 FROM product_availability a WHERE a.product_id = p.id AND a.available = 0)
    AND ${rest}`;

export function openCatalogue(sqlite: Sqlite, stores: StoreReplica): Catalogue {
  const readOne = rowOf<CatalogueRow>(sqlite, sellable('p.id = ?'));
  const readPage = rowsOf<CatalogueRow>(sqlite, sellable('p.id > ? ORDER BY p.id LIMIT ?'));
  const readIds = rowsOf<CatalogueRow>(sqlite, sellable('p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id'));
  const readCategories = rowsOf<CatalogueCategory>(
    sqlite,
    'SELECT id, parent_id AS parentId, name, position FROM categories WHERE archived = 0 ORDER BY position, name',
  );
  const known = new Map<string, SellableProduct | undefined>();

  function product(store: Store, productId: string): SellableProduct | undefined {
    if (known.has(productId)) return known.get(productId);
    const row = readOne(store.currency, store.country, productId);
    const found = row && pricedOf(row);
    known.set(productId, found);
    return found;
  }

  return {
    priceBook: (store) => ({ currency: store.currency, product: (productId) => product(store, productId) }),
    products: (store, afterId, limit) => readPage(store.currency, store.country, afterId, limit).map(viewOf),
    byIds: (store, ids) => readIds(store.currency, store.country, JSON.stringify(ids)).map(viewOf),
    categories: () => readCategories(),
    forget(productIds) {
      if (productIds === null) known.clear();
      else for (const productId of productIds) known.delete(productId);
      if (productIds === null) stores.forget();
    },
  };
}

function pricedOf(row: CatalogueRow): SellableProduct {
  return {
    productId: row.id,
    name: row.name,
    quantityScale: row.quantityScale,
    dispensable: row.dispensable === 1,
    stockPolicy: row.stockPolicy,
    ageLimit: row.ageLimit,
    issueMethod: row.issueMethod,
    lowStockAt: row.lowStockAt,
    pluCode: row.pluCode,
    price: { id: row.priceId, version: row.priceVersion, amount: row.priceAmount },
    tax: { id: row.taxId, version: row.taxVersion, rate: row.taxRate, inclusive: row.taxInclusive === 1 },
  };
}

export function viewOf(row: CatalogueRow): CatalogueProduct {
  const { id, sku, name, categoryId, unit, position, available } = row;
  const { quantityScale, dispensable, stockPolicy, ageLimit, pluCode, price, tax } = pricedOf(row);
  const barcodes = row.barcodes ? row.barcodes.split(',') : [];
  const rules = { quantityScale, dispensable, stockPolicy, ageLimit, pluCode };
  return { id, sku, name, categoryId, unit, ...rules, position, barcodes, price, tax, available };
}
