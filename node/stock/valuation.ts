// What the stock of a store is worth at the cost of its lots, product by product and in all. Reads only.
import { type IssueMethod, type Lot, usualIssueMethod, worthOf } from '#schema/rules/stock-issue';
import { sumAmounts } from '#schema/values/money';
import type { ValuedProduct } from '#schema/wire/stock';
import { rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface Worth {
  worth: number;
  /** Units whose cost nobody said. */
  unvalued: number;
}

export interface Valuation {
  products(afterProductId: string, limit: number): ValuedProduct[];
  total(): Worth;
}

type OpenLot = Pick<Lot, 'quantity' | 'remaining' | 'cost'>;

interface ProductRow {
  productId: string;
  sku: string | null;
  name: string | null;
  quantityScale: number | null;
  method: IssueMethod | null;
  onHand: number;
}

export const worthOfLots = (lots: readonly OpenLot[]): Worth => ({
  worth: sumAmounts(lots.map((lot) => worthOf(lot, lot.remaining) ?? 0)),
  unvalued: sumAmounts(lots.map(({ cost, remaining }) => (cost === null ? remaining : 0))),
});

export function openValuation(sqlite: Sqlite): Valuation {
  const readProducts = rowsOf<ProductRow>(
    sqlite,
    `SELECT l.product_id AS productId, p.sku, p.name, p.quantity_scale AS quantityScale, i.method, l.on_hand AS onHand
     FROM stock_levels l LEFT JOIN products p ON p.id = l.product_id LEFT JOIN issue_rules i ON i.product_id = l.product_id
     WHERE l.product_id > ? ORDER BY l.product_id LIMIT ?`,
  );
  const readLots = rowsOf<OpenLot>(
    sqlite,
    'SELECT quantity, remaining, cost FROM stock_lots WHERE product_id = ? AND remaining > 0',
  );
  const readAll = rowsOf<OpenLot>(sqlite, 'SELECT quantity, remaining, cost FROM stock_lots WHERE remaining > 0');
  return {
    products: (afterProductId, limit) =>
      readProducts(afterProductId, limit).map(({ method, quantityScale, ...product }) => {
        const lots = readLots(product.productId);
        const counted = { method: method ?? usualIssueMethod, quantityScale: quantityScale ?? 0, lots: lots.length };
        return { ...product, ...counted, ...worthOfLots(lots) };
      }),
    total: () => worthOfLots(readAll()),
  };
}
