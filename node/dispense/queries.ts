// Vouchers as tills and dispensers ask for them. The code is derived when it is shown; it is stored nowhere.
import type { DispenseUnmatched } from '#schema/facts/dispense-unmatched';
import { dispenseUnmatched } from '#schema/facts/dispense-unmatched';
import type { Clearance, VoucherState } from '#schema/rules/voucher';
import { isoTime } from '#schema/values/time';
import type { ListedVoucher, Voucher } from '#schema/wire/voucher';
import { mintVoucher, voucherText } from '#schema/wire/voucher-code';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Dispensers } from './dispensers.ts';

export interface VoucherRow {
  id: string;
  saleId: string | null;
  lineId: string | null;
  /** Which of the line's units. */
  unit: number | null;
  productId: string;
  productName: string | null;
  dispenserId: string;
  dispenserNumber: number;
  slot: number;
  epoch: number;
  serial: number;
  expiresAt: number;
  state: VoucherState;
  cleared: Clearance | null;
  refunded: 0 | 1;
  superseded: 0 | 1;
}

export type ListedRow = VoucherRow & { receipt: string | null };

export interface VoucherQueries {
  row(id: string): VoucherRow | undefined;
  bySerial(dispenserId: string, serial: number): VoucherRow | undefined;
  /** Of the sale that paid for a voucher; null where none did. */
  receiptOf(dispenserId: string, serial: number): string | null;
  /** Whether the journal holds that report of a voucher which it never issued. */
  holdsUnmatched(report: Pick<DispenseUnmatched, 'dispenserId' | 'serial' | 'unit' | 'outcome'>): boolean;
  ofLine(saleId: string, lineId: string): VoucherRow[];
  /** All of the same paid unit, oldest first. */
  ofUnit(voucher: VoucherRow): VoucherRow[];
  ofSale(saleId: string): Voucher[];
  /** In one state, those whose time ends first before the others, after this one. */
  list(state: VoucherState, after: { expiresAt: number; id: string } | undefined, limit: number): ListedRow[];
  view(row: VoucherRow): Voucher;
  listed(row: ListedRow): ListedVoucher;
  /** Open vouchers whose time is over, oldest first. */
  overdue(before: number, limit: number): VoucherRow[];
  /** The next one after this serial that was closed, and of which its dispenser has not said that it counts it as used. */
  nextToClear(dispenserId: string, epoch: number, afterSerial: number): VoucherRow | undefined;
  /** 0 before the first. */
  lastSerial(dispenserId: string): number;
}

const columns = `v.id, v.sale_id AS saleId, v.line_id AS lineId, v.unit, v.product_id AS productId,
    coalesce((SELECT l.name FROM sale_lines l WHERE l.sale_id = v.sale_id AND l.id = v.line_id), p.name) AS productName,
    v.dispenser_id AS dispenserId, v.dispenser_number AS dispenserNumber, v.slot, v.epoch, v.serial, v.expires_at AS expiresAt, v.state,
    v.cleared, v.refunded, v.superseded`;

/** Of `vouchers v` and `products p`, with the receipt that it was sold on. */
export const listedColumns = `${columns}, (SELECT s.receipt FROM sales s WHERE s.id = v.sale_id) AS receipt`;

const select = (condition: string, of = columns) =>
  `SELECT ${of} FROM vouchers v LEFT JOIN products p ON p.id = v.product_id WHERE ${condition}`;

