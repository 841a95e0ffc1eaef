// Stock levels as they stand now. Reads only.
import type { StockLevel as Level } from '#schema/rules/stock';
import type { StockLevel } from '#schema/wire/stock';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface StockQueries {
  level(productId: string): Level;
  /** Whether a movement of this id has been recorded, and what it was. */
  movement(movementId: string): { productId: string; kind: string; quantity: number; reason: string | null } | undefined;
  levels(afterProductId: string, limit: number): StockLevel[];
}

export function stockQueries(sqlite: Sqlite): StockQueries {
  const readLevel = rowOf<Level>(sqlite, 'SELECT on_hand AS onHand, reserved FROM stock_levels WHERE product_id = ?');
  const readMovement = rowOf<{ productId: string; kind: string; quantity: number; reason: string | null }>(
    sqlite,
    'SELECT product_id AS productId, kind, quantity, reason FROM stock_movements WHERE movement_id = ?',
  );
  const readLevels = rowsOf<StockLevel>(
    sqlite,
    `SELECT l.product_id AS productId, p.sku, p.name, l.on_hand AS onHand, l.reserved
     FROM stock_levels l LEFT JOIN products p ON p.id = l.product_id
     WHERE l.product_id > ? ORDER BY l.product_id LIMIT ?`,
  );
  return {
    level: (productId) => readLevel(productId) ?? { onHand: 0, reserved: 0 },
    movement: (movementId) => readMovement(movementId),
    levels: (afterProductId, limit) => readLevels(afterProductId, limit),
  };
}
