// Reads of a store's stock: levels and the movements that explain them, and the vouchers of an order.
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import { products } from '#schema/tables/central/product';
import { stockLevels, stockMovements } from '#schema/tables/central/stock';
import { vouchers } from '#schema/tables/central/voucher';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { StockLevel, StockMovement } from '#schema/wire/stock';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

interface PageQuery {
  limit?: string;
  after?: string;
}

/** By product id, which is the order of the key; a product that the centre does not know shows without a name. */
export async function listLevels(
  db: Drizzle,
  storeId: string,
  query: PageQuery,
): Promise<Result<Page<StockLevel>, 'bad-cursor'>> {
  const cursor = readCursor<[string]>(query.after, ['id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { productId, onHand, reserved } = stockLevels;
  const { sku, name, unit, quantityScale } = products;
  const rows = await db
    .select({ productId, sku, name, unit, quantityScale, onHand, reserved })
    .from(stockLevels)
    .leftJoin(products, eq(products.id, productId))
    .where(and(eq(stockLevels.storeId, storeId), cursor.value && gt(productId, cursor.value[0])))
    .orderBy(asc(productId))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [row.productId],
      (row) => row,
    ),
  );
}

export async function listMovements(
  db: Drizzle,
  { storeId, productId }: { storeId: string; productId: string },
  query: PageQuery,
): Promise<Result<Page<StockMovement>, 'bad-cursor'>> {
  const cursor = readCursor<[number, number, number, number]>(query.after, ['number', 'number', 'number', 'number']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { id, kind, quantity, occurredAt, reason, saleId, documentId, cost, generation, seq, line } = stockMovements;
  const [at, ...place] = cursor.value ?? [];
  const before = cursor.value && sql`(${occurredAt}, ${generation}, ${seq}, ${line}) < (${sql.join([at, ...place], sql`, `)})`;
  const rows = await db
    .select({ id, kind, quantity, occurredAt, reason, saleId, documentId, cost, generation, seq, line })
    .from(stockMovements)
    .where(and(eq(stockMovements.storeId, storeId), eq(stockMovements.productId, productId), before))
    .orderBy(desc(occurredAt), desc(generation), desc(seq), desc(line))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [row.occurredAt, row.generation, row.seq, row.line],
      ({ generation: _generation, seq: _seq, line: _line, ...row }) => ({ ...row, occurredAt: isoTime(row.occurredAt) }),
    ),
  );
}

export const vouchersOf = (db: Drizzle, storeId: string, orderId: string) =>
  db
    .select({ id: vouchers.id, productId: vouchers.productId, serial: vouchers.serial, state: vouchers.state })
    .from(vouchers)
    .where(and(eq(vouchers.storeId, storeId), eq(vouchers.orderId, orderId)))
    .orderBy(asc(vouchers.serial), asc(vouchers.id));
