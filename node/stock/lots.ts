// The lots of a store: what comes in is a lot, what goes out leaves lots by the product's rule, and what was returned goes back.
import type { Fact } from '#schema/facts/fact';
import { lotIdOf, type Movement } from '#schema/facts/movements';
import { type IssueMethod, type Lot, type LotPart, lotEffect, usualIssueMethod } from '#schema/rules/stock-issue';
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface LotBook {
  /** Answers what the goods cost, signed as they moved; null unless all of it is known. */
  move(fact: Fact, movement: Movement): number | null;
  setMethod(productId: string, method: IssueMethod): void;
}

export function openLots(sqlite: Sqlite): LotBook {
  const readOpen = rowsOf<Lot>(
    sqlite,
    `SELECT id, quantity, remaining, cost, expires_on AS expiresOn FROM stock_lots
     WHERE product_id = ? AND remaining > 0 ORDER BY generation, seq, line`,
  );
  const readSold = rowsOf<LotPart>(
    sqlite,
    `SELECT m.lot_id AS lotId, -sum(m.quantity) AS quantity, -sum(m.cost) AS cost
     FROM lot_movements m JOIN stock_lots l ON l.id = m.lot_id WHERE m.sale_id = ? AND l.product_id = ?
     GROUP BY m.lot_id HAVING -sum(m.quantity) > 0 ORDER BY l.generation, l.seq, l.line`,
  );
  const readMethod = rowOf<{ method: IssueMethod }>(sqlite, 'SELECT method FROM issue_rules WHERE product_id = ?');
  const readOnHand = rowOf<{ onHand: number }>(sqlite, 'SELECT on_hand AS onHand FROM stock_levels WHERE product_id = ?');
  const insertLot = writer(
    sqlite,
    `INSERT INTO stock_lots (id, product_id, generation, seq, line, quantity, remaining, cost, lot_code, expires_on, supplier, occurred_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const changeLot = writer(sqlite, 'UPDATE stock_lots SET remaining = remaining + ? WHERE id = ?');
  const insertPart = writer(
    sqlite,
    'INSERT INTO lot_movements (generation, seq, line, lot_id, quantity, cost, sale_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const upsertMethod = writer(
    sqlite,
    'INSERT INTO issue_rules (product_id, method) VALUES (?, ?) ON CONFLICT (product_id) DO UPDATE SET method = excluded.method',
  );

  return {
    move(fact, movement) {
      const { line, productId, saleId = null, brought } = movement;
      const { generation, seq, occurredAt } = fact;
      const { parts, added, cost } = lotEffect(movement, {
        onHand: () => readOnHand(productId)?.onHand ?? 0,
        method: () => readMethod(productId)?.method ?? usualIssueMethod,
        open: () => readOpen(productId),
        sold: (id) => readSold(id, productId),
      });
      for (const part of parts) {
        changeLot(part.quantity, part.lotId);
        insertPart(generation, seq, line, part.lotId, part.quantity, part.cost, saleId);
      }
      if (added) {
        const { quantity, remaining } = added;
        const { cost: paid = null, lotCode = null, expiresOn = null, supplier = null } = brought ?? {};
        const id = lotIdOf(fact, line);
        insertLot(id, productId, generation, seq, line, quantity, remaining, paid, lotCode, expiresOn, supplier, occurredAt);
      }
      return cost;
    },
    setMethod: (productId, method) => void upsertMethod(productId, method),
  };
}
