// What is set aside, as facts tell of it: the level's reserved part rises with it and falls when it is given back.
import type { Fact } from '#schema/facts/fact';
import { type StockReleased, stockReleased } from '#schema/facts/stock-released';
import { type StockReserved, stockReserved } from '#schema/facts/stock-reserved';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';
import type { StockWriter } from './projection.ts';

export function reservationProjection(sqlite: Sqlite, stock: StockWriter): Projection {
  const insert = writer(
    sqlite,
    `INSERT INTO reservations (id, product_id, quantity, purpose, note, reserved_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const release = writer(sqlite, 'UPDATE reservations SET released = ? WHERE id = ? AND released IS NULL');
  return {
    tables: ['reservations'],
    on: {
      ...when(stockReserved, ({ body, occurredAt }: Fact<StockReserved>) => {
        const { reservationId, productId, quantity, purpose, note, expiresAt } = body;
        insert(reservationId, productId, quantity, purpose, note, occurredAt, expiresAt);
        stock.reserve(productId, quantity);
      }),
      ...when(stockReleased, ({ body }: Fact<StockReleased>) => {
        release(body.why, body.reservationId);
        stock.reserve(body.productId, -body.quantity);
      }),
    },
  };
}
