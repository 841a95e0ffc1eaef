// Sales as the till and the reports read them, and the receipt series that they used.
import type { Fact } from '#schema/facts/fact';
import { type SaleClosed, saleClosed } from '#schema/facts/sale-closed';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';
import { seriesOf } from './receipt-number.ts';

export function saleProjection(sqlite: Sqlite): Projection {
  const insertSale = writer(
    sqlite,
    `INSERT INTO sales (id, till_id, receipt, business_date, occurred_at, staff, currency, net, tax, total, rounding, due, intent, generation, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertLine = writer(
    sqlite,
    `INSERT INTO sale_lines (sale_id, line, id, product_id, name, quantity, quantity_scale, unit_price, net, tax, total, dispensable)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertTender = writer(
    sqlite,
    'INSERT INTO sale_tenders (sale_id, id, method, amount, tendered, change) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const advanceSeries = writer(
    sqlite,
    'INSERT INTO receipt_series (series, last) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET last = excluded.last',
  );
  return {
    tables: ['receipt_series', 'sale_tenders', 'sale_lines', 'sales'],
    on: when(saleClosed, ({ body, generation, seq, occurredAt, staff }: Fact<SaleClosed>) => {
      const { saleId, tillId, receipt, businessDate, currency, net, tax, total, rounding, due, intent } = body;
      insertSale(
        saleId,
        tillId,
        receipt,
        businessDate,
        occurredAt,
        staff,
        currency,
        net,
        tax,
        total,
        rounding,
        due,
        intent,
        generation,
        seq,
      );
      for (const [index, line] of body.lines.entries()) {
        const { lineId, productId, name, quantity, quantityScale, price, net, taxAmount, total, dispensable } = line;
        insertLine(
          saleId,
          index,
          lineId,
          productId,
          name,
          quantity,
          quantityScale,
          price.amount,
          net,
          taxAmount,
          total,
          dispensable ? 1 : 0,
        );
      }
      for (const { tenderId, method, amount, tendered, change } of body.tenders)
        insertTender(saleId, tenderId, method, amount, tendered, change);
      const { series, number } = seriesOf(receipt);
      advanceSeries(series, number);
    }),
  };
}
