// Stock at this store: a ledger of movements, the level that is their sum, and the lots that they come from. Vouchers write here too
// (dispense/).
import type { Fact } from '#schema/facts/fact';
import { type IssueSet, issueSet } from '#schema/facts/issue-set';
import { type Movement, movementsOf, movingKinds } from '#schema/facts/movements';
import { stockMoved } from '#schema/facts/stock-moved';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';
import { openLots } from './lots.ts';

export interface StockWriter {
  move(fact: Fact, movement: Movement): void;
  reserve(productId: string, quantity: number): void;
  issueBy: ReturnType<typeof openLots>['setMethod'];
}

export function stockWriter(sqlite: Sqlite): StockWriter {
  const lots = openLots(sqlite);
  const insertMovement = writer(
    sqlite,
    `INSERT INTO stock_movements
       (generation, seq, line, product_id, kind, quantity, occurred_at, sale_id, movement_id, document_id, reason, cost)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const changeLevel = writer(
    sqlite,
    `INSERT INTO stock_levels (product_id, on_hand, reserved) VALUES (?, ?, ?)
     ON CONFLICT (product_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand, reserved = reserved + excluded.reserved`,
  );
  return {
    move(fact, movement) {
      const { line, id, productId, kind, quantity, saleId = null, documentId = null, reason = null } = movement;
      const cost = lots.move(fact, movement);
      // Only a movement that was recorded by itself is found by its id; the others are lines of something.
      const movementId = fact.kind === stockMoved.kind ? id : null;
      const { generation, seq, occurredAt } = fact;
      insertMovement(generation, seq, line, productId, kind, quantity, occurredAt, saleId, movementId, documentId, reason, cost);
      changeLevel(productId, quantity, 0);
    },
    reserve: (productId, quantity) => void changeLevel(productId, 0, quantity),
    issueBy: lots.setMethod,
  };
}

export function stockProjection(stock: StockWriter): Projection {
  const move = (fact: Fact) => {
    for (const movement of movementsOf(fact)) stock.move(fact, movement);
  };
  return {
    tables: ['stock_movements', 'stock_levels', 'lot_movements', 'stock_lots', 'issue_rules'],
    on: {
      ...Object.fromEntries(movingKinds.map((kind) => [kind, move])),
      ...when(issueSet, ({ body }: Fact<IssueSet>) => {
        for (const { productId, method } of body.products) stock.issueBy(productId, method);
      }),
    },
  };
}
