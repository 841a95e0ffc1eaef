// Reads of the catalogue: products with their barcodes and prices, categories, tax rates.
import { and, asc, eq, gt, ilike, inArray, or, type SQL } from 'drizzle-orm';
import { gtin14 } from '#schema/rules/gtin';
import { barcodes, categories, prices, products, taxRates } from '#schema/tables/central/product';
import { ok, type Result } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { Price, Product } from '#schema/wire/product';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

const productRow = {
  id: products.id,
  sku: products.sku,
  name: products.name,
  categoryId: products.categoryId,
  unit: products.unit,
  quantityScale: products.quantityScale,
  taxClass: products.taxClass,
  dispensable: products.dispensable,
  stockPolicy: products.stockPolicy,
  ageLimit: products.ageLimit,
  issueMethod: products.issueMethod,
  lowStockAt: products.lowStockAt,
  pluCode: products.pluCode,
  position: products.position,
  archived: products.archived,
};

type Bare = Omit<Product, 'barcodes' | 'prices'>;

interface ProductQuery {
  q?: string;
  categoryId?: string;
  archived?: string;
  limit?: string;
  after?: string;
}

export async function listProducts(db: Drizzle, query: ProductQuery): Promise<Result<Page<Product>, 'bad-cursor'>> {
  const cursor = readCursor<[string]>(query.after, ['string']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const where: (SQL | undefined)[] = [eq(products.archived, query.archived === 'true')];
  if (query.categoryId !== undefined) where.push(eq(products.categoryId, query.categoryId));
  if (query.q !== undefined && query.q.trim() !== '') where.push(matches(db, query.q.trim()));
  if (cursor.value) where.push(gt(products.sku, cursor.value[0]));
  const rows = await db
    .select(productRow)
    .from(products)
    .where(and(...where))
    .orderBy(asc(products.sku))
    .limit(limit + 1);
  const { items, next } = pageOf(
    rows,
    limit,
    ({ sku }) => [sku],
    (row) => row,
  );
  return ok({ items: await withParts(db, items), next });
}

function matches(db: Drizzle, text: string): SQL | undefined {
  const pattern = `%${text.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`;
  const code = gtin14(text);
  const byCode = db
    .select({ id: barcodes.productId })
    .from(barcodes)
    .where(eq(barcodes.code, code ?? ''));
  return or(
    ilike(products.name, pattern),
    ilike(products.sku, pattern),
    code === undefined ? undefined : inArray(products.id, byCode),
  );
}

/** Two more queries for the whole page, whatever its length. */
async function withParts(db: Drizzle, rows: readonly Bare[]): Promise<Product[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const codeRows = await db
    .select({ productId: barcodes.productId, code: barcodes.code })
    .from(barcodes)
    .where(inArray(barcodes.productId, ids))
    .orderBy(asc(barcodes.code));
  const priceRows = await db.select(priceRow).from(prices).where(inArray(prices.productId, ids)).orderBy(asc(prices.currency));
  const codes = byProduct(codeRows);
  const amounts = byProduct(priceRows);
  return rows.map((row) => ({
    ...row,
    barcodes: (codes.get(row.id) ?? []).map(({ code }) => code),
    prices: (amounts.get(row.id) ?? []).map(priceOf),
  }));
}

function byProduct<Row extends { productId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.productId, [...(groups.get(row.productId) ?? []), row]);
  return groups;
}

const priceRow = {
  id: prices.id,
  productId: prices.productId,
  currency: prices.currency,
  amount: prices.amount,
  version: prices.version,
};

const priceOf = ({ id, currency, amount, version }: Price): Price => ({ id, currency, amount, version });

export async function findProduct(db: Drizzle, id: string): Promise<Product | undefined> {
  const rows = await db.select(productRow).from(products).where(eq(products.id, id));
  const [product] = await withParts(db, rows);
  return product;
}

export interface ProductFlags {
  id: string;
  sku: string;
  name: string;
  dispensable: boolean;
}

/** Those of the ids that are products, by id: what other modules ask before they name a product. */
export async function findFlags(db: Drizzle, ids: readonly string[]): Promise<Map<string, ProductFlags>> {
  if (ids.length === 0) return new Map();
  const { id, sku, name, dispensable } = products;
  const rows = await db
    .select({ id, sku, name, dispensable })
    .from(products)
    .where(inArray(id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

export const listCategories = (db: Drizzle) =>
  db
    .select({ id: categories.id, parentId: categories.parentId, name: categories.name, position: categories.position })
    .from(categories)
    .where(eq(categories.archived, false))
    .orderBy(asc(categories.position), asc(categories.name), asc(categories.id));

export async function categoryExists(db: Drizzle, id: string): Promise<boolean> {
  const [row] = await db.select({ id: categories.id }).from(categories).where(eq(categories.id, id));
  return row !== undefined;
}

const taxRateRow = {
  id: taxRates.id,
  country: taxRates.country,
  taxClass: taxRates.taxClass,
  name: taxRates.name,
  rate: taxRates.rate,
  inclusive: taxRates.inclusive,
  version: taxRates.version,
};

export const listTaxRates = (db: Drizzle) =>
  db.select(taxRateRow).from(taxRates).orderBy(asc(taxRates.country), asc(taxRates.taxClass));

export async function taxClassExists(db: Drizzle, taxClass: string): Promise<boolean> {
  const [row] = await db.select({ id: taxRates.id }).from(taxRates).where(eq(taxRates.taxClass, taxClass)).limit(1);
  return row !== undefined;
}
