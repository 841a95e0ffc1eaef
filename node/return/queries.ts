// What a receipt still allows to come back, and the returns that were taken. Reads only.
import type { SoldLine, TakenTender } from '#schema/rules/refund';
import type { TenderMethod } from '#schema/rules/tender';
import { isoTime } from '#schema/values/time';
import type { ReturnableSale, SaleReturn } from '#schema/wire/return';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface ReturnQueries {
  intent(returnId: string): string | undefined;
  /** The return must exist. */
  show(returnId: string): SaleReturn | undefined;
  /** By the number on the receipt, in whatever case it was typed. */
  original(receipt: string, storeId: string): ReturnableSale | undefined;
}

/** Rounding belongs to cash: without it, what was paid and what came back are comparable to the unit. */
export const takenOf = ({ tenders, rounding, cashBefore }: ReturnableSale): TakenTender[] =>
  tenders.map((tender) =>
    tender.method === 'cash' ? { ...tender, amount: tender.amount - rounding, refunded: cashBefore } : tender,
  );

/** What the rule of refunds asks of a line. */
export const soldLine = (line: ReturnableSale['lines'][number]): SoldLine => ({
  lineId: line.lineId,
  quantity: line.quantity,
  net: line.net,
  taxAmount: line.taxAmount,
  returned: line.returned,
  vouchered: line.vouchersUsed,
});

interface SaleRow {
  saleId: string;
  receipt: string;
  businessDate: string;
  occurredAt: number;
  currency: string;
  total: number;
  rounding: number;
}

interface ReturnRow {
  id: string;
  receipt: string;
  storeId: string;
  saleId: string;
  originalReceipt: string;
  tillId: string;
  staffId: string | null;
  businessDate: string;
  occurredAt: number;
  currency: string;
  net: number;
  tax: number;
  total: number;
  rounding: number;
  reason: string;
}

type SoldRow = Omit<ReturnableSale['lines'][number], 'dispensable'> & { dispensable: number };

type ReturnLineRow = Omit<SaleReturn['lines'][number], 'restock'> & { restock: number };

export function returnQueries(sqlite: Sqlite): ReturnQueries {
  const readIntent = rowOf<{ intent: string }>(sqlite, 'SELECT intent FROM sale_returns WHERE id = ?');
  const readReturn = rowOf<ReturnRow>(
    sqlite,
    `SELECT id, receipt, original_store_id AS storeId, sale_id AS saleId, original_receipt AS originalReceipt, till_id AS tillId,
       staff AS staffId, business_date AS businessDate, occurred_at AS occurredAt, currency, net, tax, total, rounding, reason
     FROM sale_returns WHERE id = ?`,
  );
  const readReturnLines = rowsOf<ReturnLineRow>(
    sqlite,
    `SELECT id AS lineId, product_id AS productId, name, quantity, quantity_scale AS quantityScale, net, tax_rate AS taxRate, tax, total, restock
     FROM return_lines WHERE return_id = ? ORDER BY line`,
  );
  const readRefunds = rowsOf<SaleReturn['refunds'][number]>(
    sqlite,
    'SELECT id AS refundId, method, amount, reference FROM refunds WHERE return_id = ? ORDER BY id',
  );
  const original = openOriginals(sqlite);
  return {
    intent: (returnId) => readIntent(returnId)?.intent,
    original,
    show(returnId) {
      const row = readReturn(returnId);
      if (!row) return undefined;
      const { storeId, saleId, originalReceipt, occurredAt, ...rest } = row;
      const lines = readReturnLines(returnId).map((line) => ({ ...line, restock: line.restock === 1 }));
      const from = { storeId, saleId, receipt: originalReceipt };
      return { ...rest, original: from, occurredAt: isoTime(occurredAt), lines, refunds: readRefunds(returnId) };
    },
  };
}

function openOriginals(sqlite: Sqlite): ReturnQueries['original'] {
  const readSale = rowOf<SaleRow>(
    sqlite,
    `SELECT id AS saleId, receipt, business_date AS businessDate, occurred_at AS occurredAt, currency, total, rounding
     FROM sales WHERE receipt = ?`,
  );
  const vouchersIn = (states: string) => `(SELECT count(DISTINCT v.unit) FROM vouchers v
    WHERE v.sale_id = l.sale_id AND v.line_id = l.id AND v.refunded = 0 AND v.state IN (${states}))`;
  const readLines = rowsOf<SoldRow>(
    sqlite,
    `SELECT l.id AS lineId, l.product_id AS productId, l.name, l.quantity, l.quantity_scale AS quantityScale, l.dispensable, l.net, l.tax_rate AS taxRate,
       l.tax AS taxAmount, l.total,
       (SELECT coalesce(sum(r.quantity), 0) FROM return_lines r JOIN sale_returns s ON s.id = r.return_id
        WHERE s.sale_id = l.sale_id AND r.id = l.id) AS returned,
       ${vouchersIn(`'dispensed', 'uncertain'`)} AS vouchersUsed, ${vouchersIn(`'open'`)} AS vouchersOpen
     FROM sale_lines l WHERE l.sale_id = ? ORDER BY l.line`,
  );
  const readTaken = rowsOf<{ method: TenderMethod; amount: number }>(
    sqlite,
    'SELECT method, sum(amount) AS amount FROM sale_tenders WHERE sale_id = ? GROUP BY method ORDER BY method',
  );
  const readRefunded = rowsOf<{ method: TenderMethod; amount: number }>(
    sqlite,
    `SELECT r.method, sum(r.amount) AS amount FROM refunds r JOIN sale_returns s ON s.id = r.return_id
     WHERE s.sale_id = ? GROUP BY r.method`,
  );
  const readRounding = rowOf<{ rounding: number }>(
    sqlite,
    'SELECT coalesce(sum(rounding), 0) AS rounding FROM sale_returns WHERE sale_id = ?',
  );
  return (typed, storeId) => {
    const sale = readSale(typed.trim().toUpperCase());
    if (!sale) return undefined;
    const { occurredAt, ...rest } = sale;
    const refunded = new Map(readRefunded(sale.saleId).map(({ method, amount }) => [method, amount]));
    const tenders = readTaken(sale.saleId).map(({ method, amount }) => ({ method, amount, refunded: refunded.get(method) ?? 0 }));
    const givenRounding = readRounding(sale.saleId)?.rounding ?? 0;
    const lines = readLines(sale.saleId).map((line) => ({ ...line, dispensable: line.dispensable === 1 }));
    const cashBefore = (refunded.get('cash') ?? 0) - givenRounding;
    return { ...rest, storeId, occurredAt: isoTime(occurredAt), lines, tenders, cashBefore };
  };
}
