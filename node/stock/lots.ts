// The lots of a store: what comes in is a lot, what goes out leaves lots by the product's rule, and what was returned goes back.
import type { Fact } from '#schema/facts/fact';
import type { Movement } from '#schema/facts/movements';
import {
  giveBack,
  type IssueMethod,
  type Lot,
  type LotPart,
  leftAfterOwed,
  takeFrom,
  usualIssueMethod,
} from '#schema/rules/stock-issue';
import { sumAmounts } from '#schema/values/money';
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

  function moveParts(fact: Fact, { line, saleId = null }: Movement, parts: readonly LotPart[], sign: 1 | -1): void {
    for (const { lotId, quantity, cost } of parts) {
      changeLot(sign * quantity, lotId);
      insertPart(fact.generation, fact.seq, line, lotId, sign * quantity, cost === null ? null : sign * cost, saleId);
    }
  }

  function takeOut(fact: Fact, movement: Movement): number | null {
    const { productId, quantity, lotId = null } = movement;
    const lots = readOpen(productId);
    if (lots.length === 0) return null;
    const method = readMethod(productId)?.method ?? usualIssueMethod;
    const { parts, short } = takeFrom(lots, { quantity: -quantity, method, lotId });
    moveParts(fact, movement, parts, -1);
    return costOf(parts, short, -1);
  }

  function addLot(fact: Fact, { line, productId, brought }: Movement, quantity: number, remaining: number): void {
    const { generation, seq, occurredAt } = fact;
    const { cost = null, lotCode = null, expiresOn = null, supplier = null } = brought ?? {};
    const id = `${generation}.${seq}.${line}`;
    insertLot(id, productId, generation, seq, line, quantity, remaining, cost, lotCode, expiresOn, supplier, occurredAt);
  }

  function takeIn(fact: Fact, movement: Movement): number | null {
    const { productId, quantity, saleId, brought } = movement;
    const left = leftAfterOwed(quantity, readOnHand(productId)?.onHand ?? 0);
    if (!saleId) {
      addLot(fact, movement, quantity, left);
      return brought?.cost ?? null;
    }
    const { parts, rest } = giveBack(readSold(saleId, productId), left);
    moveParts(fact, movement, parts, 1);
    if (rest > 0) addLot(fact, movement, rest, rest);
    return costOf(parts, quantity - left + rest, 1);
  }

  return {
    move: (fact, movement) => (movement.quantity > 0 ? takeIn : takeOut)(fact, movement),
    setMethod: (productId, method) => void upsertMethod(productId, method),
  };
}

const costOf = (parts: readonly LotPart[], unknown: number, sign: 1 | -1): number | null =>
  unknown > 0 || parts.some(({ cost }) => cost === null) ? null : sign * sumAmounts(parts.map(({ cost }) => cost ?? 0));
