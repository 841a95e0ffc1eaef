// Stock as it stands now: levels, lots, what they are worth, and the movements that explain them. Reads only.
import type { StockLevel as Level, StockPolicy } from '#schema/rules/stock';
import { type IssueMethod, type Lot, leavingOrder, takeFrom, usualIssueMethod, worthOf } from '#schema/rules/stock-issue';
import { sumAmounts } from '#schema/values/money';
import { isoTime } from '#schema/values/time';
import type { StockLevel, StockLot, StockMovement } from '#schema/wire/stock';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface StockedProduct {
  name: string;
  quantityScale: number;
  stockPolicy: StockPolicy;
  categoryId: string | null;
}

export interface KnownMovement {
  productId: string;
  kind: string;
  quantity: number;
  reason: string | null;
}

interface LotRow extends Lot {
  productId: string;
  name: string | null;
  quantityScale: number | null;
  lotCode: string | null;
  supplier: string | null;
  occurredAt: number;
}

interface MovementRow extends Omit<StockMovement, 'id' | 'occurredAt'> {
  row: number;
  generation: number;
  seq: number;
  line: number;
  occurredAt: number;
}

export interface StockQueries {
  level(productId: string): Level;
  levels(afterProductId: string, limit: number): StockLevel[];
  /** A product of the catalogue, also while it has no price. */
  product(productId: string): StockedProduct | undefined;
  /** By a barcode or a SKU, as a scanner or a person gives it. */
  productByCode(code: string): string | undefined;
  method(productId: string): IssueMethod;
  /** Whether a movement of this id has been recorded, and what it was. */
  movement(movementId: string): KnownMovement | undefined;
  /** Newest first, before this row. */
  movements(productId: string, beforeRow: number, limit: number): { row: number; movement: StockMovement }[];
  /** Those with something left, in the order in which they leave. */
  lots(productId: string): StockLot[];
  /** All that expire up to a day and have something left, the first to expire first. */
  expiringLots(until: string): StockLot[];
  /** What so many would take with them if they went now; null where that is not all known. */
  costOf(productId: string, quantity: number, lotId?: string | null): number | null;
}

const lotColumns = `l.id, l.product_id AS productId, p.name, p.quantity_scale AS quantityScale, l.quantity, l.remaining, l.cost,
  l.lot_code AS lotCode, l.expires_on AS expiresOn, l.supplier, l.occurred_at AS occurredAt`;

export function stockQueries(sqlite: Sqlite): StockQueries {
  const readLevel = rowOf<Level>(sqlite, 'SELECT on_hand AS onHand, reserved FROM stock_levels WHERE product_id = ?');
  const readLevels = rowsOf<StockLevel>(
    sqlite,
    `SELECT l.product_id AS productId, p.sku, p.name, p.unit, p.quantity_scale AS quantityScale, l.on_hand AS onHand, l.reserved
     FROM stock_levels l LEFT JOIN products p ON p.id = l.product_id
     WHERE l.product_id > ? ORDER BY l.product_id LIMIT ?`,
  );
  const readProduct = rowOf<StockedProduct>(
    sqlite,
    `SELECT name, quantity_scale AS quantityScale, stock_policy AS stockPolicy, category_id AS categoryId FROM products WHERE id = ?`,
  );
  const readByCode = rowOf<{ id: string }>(
    sqlite,
    `SELECT id FROM products
     WHERE archived = 0 AND (sku = ? COLLATE NOCASE OR id = (SELECT product_id FROM barcodes WHERE code = ?)) LIMIT 1`,
  );
  const readMethod = rowOf<{ method: IssueMethod }>(sqlite, 'SELECT method FROM issue_rules WHERE product_id = ?');
  const readMovement = rowOf<KnownMovement>(
    sqlite,
    'SELECT product_id AS productId, kind, quantity, reason FROM stock_movements WHERE movement_id = ?',
  );
  // By row, which is the order of the journal: the index on the product then needs no sorting.
  const readMovements = rowsOf<MovementRow>(
    sqlite,
    `SELECT rowid AS row, generation, seq, line, kind, quantity, occurred_at AS occurredAt, reason, sale_id AS saleId,
       document_id AS documentId, cost
     FROM stock_movements WHERE product_id = ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
  );
  const readLots = rowsOf<LotRow>(
    sqlite,
    `SELECT ${lotColumns} FROM stock_lots l LEFT JOIN products p ON p.id = l.product_id
     WHERE l.product_id = ? AND l.remaining > 0 ORDER BY l.generation, l.seq, l.line`,
  );
  const readExpiring = rowsOf<LotRow>(
    sqlite,
    `SELECT ${lotColumns} FROM stock_lots l LEFT JOIN products p ON p.id = l.product_id
     WHERE l.expires_on <= ? AND l.remaining > 0 ORDER BY l.expires_on, l.generation, l.seq, l.line`,
  );
  const method = (productId: string) => readMethod(productId)?.method ?? usualIssueMethod;

  return {
    level: (productId) => readLevel(productId) ?? { onHand: 0, reserved: 0 },
    levels: (afterProductId, limit) => readLevels(afterProductId, limit),
    product: (productId) => readProduct(productId),
    productByCode: (code) => readByCode(code.trim(), code.trim().padStart(14, '0'))?.id,
    method,
    movement: (movementId) => readMovement(movementId),
    movements: (productId, beforeRow, limit) =>
      readMovements(productId, beforeRow, limit).map(({ row, generation, seq, line, occurredAt, ...movement }) => ({
        row,
        movement: { ...movement, id: `${generation}.${seq}.${line}`, occurredAt: isoTime(occurredAt) },
      })),
    lots: (productId) => leavingOrder(readLots(productId), method(productId)).map(viewOf),
    expiringLots: (until) => readExpiring(until).map(viewOf),
    costOf(productId, quantity, lotId = null) {
      const { parts, short } = takeFrom(readLots(productId), { quantity, method: method(productId), lotId });
      const costs = parts.map(({ cost }) => cost);
      return short > 0 || costs.includes(null) ? null : sumAmounts(costs.map((cost) => cost ?? 0));
    },
  };
}

function viewOf({ occurredAt, quantityScale, ...lot }: LotRow): StockLot {
  const worth = worthOf(lot, lot.remaining);
  return { ...lot, quantityScale: quantityScale ?? 0, worth, occurredAt: isoTime(occurredAt) };
}
