// What was done in a shift or in a run of facts, added up in groups by the database from the projections; the rule does the rest.
import { addDeeds, type Counted, type Deeds, noDeeds, type ShiftTotal, type TaxTotal } from '#schema/rules/report';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

/** Facts of one generation, the first and the last included. */
export interface Span {
  generation: number;
  from: number;
  to: number;
}

export interface DeedReader {
  inSpans(spans: readonly Span[]): Deeds;
  inShift(shiftId: string): Deeds;
  /** The first and the last business day of what was done there; null where nothing was. */
  datesIn(spans: readonly Span[]): { first: string; last: string } | null;
  /** What of them came after everything of earlier business days. */
  fromDate(spans: readonly Span[], date: string): Span[];
}

interface Scope {
  /** The condition on a table of this name that has a shift and a position. */
  of(table: string): string;
  /** The condition on shifts that were closed. */
  closed: string;
}

const bySpan: Scope = {
  of: (table) => `${table}.generation = ? AND ${table}.seq BETWEEN ? AND ?`,
  closed: 'closed_generation = ? AND closed_seq BETWEEN ? AND ?',
};

const byShift: Scope = { of: (table) => `${table}.shift_id = ?`, closed: 'id = ? AND closed_at IS NOT NULL' };

export function openDeeds(sqlite: Sqlite): DeedReader {
  const ofSpan = openScope(sqlite, bySpan);
  const ofShift = openScope(sqlite, byShift);
  const dates = openDates(sqlite);
  return {
    inSpans: (spans) => spans.map(({ generation, from, to }) => ofSpan(generation, from, to)).reduce(addDeeds, noDeeds()),
    inShift: (shiftId) => ofShift(shiftId),
    ...dates,
  };
}

/**
 * Business days never run backwards within a generation, so that the ends of a span tell them. A shift that is closed late closes no day:
 * the day is that of its sales.
 */
function openDates(sqlite: Sqlite): Pick<DeedReader, 'datesIn' | 'fromDate'> {
  const tables = ['sales', 'sale_returns', 'voided_sales', 'drawer_movements'];
  const ends = tables.flatMap((table) =>
    ['ASC', 'DESC'].map((order) =>
      rowOf<{ date: string }>(
        sqlite,
        `SELECT business_date AS date FROM ${table} WHERE ${bySpan.of(table)} ORDER BY seq ${order} LIMIT 1`,
      ),
    ),
  );
  const earlier = tables.map((table) =>
    rowOf<{ seq: number }>(
      sqlite,
      `SELECT seq FROM ${table} WHERE ${bySpan.of(table)} AND business_date < ? ORDER BY seq DESC LIMIT 1`,
    ),
  );
  return {
    datesIn(spans) {
      const dates = spans.flatMap(({ generation, from, to }) => ends.flatMap((read) => read(generation, from, to)?.date ?? []));
      const [first] = dates.sort();
      const last = dates.at(-1);
      return first === undefined || last === undefined ? null : { first, last };
    },
    fromDate: (spans, date) =>
      spans.flatMap(({ generation, from, to }) => {
        const before = Math.max(from - 1, ...earlier.map((read) => read(generation, from, to, date)?.seq ?? 0));
        return before < to ? [{ generation, from: before + 1, to }] : [];
      }),
  };
}

function openScope(sqlite: Sqlite, { of, closed }: Scope): (...position: (string | number)[]) => Deeds {
  const reader = <Row>(sql: string) => rowsOf<Row>(sqlite, sql);
  const sales = reader<Deeds['sales'][number]>(
    `SELECT count(*) AS count, coalesce(sum(total), 0) AS total, coalesce(sum(discounted > 0), 0) AS discounts,
       coalesce(sum(discounted), 0) AS discounted, coalesce(sum(tip), 0) AS tip, coalesce(sum(rounding), 0) AS rounding
     FROM sales WHERE ${of('sales')}`,
  );
  const returns = reader<Deeds['returns'][number]>(
    `SELECT count(*) AS count, coalesce(sum(total), 0) AS total, coalesce(sum(rounding), 0) AS rounding
     FROM sale_returns WHERE ${of('sale_returns')}`,
  );
  const voids = reader<Counted>(
    `SELECT count(*) AS count, coalesce(sum(total), 0) AS amount FROM voided_sales WHERE ${of('voided_sales')}`,
  );
  const taken = reader<Deeds['taken'][number]>(
    `SELECT t.method, t.state, count(*) AS count, sum(t.amount) AS amount
     FROM sales s JOIN sale_tenders t ON t.sale_id = s.id WHERE ${of('s')} GROUP BY t.method, t.state`,
  );
  const givenBack = reader<Deeds['givenBack'][number]>(
    `SELECT r.method, count(*) AS count, sum(r.amount) AS amount
     FROM sale_returns b JOIN refunds r ON r.return_id = b.id WHERE ${of('b')} GROUP BY r.method`,
  );
  const soldTaxes = reader<TaxTotal>(
    `SELECT l.tax_rate AS rate, sum(l.net) AS net, sum(l.tax) AS tax
     FROM sales s JOIN sale_lines l ON l.sale_id = s.id WHERE ${of('s')} GROUP BY l.tax_rate`,
  );
  const returnedTaxes = reader<TaxTotal>(
    `SELECT l.tax_rate AS rate, sum(l.net) AS net, sum(l.tax) AS tax
     FROM sale_returns b JOIN return_lines l ON l.return_id = b.id WHERE ${of('b')} GROUP BY l.tax_rate`,
  );
  const movements = reader<Deeds['movements'][number]>(
    `SELECT kind, count(*) AS count, sum(amount) AS amount FROM drawer_movements WHERE ${of('drawer_movements')} GROUP BY kind`,
  );
  const closedShifts = reader<ShiftTotal>(
    `SELECT count(*) AS count, coalesce(sum(max(counted - expected, 0)), 0) AS over,
       coalesce(sum(max(expected - counted, 0)), 0) AS short FROM shifts WHERE ${closed}`,
  );
  return (...position) => ({
    sales: sales(...position),
    returns: returns(...position),
    voids: voids(...position),
    taken: taken(...position),
    givenBack: givenBack(...position),
    soldTaxes: soldTaxes(...position),
    returnedTaxes: returnedTaxes(...position),
    movements: movements(...position),
    closedShifts: closedShifts(...position),
  });
}
