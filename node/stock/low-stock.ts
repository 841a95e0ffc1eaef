// Products that are low, and who has been told: tills hear of a product once, when it gets low, and again only after it was not.
import type { LowStock } from '#schema/wire/stock';
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { StoreReplica } from '../replica/store.ts';

export interface LowStockWatch {
  /** The lowest against their threshold first. */
  list(): LowStock[];
  /** After these products moved: those that have just got low. */
  crossed(productIds: readonly string[]): LowStock[];
}

/** What this store has stocked; the first value is the store's own threshold in whole units. */
const low = (rest: string) => `
  SELECT id AS productId, sku, name, quantityScale, available, threshold FROM (
    SELECT p.id, p.sku, p.name, p.quantity_scale AS quantityScale, l.on_hand - l.reserved AS available,
      coalesce(p.low_stock_at, CAST(? * pow(10, p.quantity_scale) AS INTEGER)) AS threshold
    FROM stock_levels l JOIN products p ON p.id = l.product_id WHERE p.archived = 0 AND ${rest})
  WHERE available <= threshold ORDER BY available - threshold, name, id`;

export function openLowStock(sqlite: Sqlite, stores: StoreReplica): LowStockWatch {
  const readAll = rowsOf<LowStock>(sqlite, low('1'));
  const readOne = rowOf<LowStock>(sqlite, low('p.id = ?'));
  const readTold = rowOf(sqlite, 'SELECT 1 FROM low_stock_told WHERE product_id = ?');
  const tell = writer(sqlite, 'INSERT INTO low_stock_told (product_id) VALUES (?)');
  const forget = writer(sqlite, 'DELETE FROM low_stock_told WHERE product_id = ?');
  const usual = () => stores.current()?.settings.lowStockAt ?? null;
  return {
    list: () => readAll(usual()),
    crossed(productIds) {
      const threshold = usual();
      return productIds.flatMap((productId) => {
        const found = readOne(threshold, productId);
        const isTold = readTold(productId) !== undefined;
        if (!found && isTold) forget(productId);
        if (!found || isTold) return [];
        tell(productId);
        return [found];
      });
    },
  };
}
