// Sales as tills and lists read them. Reads only.
import type { SaleClosed } from '#schema/facts/sale-closed';
import { assert } from '#schema/values/assert';
import { sumAmounts } from '#schema/values/money';
import { isoTime } from '#schema/values/time';
import type { Sale, SaleSummary, SaleTender } from '#schema/wire/sale';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { VoucherQueries } from '../dispense/queries.ts';
import { type SaleBeside, saleFromFact } from './from-fact.ts';
import { openSeries } from './series.ts';

interface SaleRow {
  id: string;
  receipt: string;
  tillId: string;
  shiftId: string | null;
  staffId: string | null;
  businessDate: string;
  occurredAt: number;
  currency: string;
  discounted: number;
  net: number;
  tax: number;
  total: number;
  tip: number;
  rounding: number;
  due: number;
  customerId: string | null;
  note: string | null;
}

interface LineRow {
  lineId: string;
  productId: string;
  name: string;
  quantity: number;
  quantityScale: number;
  unitPrice: number;
  gross: number;
  discounted: number;
  net: number;
  taxRate: number;
  tax: number;
  total: number;
  dispensable: number;
  note: string | null;
}

type Paid = Pick<SaleTender, 'tendered' | 'change'>;

interface SummaryRow {
  id: string;
  receipt: string;
  businessDate: string;
  occurredAt: number;
  currency: string;
  due: number;
  items: number;
  sent: number;
}

export interface SaleQueries {
  intent(saleId: string): string | undefined;
  voided(saleId: string): { total: number } | undefined;
  lastOfSeries(series: string): number;
  /** The sale must exist. */
  show(saleId: string): Sale;
  /** The same, of a sale whose fact was appended just now. */
  closed(body: SaleClosed, occurredAt: number, staff: string | null): Sale;
  line(saleId: string, lineId: string): { productId: string; quantity: number; dispensable: boolean } | undefined;
  /** Newest first, after this moment and id. */
  list(after: { occurredAt: number; id: string } | undefined, businessDate: string | undefined, limit: number): SaleSummary[];
}

const summary = (condition: string) => `
  SELECT s.id, s.receipt, s.business_date AS businessDate, s.occurred_at AS occurredAt, s.currency, s.due,
    (SELECT count(*) FROM sale_lines l WHERE l.sale_id = s.id) AS items,
    (s.seq <= coalesce((SELECT w.seq FROM witnesses w WHERE w.generation = s.generation), 0)) AS sent
  FROM sales s WHERE (s.occurred_at, s.id) < (?, ?) AND ${condition} ORDER BY s.occurred_at DESC, s.id DESC LIMIT ?`;

export function saleQueries(sqlite: Sqlite, vouchers: VoucherQueries): SaleQueries {
  const readIntent = rowOf<{ intent: string }>(sqlite, 'SELECT intent FROM sales WHERE id = ?');
  const readVoided = rowOf<{ total: number }>(sqlite, 'SELECT total FROM voided_sales WHERE id = ?');
  const series = openSeries(sqlite);
  const readSale = rowOf<SaleRow>(
    sqlite,
    `SELECT id, receipt, till_id AS tillId, shift_id AS shiftId, staff AS staffId, business_date AS businessDate, occurred_at AS occurredAt,
       currency, discounted, net, tax, total, tip, rounding, due, customer_id AS customerId, note
     FROM sales WHERE id = ?`,
  );
  const readLines = rowsOf<LineRow>(
    sqlite,
    `SELECT s.id AS lineId, s.product_id AS productId, s.name, s.quantity, s.quantity_scale AS quantityScale, s.unit_price AS unitPrice,
       s.gross, s.discounted, s.net, s.tax_rate AS taxRate, s.tax, s.total, s.dispensable, s.note
     FROM sale_lines s WHERE s.sale_id = ? ORDER BY s.line`,
  );
  const readBelowZero = rowsOf<{ productId: string }>(
    sqlite,
    `SELECT s.product_id AS productId FROM sale_lines s JOIN stock_levels l ON l.product_id = s.product_id
     WHERE s.sale_id = ? AND l.on_hand < 0 ORDER BY s.line`,
  );
  const readTenders = rowsOf<SaleTender>(
    sqlite,
    'SELECT id AS tenderId, method, amount, tendered, change, reference, state FROM sale_tenders WHERE sale_id = ? ORDER BY id',
  );
  const readLine = rowOf<{ productId: string; quantity: number; dispensable: number }>(
    sqlite,
    'SELECT product_id AS productId, quantity, dispensable FROM sale_lines WHERE sale_id = ? AND id = ?',
  );
  const listAll = rowsOf<SummaryRow>(sqlite, summary('1'));
  const listDate = rowsOf<SummaryRow>(sqlite, summary('s.business_date = ?'));

  function show(saleId: string): Sale {
    const sale = readSale(saleId);
    assert(sale, `no sale ${saleId}`);
    const lines = readLines(saleId).map((line) => ({ ...line, dispensable: line.dispensable === 1 }));
    const tenders = readTenders(saleId);
    return { ...sale, occurredAt: isoTime(sale.occurredAt), lines, tenders, ...beside(saleId, lines, tenders) };
  }

  const beside = (saleId: string, lines: readonly { dispensable: boolean }[], tenders: readonly Paid[]): SaleBeside => ({
    tendered: sumAmounts(tenders.map(({ tendered }) => tendered)),
    change: sumAmounts(tenders.map(({ change }) => change)),
    vouchers: lines.some(({ dispensable }) => dispensable) ? vouchers.ofSale(saleId) : [],
    belowZero: [...new Set(readBelowZero(saleId).map(({ productId }) => productId))],
  });

  return {
    intent: (saleId) => readIntent(saleId)?.intent,
    voided: (saleId) => readVoided(saleId),
    lastOfSeries: series.last,
    show,
    closed: (body, occurredAt, staff) => saleFromFact({ body, occurredAt, staff }, beside(body.saleId, body.lines, body.tenders)),
    line(saleId, lineId) {
      const line = readLine(saleId, lineId);
      return line && { ...line, dispensable: line.dispensable === 1 };
    },
    list(after, businessDate, limit) {
      const from = [after?.occurredAt ?? Number.MAX_SAFE_INTEGER, after?.id ?? ''];
      const rows = businessDate === undefined ? listAll(...from, limit) : listDate(...from, businessDate, limit);
      return rows.map((row) => ({ ...row, occurredAt: isoTime(row.occurredAt), sent: row.sent === 1 }));
    },
  };
}
