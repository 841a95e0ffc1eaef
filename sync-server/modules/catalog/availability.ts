// Which products a store sells: all of them, but for those that somebody took out of it.
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { productAvailability, products } from '#schema/tables/central/product';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { Availability } from '#schema/wire/product';
import type { Drizzle, Tx } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';
import { storeExists } from '../stores/queries.ts';

const available = sql<boolean>`coalesce(${productAvailability.available}, true)`;

const select = (db: Drizzle, storeId: string) =>
  db
    .select({ productId: products.id, sku: products.sku, name: products.name, available })
    .from(products)
    .leftJoin(productAvailability, and(eq(productAvailability.productId, products.id), eq(productAvailability.storeId, storeId)));

interface AvailabilityQuery {
  storeId: string;
  available?: string;
  limit?: string;
  after?: string;
}

export async function listAvailability(
  db: Drizzle,
  { storeId, ...query }: AvailabilityQuery,
): Promise<Result<Page<Availability>, 'bad-cursor'>> {
  const cursor = readCursor<[string]>(query.after, ['string']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const rows = await select(db, storeId)
    .where(
      and(
        eq(products.archived, false),
        query.available === undefined ? undefined : eq(available, query.available === 'true'),
        cursor.value && gt(products.sku, cursor.value[0]),
      ),
    )
    .orderBy(asc(products.sku))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      ({ sku }) => [sku],
      (row) => ({ storeId, ...row }),
    ),
  );
}

export async function setAvailability(
  tx: Tx,
  productId: string,
  { storeId, available }: { storeId: string; available: boolean },
): Promise<Result<Availability, 'unknown-product' | 'unknown-store'>> {
  if (!(await storeExists(tx, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
  const [product] = await tx.select({ id: products.id }).from(products).where(eq(products.id, productId));
  if (!product) return refuse('unknown-product', 'There is no such product.', { field: 'id' });
  await tx
    .insert(productAvailability)
    .values({ storeId, productId, available })
    .onConflictDoUpdate({ target: [productAvailability.storeId, productAvailability.productId], set: { available } });
  const [row] = await select(tx, storeId).where(eq(products.id, productId));
  return ok({ storeId, ...present(row, 'the product was just read') });
}