export function voucherQueries(sqlite: Sqlite, dispensers: Dispensers): VoucherQueries {
  const readOne = rowOf<VoucherRow>(sqlite, select('v.id = ?'));
  const readSerial = rowOf<VoucherRow>(sqlite, select('v.dispenser_id = ? AND v.serial = ?'));
  const readReceipt = rowOf<{ receipt: string }>(
    sqlite,
    'SELECT s.receipt FROM vouchers v JOIN sales s ON s.id = v.sale_id WHERE v.dispenser_id = ? AND v.serial = ?',
  );
  // Reports of this kind are so few that the journal's index of kinds finds them.
  const readUnmatched = rowOf<{ seq: number }>(
    sqlite,
    `SELECT seq FROM facts WHERE kind = '${dispenseUnmatched.kind}' AND text ->> '$.body.dispenserId' = ? AND text ->> '$.body.serial' = ?
       AND text ->> '$.body.unit' = ? AND text ->> '$.body.outcome' = ? LIMIT 1`,
  );
  const readLine = rowsOf<VoucherRow>(sqlite, select('v.sale_id = ? AND v.line_id = ? ORDER BY v.serial'));
  const readSale = rowsOf<VoucherRow>(sqlite, select('v.sale_id = ? ORDER BY v.dispenser_id, v.serial'));
  const readState = rowsOf<ListedRow>(
    sqlite,
    select('v.state = ? AND (v.expires_at, v.id) > (?, ?) ORDER BY v.expires_at, v.id LIMIT ?', listedColumns),
  );
  const readToClear = rowOf<VoucherRow>(
    sqlite,
    select(
      `v.state IN ('expired', 'voided') AND v.cleared IS NOT 'acknowledged' AND v.dispenser_id = ? AND v.serial > ? AND v.epoch = ?
       ORDER BY v.serial LIMIT 1`,
    ),
  );
  const readLast = rowOf<{ serial: number }>(
    sqlite,
    'SELECT serial FROM vouchers WHERE dispenser_id = ? ORDER BY serial DESC LIMIT 1',
  );
  const readOverdue = rowsOf<VoucherRow>(sqlite, select(`v.state = 'open' AND v.expires_at < ? ORDER BY v.expires_at LIMIT ?`));

  function codeOf({ dispenserId, dispenserNumber, serial, epoch, slot, expiresAt }: VoucherRow): string | null {
    const rootKey = dispensers.byId(dispenserId)?.rootKey;
    if (!rootKey) return null;
    return voucherText(mintVoucher(rootKey, { dispenserNumber, serial, keyEpoch: epoch, expiresAtMs: expiresAt, slot }));
  }

  const view = (row: VoucherRow): Voucher => ({
    id: row.id,
    saleId: row.saleId,
    lineId: row.lineId,
    productId: row.productId,
    productName: row.productName ?? '',
    dispenserId: row.dispenserId,
    dispenserName: dispensers.byId(row.dispenserId)?.name ?? '',
    serial: row.serial,
    state: row.state,
    expiresAt: isoTime(row.expiresAt),
    code: codeOf(row),
  });

  return {
    row: (id) => readOne(id),
    bySerial: (dispenserId, serial) => readSerial(dispenserId, serial),
    receiptOf: (dispenserId, serial) => readReceipt(dispenserId, serial)?.receipt ?? null,
    holdsUnmatched: ({ dispenserId, serial, unit, outcome }) => readUnmatched(dispenserId, serial, unit, outcome) !== undefined,
    ofLine: (saleId, lineId) => readLine(saleId, lineId),
    ofUnit: (voucher) =>
      voucher.saleId === null || voucher.lineId === null
        ? [voucher]
        : readLine(voucher.saleId, voucher.lineId).filter(({ unit }) => unit === voucher.unit),
    ofSale: (saleId) => readSale(saleId).map(view),
    list: (state, after, limit) => readState(state, after?.expiresAt ?? 0, after?.id ?? '', limit),
    listed({ receipt, ...row }) {
      const { code: _, ...voucher } = view(row);
      return { ...voucher, receipt };
    },
    view,
    overdue: (before, limit) => readOverdue(before, limit),
    nextToClear: (dispenserId, epoch, afterSerial) => readToClear(dispenserId, afterSerial, epoch),
    lastSerial: (dispenserId) => readLast(dispenserId)?.serial ?? 0,
  };
}
