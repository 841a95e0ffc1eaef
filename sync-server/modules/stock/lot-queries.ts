// Reads of a store's lots: those that have some left, what they are worth, and what got low.
import { and, asc, desc, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { usualIssueMethod, worthOf } from '#schema/rules/stock-issue';
import { products } from '#schema/tables/central/product';
import { issueRules, lowStockAlerts, stockLevels, stockLots } from '#schema/tables/central/stock';
import { stores } from '#schema/tables/central/store';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { LowStockAlert, StockLot, ValuedProduct } from '#schema/wire/stock';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

interface PageQuery {
  limit?: string;
  after?: string;
}

const lotRow = {
  id: stockLots.id,
  productId: stockLots.productId,
  name: products.name,
  quantityScale: sql<number>`coalesce(${products.quantityScale}, 0)`.mapWith(Number),
  quantity: stockLots.quantity,
  remaining: stockLots.remaining,
  cost: stockLots.cost,
  lotCode: stockLots.lotCode,
  expiresOn: stockLots.expiresOn,
  supplier: stockLots.supplier,
  occurredAt: stockLots.occurredAt,
  generation: stockLots.generation,
  seq: stockLots.seq,
  line: stockLots.line,
};

/** By product and arrival; or where a day is given, those that expire up to it, by day. */
export async function listLots(
  db: Drizzle,
  storeId: string,
  { productId, expiresUntil, ...query }: PageQuery & { productId?: string; expiresUntil?: string },
): Promise<Result<Page<StockLot>, 'bad-cursor'>> {
  const isByDay = expiresUntil !== undefined;
  const cursor = readCursor<[string, number, number, number]>(query.after, [
    isByDay ? 'string' : 'id',
    'number',
    'number',
    'number',
  ]);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const first = isByDay ? stockLots.expiresOn : stockLots.productId;
  const place = sql`(${first}, ${stockLots.generation}, ${stockLots.seq}, ${stockLots.line})`;
  const wanted: (SQL | undefined)[] = [
    eq(stockLots.storeId, storeId),
    gt(stockLots.remaining, 0),
    productId === undefined ? undefined : eq(stockLots.productId, productId),
    expiresUntil === undefined ? undefined : lte(stockLots.expiresOn, expiresUntil),
    cursor.value && sql`${place} > (${sql.join([...cursor.value], sql`, `)})`,
  ];
  const rows = await db
    .select(lotRow)
    .from(stockLots)
    .leftJoin(products, eq(products.id, stockLots.productId))
    .where(and(...wanted))
    .orderBy(asc(first), asc(stockLots.generation), asc(stockLots.seq), asc(stockLots.line))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [isByDay ? (row.expiresOn ?? '') : row.productId, row.generation, row.seq, row.line],
      ({ generation: _generation, seq: _seq, line: _line, occurredAt, ...lot }) => ({
        ...lot,
        worth: worthOf(lot, lot.remaining),
        occurredAt: isoTime(occurredAt),
      }),
    ),
  );
}

export interface Valuation extends Page<ValuedProduct> {
  currency: string;
  worth: number;
  unvalued: number;
}

// Numeric rounds halves away from zero, as the rule does.
const worth = sql`coalesce(sum(round(${stockLots.cost}::numeric * ${stockLots.remaining} / ${stockLots.quantity})), 0)`;
const unvalued = sql`coalesce(sum(${stockLots.remaining}) FILTER (WHERE ${stockLots.cost} IS NULL), 0)`;

/** The caller has made sure that the store exists. */
export async function valueStock(db: Drizzle, storeId: string, query: PageQuery): Promise<Result<Valuation, 'bad-cursor'>> {
  const cursor = readCursor<[string]>(query.after, ['id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { productId, onHand } = stockLevels;
  const rows = await db
    .select({
      productId,
      sku: products.sku,
      name: products.name,
      quantityScale: sql<number>`coalesce(${products.quantityScale}, 0)`.mapWith(Number),
      method: issueRules.method,
      onHand,
      lots: sql<number>`count(${stockLots.id})`.mapWith(Number),
      worth: worth.mapWith(Number) as SQL<number>,
      unvalued: unvalued.mapWith(Number) as SQL<number>,
    })
    .from(stockLevels)
    .leftJoin(products, eq(products.id, productId))
    .leftJoin(issueRules, and(eq(issueRules.storeId, storeId), eq(issueRules.productId, productId)))
    .leftJoin(stockLots, and(eq(stockLots.storeId, storeId), eq(stockLots.productId, productId), gt(stockLots.remaining, 0)))
    .where(and(eq(stockLevels.storeId, storeId), cursor.value && gt(productId, cursor.value[0])))
    .groupBy(productId, products.sku, products.name, products.quantityScale, issueRules.method, onHand)
    .orderBy(asc(productId))
    .limit(limit + 1);
  const [total] = await db
    .select({ worth: worth.mapWith(Number) as SQL<number>, unvalued: unvalued.mapWith(Number) as SQL<number> })
    .from(stockLots)
    .where(and(eq(stockLots.storeId, storeId), gt(stockLots.remaining, 0)));
  const [store] = await db.select({ currency: stores.currency }).from(stores).where(eq(stores.id, storeId));
  const page = pageOf(
    rows,
    limit,
    (row) => [row.productId],
    ({ method, ...row }) => ({ ...row, method: method ?? usualIssueMethod }),
  );
  return ok({ ...page, currency: store?.currency ?? '', worth: total?.worth ?? 0, unvalued: total?.unvalued ?? 0 });
}

export async function listLowStockAlerts(
  db: Drizzle,
  { storeId, state, ...query }: PageQuery & { storeId?: string; state?: 'open' | 'over' },
): Promise<Result<Page<LowStockAlert>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { id, productId, available: availableThen, threshold, openedAt, overAt } = lowStockAlerts;
  const available = sql<number>`coalesce(${stockLevels.onHand} - ${stockLevels.reserved}, 0)`.mapWith(Number);
  const wanted: (SQL | undefined)[] = [
    storeId === undefined ? undefined : eq(lowStockAlerts.storeId, storeId),
    state === undefined ? undefined : state === 'open' ? isNull(overAt) : sql`${overAt} IS NOT NULL`,
    cursor.value && sql`(${openedAt}, ${id}) < (${sql.join([...cursor.value], sql`, `)})`,
  ];
  const { sku, name } = products;
  const rows = await db
    .select({
      id,
      storeId: lowStockAlerts.storeId,
      storeCode: stores.code,
      productId,
      sku,
      name,
      availableThen,
      available,
      threshold,
      openedAt,
      overAt,
    })
    .from(lowStockAlerts)
    .innerJoin(stores, eq(stores.id, lowStockAlerts.storeId))
    .leftJoin(products, eq(products.id, productId))
    .leftJoin(stockLevels, and(eq(stockLevels.storeId, lowStockAlerts.storeId), eq(stockLevels.productId, productId)))
    .where(and(...wanted))
    .orderBy(desc(openedAt), desc(id))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [row.openedAt, row.id],
      ({ id: _, openedAt, overAt, ...row }) => ({
        ...row,
        openedAt: isoTime(openedAt),
        overAt: overAt === null ? null : isoTime(overAt),
      }),
    ),
  );
}
