// What paid units of dispensable goods came to: each is dispensed, refunded or still open, never two of them. So
//
//   paid = dispensed + refunded + open      in units and in money
//   poured = dispensed + lost               where a manager took the risk of a refund, or somebody made sure of the wrong thing
//
// in every row and in all of them. Node and centre add the same rows up from the same facts.
import type { Currency } from '../values/currency.ts';
import { shareUpTo } from './refund.ts';
import type { Counted } from './report.ts';
import type { VoucherState } from './voucher.ts';

export interface PaidLine {
  saleId: string;
  lineId: string;
  businessDate: string;
  /** Units of goods that a dispenser pours, and what they cost together. */
  quantity: number;
  total: number;
}

export interface UnitVoucher {
  id: string;
  /** With the line and the unit that paid for it; null where the centre asked for it, which is a unit that was paid there. */
  saleId: string | null;
  lineId: string | null;
  unit: number | null;
  /** Of a unit that the centre asked for, its first voucher. */
  firstId: string;
  businessDate: string;
  dispenserId: string;
  state: VoucherState;
  refunded: boolean;
}

export interface DispensingRow {
  /** When it was sold. */
  businessDate: string;
  /** Where it was poured, or is promised; null where it never was. */
  dispenserId: string | null;
  paid: Counted;
  dispensed: Counted;
  refunded: Counted;
  open: Counted;
  /** Of those open: with a good voucher, and those of which nobody knows. The others wait for a person. */
  waiting: number;
  uncertain: number;
  /** Poured beyond what was paid, at the price of what was. */
  lost: Counted;
}

const standings = ['refunded', 'dispensed', 'open'] as const;

type Standing = (typeof standings)[number];

/** The vouchers of one unit, oldest first. */
type Unit = readonly UnitVoucher[];

const pours = (unit: Unit) => unit.filter(({ state }) => state === 'dispensed');

const standingOf = (unit: Unit): Standing =>
  unit.some(({ refunded }) => refunded) ? 'refunded' : pours(unit).length > 0 ? 'dispensed' : 'open';

const placeOf = (unit: Unit): string | null => (pours(unit).at(0) ?? unit.at(-1))?.dispenserId ?? null;

interface StandingUnit {
  dispenserId: string | null;
  standing: Standing;
  newest: VoucherState | undefined;
  amount: number;
  lost: number;
}

/** The units of a line cost what refunds of it give back: those that came back the first shares, as refunds were counted. */
function standingUnits(units: readonly Unit[], total: number, currency: Currency): StandingUnit[] {
  const ordered = standings.flatMap((standing) => units.filter((unit) => standingOf(unit) === standing));
  const upTo = (part: number) => shareUpTo(total, part, units.length, currency);
  return ordered.map((unit, index) => {
    const standing = standingOf(unit);
    return {
      dispenserId: placeOf(unit),
      standing,
      newest: unit.at(-1)?.state,
      amount: upTo(index + 1) - upTo(index),
      lost: pours(unit).length - (standing === 'dispensed' ? 1 : 0),
    };
  });
}

const none = (): Counted => ({ count: 0, amount: 0 });

function add(sum: Counted, count: number, amount: number): void {
  sum.count += count;
  sum.amount += count * amount;
}

const oldestFirst = (one: UnitVoucher, other: UnitVoucher) => (one.id < other.id ? -1 : 1);

/** By day, then by dispenser. Of the vouchers all that belong to these lines, in any order, and those that the centre asked for. */
export function dispensingRows(
  lines: readonly PaidLine[],
  vouchers: readonly UnitVoucher[],
  currency: Currency,
): DispensingRow[] {
  const rows = new Map<string, DispensingRow>();
  const count = (businessDate: string, { dispenserId, standing, newest, amount, lost }: StandingUnit) => {
    const key = `${businessDate} ${dispenserId ?? ''}`;
    const row = rows.get(key) ?? newRow(businessDate, dispenserId);
    rows.set(key, row);
    add(row.paid, 1, amount);
    add(row[standing], 1, amount);
    add(row.lost, lost, amount);
    if (standing === 'open' && newest === 'open') row.waiting += 1;
    if (standing === 'open' && newest === 'uncertain') row.uncertain += 1;
  };
  const ofLine = new Map<string, UnitVoucher[]>();
  for (const voucher of [...vouchers].sort(oldestFirst)) {
    const key = voucher.saleId === null ? voucher.firstId : `${voucher.saleId} ${voucher.lineId}`;
    ofLine.set(key, [...(ofLine.get(key) ?? []), voucher]);
  }
  for (const { saleId, lineId, businessDate, quantity, total } of lines) {
    const issued = ofLine.get(`${saleId} ${lineId}`) ?? [];
    const units = Array.from({ length: quantity }, (_, index) => issued.filter(({ unit }) => unit === index));
    for (const unit of standingUnits(units, total, currency)) count(businessDate, unit);
  }
  for (const first of vouchers) {
    if (first.saleId !== null || first.id !== first.firstId) continue;
    const unit = (ofLine.get(first.id) ?? []).filter(({ firstId }) => firstId === first.id);
    for (const asked of standingUnits([unit], 0, currency)) count(first.businessDate, asked);
  }
  return [...rows.keys()].sort().map((key) => rows.get(key) as DispensingRow);
}

/** What all of these come to. */
export function dispensingSum(rows: readonly DispensingRow[]): Omit<DispensingRow, 'businessDate' | 'dispenserId'> {
  const { businessDate: _, dispenserId: __, ...sum } = newRow('', null);
  for (const row of rows) {
    for (const part of ['paid', ...standings, 'lost'] as const) {
      sum[part].count += row[part].count;
      sum[part].amount += row[part].amount;
    }
    sum.waiting += row.waiting;
    sum.uncertain += row.uncertain;
  }
  return sum;
}

const newRow = (businessDate: string, dispenserId: string | null): DispensingRow => ({
  businessDate,
  dispenserId,
  paid: none(),
  dispensed: none(),
  refunded: none(),
  open: none(),
  waiting: 0,
  uncertain: 0,
  lost: none(),
});
