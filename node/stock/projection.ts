// Stock at this store: a ledger of movements and the level that is their sum. Sales and movements write here; vouchers too (dispense/).

import type { Fact } from '#schema/facts/fact';
import { type SaleClosed, saleClosed } from '#schema/facts/sale-closed';
import { type StockMoved, stockMoved } from '#schema/facts/stock-moved';
import type { MovementKind } from '#schema/rules/stock';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';

interface Movement {
  line: number;
  productId: string;
  kind: MovementKind;
  quantity: number;
  saleId?: string | null;
  movementId?: string | null;
  reason?: string | null;
}

export interface StockWriter {
  move(fact: Fact, movement: Movement): void;
  reserve(productId: string, quantity: number): void;
}

export function stockWriter(sqlite: Sqlite): StockWriter {
  const insertMovement = writer(
    sqlite,
    `INSERT INTO stock_movements (generation, seq, line, product_id, kind, quantity, occurred_at, sale_id, movement_id, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const changeLevel = writer(
    sqlite,
    `INSERT INTO stock_levels (product_id, on_hand, reserved) VALUES (?, ?, ?)
     ON CONFLICT (product_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand, reserved = reserved + excluded.reserved`,
  );
  return {
    move(fact, { line, productId, kind, quantity, saleId = null, movementId = null, reason = null }) {
      insertMovement(fact.generation, fact.seq, line, productId, kind, quantity, fact.occurredAt, saleId, movementId, reason);
      changeLevel(productId, quantity, 0);
    },
    reserve: (productId, quantity) => void changeLevel(productId, 0, quantity),
  };
}

export function stockProjection(stock: StockWriter): Projection {
  return {
    tables: ['stock_movements', 'stock_levels'],
    on: {
      ...when(saleClosed, (fact: Fact<SaleClosed>) => {
        // What a dispenser pours moves when it is poured, not when it is paid.
        for (const [line, { productId, quantity, dispensable }] of fact.body.lines.entries())
          if (!dispensable) stock.move(fact, { line, productId, kind: 'sell', quantity: -quantity, saleId: fact.body.saleId });
      }),
      ...when(stockMoved, (fact: Fact<StockMoved>) => {
        const { productId, movement, quantity, movementId, reason } = fact.body;
        stock.move(fact, { line: 0, productId, kind: movement, quantity, movementId, reason });
      }),
    },
  };
}
