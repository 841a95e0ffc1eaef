// What was paid for goods of dispensers and what became of it, read from sales and vouchers; the rule does the rest.
import { dispensingRows, dispensingSum, type PaidLine, type UnitVoucher } from '#schema/rules/dispensing';
import type { DispensingReport } from '#schema/wire/report';
import { rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Dispensers } from '../dispense/dispensers.ts';
import type { Store } from '../replica/store.ts';

export type Dispensing = (range: { from: string; to: string }, store: Store) => DispensingReport;

type VoucherRow = Omit<UnitVoucher, 'refunded'> & { refunded: 0 | 1 };

const columns = `v.id, v.sale_id AS saleId, v.line_id AS lineId, v.unit, v.first_id AS firstId, v.business_date AS businessDate, v.dispenser_id AS dispenserId,
  v.state, v.refunded`;

export function openDispensing(sqlite: Sqlite, dispensers: Pick<Dispensers, 'byId'>): Dispensing {
  const readLines = rowsOf<PaidLine>(
    sqlite,
    `SELECT s.id AS saleId, l.id AS lineId, s.business_date AS businessDate, l.quantity, l.total
     FROM sales s JOIN sale_lines l ON l.sale_id = s.id WHERE s.business_date BETWEEN ? AND ? AND l.dispensable = 1`,
  );
  const readVouchers = rowsOf<VoucherRow>(
    sqlite,
    `SELECT ${columns} FROM sales s JOIN vouchers v ON v.sale_id = s.id WHERE s.business_date BETWEEN ? AND ?
     UNION ALL SELECT ${columns} FROM vouchers f JOIN vouchers v ON v.first_id = f.id AND v.sale_id IS NULL
     WHERE f.sale_id IS NULL AND f.first_id = f.id AND f.business_date BETWEEN ? AND ?`,
  );
  return ({ from, to }, { currency }) => {
    const vouchers = readVouchers(from, to, from, to).map((row) => ({ ...row, refunded: row.refunded === 1 }));
    const rows = dispensingRows(readLines(from, to), vouchers, currency);
    const nameOf = (id: string | null) => (id === null ? null : (dispensers.byId(id)?.name ?? null));
    return {
      currency,
      from,
      to,
      rows: rows.map((row) => ({ ...row, dispenserName: nameOf(row.dispenserId) })),
      totals: dispensingSum(rows),
    };
  };
}
