// Sales as the till and the reports read them, and the receipt series that they used.
import type { Fact } from '#schema/facts/fact';
import { type SaleClosed, saleClosed } from '#schema/facts/sale-closed';
import { type SaleVoided, saleVoided } from '#schema/facts/sale-voided';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';
import { seriesOf } from './receipt-number.ts';
import { openSeries } from './series.ts';

export function saleProjection(sqlite: Sqlite): Projection {
  const insertSale = writer(
    sqlite,
    `INSERT INTO sales (id, till_id, shift_id, receipt, business_date, occurred_at, staff, currency, discounted, net, tax, total, tip, rounding,
       due, customer_id, note, intent, generation, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertLine = writer(
    sqlite,
    `INSERT INTO sale_lines (sale_id, line, id, product_id, name, quantity, quantity_scale, unit_price, gross, discounted, net, tax_rate, tax, total,
       dispensable, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertTender = writer(
    sqlite,
    'INSERT INTO sale_tenders (sale_id, id, method, amount, tendered, change, reference, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const series = openSeries(sqlite);
  const insertVoided = writer(
    sqlite,
    `INSERT INTO voided_sales (id, till_id, shift_id, business_date, occurred_at, staff, total, reason, generation, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    tables: ['receipt_series', 'voided_sales', 'sale_tenders', 'sale_lines', 'sales'],
    on: {
      ...when(saleClosed, ({ body, generation, seq, occurredAt, staff }: Fact<SaleClosed>) => {
        const { saleId, receipt, net, tax, total, tip, rounding, due } = body;
        insertSale(
          saleId,
          body.tillId,
          body.shiftId,
          receipt,
          body.businessDate,
          occurredAt,
          staff,
          body.currency,
          body.discounted,
          net,
          tax,
          total,
          tip,
          rounding,
          due,
          body.customerId,
          body.note,
          body.intent,
          generation,
          seq,
        );
        for (const [index, line] of body.lines.entries()) {
          insertLine(
            saleId,
            index,
            line.lineId,
            line.productId,
            line.name,
            line.quantity,
            line.quantityScale,
            line.price.amount,
            line.gross,
            line.discounted + line.cartShare,
            line.net,
            line.tax.rate,
            line.taxAmount,
            line.total,
            line.dispensable ? 1 : 0,
            line.note,
          );
        }
        for (const { tenderId, method, amount, tendered, change, reference, state } of body.tenders)
          insertTender(saleId, tenderId, method, amount, tendered, change, reference, state);
        series.used(seriesOf(receipt));
      }),
      ...when(saleVoided, ({ body, generation, seq, occurredAt, staff }: Fact<SaleVoided>) => {
        const { saleId, tillId, shiftId, businessDate, total, reason } = body;
        insertVoided(saleId, tillId, shiftId, businessDate, occurredAt, staff, total, reason, generation, seq);
      }),
    },
  };
}
