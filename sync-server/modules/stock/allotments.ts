// What stores have set aside for the centre to sell, by their facts: an offline store sells none of it, so nothing is sold twice.
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { stockReleased } from '#schema/facts/stock-released';
import { stockReserved } from '#schema/facts/stock-reserved';
import { products } from '#schema/tables/central/product';
import { allotments } from '#schema/tables/central/stock';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { Allotment } from '#schema/wire/reservation';
import { insertMany } from '../../base/bulk.ts';
import type { Drizzle, Tx } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';
import { type AppliedFact, factsOf } from '../../base/reaction.ts';

export async function noteAllotments(tx: Tx, facts: readonly AppliedFact[]): Promise<void> {
  const granted = factsOf(facts, stockReserved).filter(({ body }) => body.purpose === 'allotment');
  await insertMany(
    tx,
    allotments,
    granted.map(({ storeId, occurredAt, body: { reservationId: id, productId, quantity, expiresAt } }) => {
      return { storeId, id, productId, quantity, grantedAt: occurredAt, expiresAt, released: null };
    }),
  );
  for (const { storeId, body } of factsOf(facts, stockReleased))
    await tx
      .update(allotments)
      .set({ released: body.why })
      .where(and(eq(allotments.storeId, storeId), eq(allotments.id, body.reservationId), isNull(allotments.released)));
}

export async function findAllotment(db: Drizzle, id: string): Promise<{ storeId: string } | undefined> {
  const [row] = await db.select({ storeId: allotments.storeId }).from(allotments).where(eq(allotments.id, id));
  return row;
}

interface AllotmentQuery {
  storeId?: string;
  state?: 'held' | 'released';
  limit?: string;
  after?: string;
}

export async function listAllotments(
  db: Drizzle,
  { storeId, state = 'held', ...query }: AllotmentQuery,
): Promise<Result<Page<Allotment>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { id, productId, quantity, grantedAt, expiresAt, released } = allotments;
  const wanted: (SQL | undefined)[] = [
    storeId === undefined ? undefined : eq(allotments.storeId, storeId),
    state === 'held' ? isNull(released) : sql`${released} IS NOT NULL`,
    cursor.value && sql`(${grantedAt}, ${id}) < (${sql.join([...cursor.value], sql`, `)})`,
  ];
  const rows = await db
    .select({
      id,
      storeId: allotments.storeId,
      productId,
      name: products.name,
      quantityScale: sql<number>`coalesce(${products.quantityScale}, 0)`.mapWith(Number),
      quantity,
      grantedAt,
      expiresAt,
      released,
    })
    .from(allotments)
    .leftJoin(products, eq(products.id, productId))
    .where(and(...wanted))
    .orderBy(desc(grantedAt), desc(id))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [row.grantedAt, row.id],
      ({ grantedAt, expiresAt, ...row }) => ({
        ...row,
        grantedAt: isoTime(grantedAt),
        expiresAt: expiresAt === null ? null : isoTime(expiresAt),
      }),
    ),
  );
}
