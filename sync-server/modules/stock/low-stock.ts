// What got low: an alert from the crossing until it is over, and one event for each crossing.
import { sql } from 'drizzle-orm';
import { products } from '#schema/tables/central/product';
import { lowStockAlerts, stockLevels } from '#schema/tables/central/stock';
import { stores } from '#schema/tables/central/store';
import type { MakeId } from '#schema/values/id';
import type { Tx } from '../../base/database.ts';
import { type Event, emit } from '../../base/outbox.ts';

interface Crossed {
  product_id: string;
  available: number | string;
  threshold: number | string;
}

/** After these products moved: ends alerts of what is above its threshold again, opens those of what has got low. */
export async function watchLowStock(
  tx: Tx,
  { storeId, productIds, now, makeId }: { storeId: string; productIds: readonly string[]; now: number; makeId: MakeId },
): Promise<void> {
  if (productIds.length === 0) return;
  const watched = sql`SELECT l.product_id, l.on_hand - l.reserved AS available,
      coalesce(p.low_stock_at, (s.settings->>'lowStockAt')::bigint * (10 ^ p.quantity_scale)::bigint) AS threshold
    FROM ${stockLevels} l JOIN ${products} p ON p.id = l.product_id JOIN ${stores} s ON s.id = l.store_id
    WHERE l.store_id = ${storeId} AND l.product_id = ANY(${sql.param([...productIds])}::uuid[]) AND NOT p.archived`;
  await tx.execute(sql`UPDATE ${lowStockAlerts} a SET over_at = ${now} FROM (${watched}) w
    WHERE a.store_id = ${storeId} AND a.product_id = w.product_id AND a.over_at IS NULL
      AND (w.threshold IS NULL OR w.available > w.threshold)`);
  const { rows } = await tx.execute<Crossed & Record<string, unknown>>(sql`SELECT * FROM (${watched}) w
    WHERE w.available <= w.threshold AND NOT EXISTS (SELECT 1 FROM ${lowStockAlerts} a
      WHERE a.store_id = ${storeId} AND a.product_id = w.product_id AND a.over_at IS NULL)`);
  if (rows.length === 0) return;
  const crossed = rows.map(({ product_id: productId, available, threshold }) => {
    return { id: makeId(), storeId, productId, available: Number(available), threshold: Number(threshold) };
  });
  await tx.insert(lowStockAlerts).values(crossed.map((alert) => ({ ...alert, openedAt: now })));
  await emit(
    tx,
    crossed.map(({ id, ...body }): Event => ({ id, kind: 'low-stock', body, occurredAt: now })),
  );
}
