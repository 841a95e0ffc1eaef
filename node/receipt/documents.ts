// What a print job or a screen asks for, as blocks: read from the node's own records at the moment of drawing, so that no code of a voucher
// lies in the queue.
import type { StoreLanguage } from '#schema/rules/settings';
import { assert, present } from '#schema/values/assert';
import { wallTime } from '#schema/values/time';
import type { PrinterProfile, PrintJobKind } from '#schema/wire/print';
import type { ReceiptBlock } from '#schema/wire/receipt';
import type { Voucher } from '#schema/wire/voucher';
import { rowOf, type Sqlite } from '../base/sqlite.ts';
import type { VoucherQueries } from '../dispense/queries.ts';
import type { Store, StoreReplica } from '../replica/store.ts';
import type { ReportQueries } from '../report/queries.ts';
import type { ReturnQueries } from '../return/queries.ts';
import type { SaleQueries } from '../sale/queries.ts';
import type { ShiftQueries } from '../shift/queries.ts';
import { xReport, zReport } from './day-report.ts';
import { returnReceipt } from './return-receipt.ts';
import { saleReceipt } from './sale-receipt.ts';
import { shiftSlip } from './shift-slip.ts';
import { trialPage } from './trial-page.ts';
import { voucherSlips } from './voucher-slip.ts';

export interface Asked {
  kind: Exclude<PrintJobKind, 'drawer'>;
  subjectId: string | null;
  language: StoreLanguage;
  copy: boolean;
}

interface Wording {
  language: StoreLanguage;
  copy: boolean;
}

export interface Documents {
  /** Of this store's own papers. */
  language(): StoreLanguage;
  receipt(saleId: string, more: Wording): ReceiptBlock[];
  returned(returnId: string, more: Wording): ReceiptBlock[];
  /** The day so far. */
  look(language: StoreLanguage, now: number): ReceiptBlock[];
  dayReport(reportId: string, more: Wording): ReceiptBlock[];
  /** The subject must exist. */
  draw(asked: Asked, printer: { name: string; profile: PrinterProfile }, now: number): ReceiptBlock[];
  isVoucher(id: string): boolean;
  /** The open vouchers that a slip can be printed for. */
  openVouchers(kind: 'voucher' | 'vouchers', subjectId: string): PrintableVoucher[];
}

type PrintableVoucher = Voucher & { code: string };

interface DocumentParts {
  sqlite: Sqlite;
  stores: StoreReplica;
  sales: SaleQueries;
  returns: ReturnQueries;
  vouchers: VoucherQueries;
  shifts: ShiftQueries;
  reports: ReportQueries;
}

const isPrintable = (voucher: Voucher): voucher is PrintableVoucher => voucher.state === 'open' && voucher.code !== null;

export function openDocuments({ sqlite, stores, sales, returns, vouchers, shifts, reports }: DocumentParts): Documents {
  const readTill = rowOf<{ name: string }>(sqlite, 'SELECT name FROM tills WHERE id = ?');
  const readSeller = rowOf<{ name: string }>(sqlite, 'SELECT name FROM staff WHERE id = ?');

  function current(): Store {
    const store = stores.current();
    assert(store, 'what is printed belongs to a store');
    return store;
  }

  const headOf = ({ name, address, currency, timeZone, settings }: Store) => ({ name, address, currency, timeZone, ...settings });

  function openVouchers(kind: 'voucher' | 'vouchers', subjectId: string): PrintableVoucher[] {
    const row = kind === 'voucher' ? vouchers.row(subjectId) : undefined;
    const found = row ? [vouchers.view(row)] : vouchers.ofSale(subjectId);
    return found.filter(isPrintable);
  }

  const sellerOf = (staffId: string | null): string | null => (staffId === null ? null : (readSeller(staffId)?.name ?? null));

  function receipt(saleId: string, more: Wording): ReceiptBlock[] {
    const sale = sales.show(saleId);
    const till = readTill(sale.tillId)?.name ?? '';
    return saleReceipt({ ...more, sale, store: headOf(current()), till, seller: sellerOf(sale.staffId) });
  }

  function returned(returnId: string, more: Wording): ReceiptBlock[] {
    const taken = present(returns.show(returnId), `no return ${returnId}`);
    const till = readTill(taken.tillId)?.name ?? '';
    return returnReceipt({ ...more, taken, store: headOf(current()), till, seller: sellerOf(taken.staffId) });
  }

  function look(language: StoreLanguage, now: number): ReceiptBlock[] {
    const store = current();
    return xReport({ look: reports.look(now, store, null), store: headOf(store), language });
  }

  function dayReport(reportId: string, more: Wording): ReceiptBlock[] {
    const report = present(reports.show(reportId), `no report ${reportId}`);
    const people = { closedBy: sellerOf(report.closedBy), approvedBy: sellerOf(report.approvedBy) };
    return zReport({ ...more, ...people, report, store: headOf(current()) });
  }

  function slipOfShift(shiftId: string, more: Wording): ReceiptBlock[] {
    const shift = shifts.show(shiftId);
    const people = { openedBy: sellerOf(shift.openedBy), closedBy: sellerOf(shift.closedBy) };
    const counted = { shift, sums: shifts.sums(shiftId), totals: reports.ofShift(shiftId) };
    return shiftSlip({ ...more, ...people, ...counted, store: headOf(current()), till: readTill(shift.tillId)?.name ?? '' });
  }

  return {
    language: () => current().settings.languages[0] ?? 'id',
    receipt,
    returned,
    look,
    dayReport,
    isVoucher: (id) => vouchers.row(id) !== undefined,
    openVouchers,
    draw({ kind, subjectId, language, copy }, printer, now) {
      const store = headOf(current());
      if (kind === 'test') return trialPage({ store, printer, at: wallTime(now, store.timeZone).slice(0, 16), language });
      if (kind === 'x-report') return look(language, now);
      assert(subjectId, `a print job of the kind ${kind} has a subject`);
      if (kind === 'receipt') return receipt(subjectId, { language, copy });
      if (kind === 'return') return returned(subjectId, { language, copy });
      if (kind === 'day-report') return dayReport(subjectId, { language, copy });
      if (kind === 'shift') return slipOfShift(subjectId, { language, copy });
      return voucherSlips({ vouchers: openVouchers(kind, subjectId), store, language, copy });
    },
  };
}
