// Returns as tills and reports read them; they take their receipt numbers from the series of the till, as sales do.
import type { Fact } from '#schema/facts/fact';
import { type SaleReturned, saleReturned } from '#schema/facts/sale-returned';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';
import { seriesOf } from '../sale/receipt-number.ts';
import { openSeries } from '../sale/series.ts';

export function returnProjection(sqlite: Sqlite): Projection {
  const insertReturn = writer(
    sqlite,
    `INSERT INTO sale_returns (id, sale_id, original_store_id, original_receipt, till_id, shift_id, receipt, business_date, occurred_at,
       staff, currency, net, tax, total, rounding, reason, intent, generation, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertLine = writer(
    sqlite,
    `INSERT INTO return_lines (return_id, line, id, product_id, name, quantity, quantity_scale, net, tax_rate, tax, total, restock)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertRefund = writer(sqlite, 'INSERT INTO refunds (return_id, id, method, amount, reference) VALUES (?, ?, ?, ?, ?)');
  const series = openSeries(sqlite);

  function apply({ body, generation, seq, occurredAt, staff }: Fact<SaleReturned>): void {
    const { returnId, original, net, tax, total, rounding } = body;
    insertReturn(
      returnId,
      original.saleId,
      original.storeId,
      original.receipt,
      body.tillId,
      body.shiftId,
      body.receipt,
      body.businessDate,
      occurredAt,
      staff,
      body.currency,
      net,
      tax,
      total,
      rounding,
      body.reason,
      body.intent,
      generation,
      seq,
    );
    for (const [index, line] of body.lines.entries())
      insertLine(
        returnId,
        index,
        line.lineId,
        line.productId,
        line.name,
        line.quantity,
        line.quantityScale,
        line.net,
        line.taxRate,
        line.taxAmount,
        line.total,
        line.restock ? 1 : 0,
      );
    for (const { refundId, method, amount, reference } of body.refunds)
      insertRefund(returnId, refundId, method, amount, reference);
    series.used(seriesOf(body.receipt));
  }

  return { tables: ['refunds', 'return_lines', 'sale_returns'], on: when(saleReturned, apply) };
}
