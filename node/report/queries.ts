// Reports as they are read: what the facts come to that no closed day covers yet, what keeps that day from closing, and closed days.
import { isNothing, reportLabel, type Totals, totalsOf } from '#schema/rules/report';
import { present } from '#schema/values/assert';
import { isoTime } from '#schema/values/time';
import type { DayBlocker, DayLook, DayReport } from '#schema/wire/report';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Store } from '../replica/store.ts';
import type { Troubles } from '../trouble/troubles.ts';
import { type BusinessDays, dayByClock } from './business-day.ts';
import { openDeeds, type Span } from './deeds.ts';

/** The day that would be closed now. */
export interface OpenDay extends Pick<DayLook, 'businessDate' | 'firstDate' | 'vouchersOpen' | 'openShifts' | 'blockers'> {
  covers: Span[];
  totals: Totals;
}

export interface ReportQueries {
  openDay(now: number, store: Store): OpenDay;
  /** The day that a look at this moment is of: the one that was last sold on, while nobody has closed it. */
  openDate(now: number, store: Store): string;
  /** The business day so far, with the open shift of a till where one is named. */
  look(now: number, store: Store, tillId: string | null): DayLook;
  /** What would be closed now: all days that nobody has closed. */
  unclosed(now: number, store: Store): DayLook;
  ofShift(shiftId: string): Totals;
  intent(reportId: string): string | undefined;
  show(reportId: string): DayReport | undefined;
  /** 0 before the first. */
  lastNumber(): number;
  /** Newest first, after this moment and id. */
  list(after: { closedAt: number; id: string } | undefined, limit: number): DayReport[];
}

interface ReportRow extends Omit<DayReport, 'label' | 'closedAt' | 'totals' | 'covers'> {
  generation: number;
  closedAt: number;
  totals: string;
}

interface ReportParts {
  sqlite: Sqlite;
  days: BusinessDays;
  troubles: Pick<Troubles, 'list'>;
}

const select = (condition: string) => `
  SELECT id, generation, number, till_id AS tillId, business_date AS businessDate, first_date AS firstDate, currency, closed_at AS closedAt,
    closed_by AS closedBy, approved_by AS approvedBy, totals, vouchers_open AS vouchersOpen
  FROM day_reports WHERE ${condition}`;

export function openReports({ sqlite, days, troubles }: ReportParts): ReportQueries {
  const deeds = openDeeds(sqlite);
  const uncovered = openUncovered(sqlite);
  const closed = closedDays(sqlite);
  const countVouchers = rowOf<{ open: number }>(sqlite, `SELECT count(*) AS open FROM vouchers WHERE state = 'open'`);
  const readShifts = rowsOf<DayLook['openShifts'][number] & { openedAt: number }>(
    sqlite,
    `SELECT s.id, s.number, s.till_id AS tillId, coalesce(t.name, '') AS tillName, s.opened_at AS openedAt, s.opened_by AS openedBy
     FROM shifts s LEFT JOIN tills t ON t.id = s.till_id WHERE s.closed_at IS NULL ORDER BY s.opened_at, s.id`,
  );

  const ofShift = (shiftId: string): Totals => totalsOf(deeds.inShift(shiftId));

  function standing(now: number, store: Store): Omit<OpenDay, 'totals'> {
    const covers = uncovered();
    const dates = deeds.datesIn(covers);
    const businessDate = dates?.last ?? days.at(now, store);
    const openShifts = readShifts().map((shift) => ({ ...shift, openedAt: isoTime(shift.openedAt) }));
    const clocksOff = troubles.list().filter(({ code }) => code === 'clock-off').length;
    const blockers: DayBlocker[] = [
      { what: 'open-shift', count: openShifts.length },
      { what: 'clock-off', count: clocksOff },
      // What was sold after a day was closed belongs to the next, which is not closed before it has begun.
      { what: 'day-ahead', count: businessDate > dayByClock(now, store) ? 1 : 0 },
    ];
    return {
      covers,
      businessDate,
      firstDate: dates?.first ?? businessDate,
      vouchersOpen: countVouchers()?.open ?? 0,
      openShifts,
      blockers: blockers.filter(({ count }) => count > 0),
    };
  }

  function openDay(now: number, store: Store): OpenDay {
    const day = standing(now, store);
    return { ...day, totals: totalsOf(deeds.inSpans(day.covers)) };
  }

  return {
    ...closed,
    openDay,
    openDate: (now, store) => standing(now, store).businessDate,
    ofShift,
    look(now, store, tillId) {
      const { covers, ...day } = standing(now, store);
      const totals = totalsOf(deeds.inSpans(deeds.fromDate(covers, day.businessDate)));
      const shift = day.openShifts.find((open) => open.tillId === tillId);
      return {
        ...lookOf({ ...day, totals }, now, store),
        shift: shift ? { id: shift.id, number: shift.number, totals: ofShift(shift.id) } : null,
      };
    },
    unclosed(now, store) {
      const { covers: _, ...day } = openDay(now, store);
      return lookOf(day, now, store);
    },
  };
}

const lookOf = (day: Omit<OpenDay, 'covers'>, now: number, store: Store): DayLook => ({
  ...day,
  at: isoTime(now),
  currency: store.currency,
  shift: null,
  isEmpty: isNothing(day.totals),
});

function closedDays(sqlite: Sqlite): Pick<ReportQueries, 'intent' | 'show' | 'lastNumber' | 'list'> {
  const readIntent = rowOf<{ intent: string }>(sqlite, 'SELECT intent FROM day_reports WHERE id = ?');
  const readReport = rowOf<ReportRow>(sqlite, select('id = ?'));
  const readPage = rowsOf<ReportRow>(sqlite, select('(closed_at, id) < (?, ?) ORDER BY closed_at DESC, id DESC LIMIT ?'));
  const readSpans = rowsOf<Span>(
    sqlite,
    'SELECT generation, from_seq AS "from", to_seq AS "to" FROM day_spans WHERE report_id = ? ORDER BY generation, to_seq',
  );
  const readLast = rowOf<{ number: number }>(sqlite, 'SELECT coalesce(max(number), 0) AS number FROM day_reports');

  const shown = ({ generation, closedAt, totals, ...row }: ReportRow): DayReport => ({
    ...row,
    label: reportLabel(generation, row.number),
    closedAt: isoTime(closedAt),
    totals: JSON.parse(totals) as Totals,
    covers: readSpans(row.id),
  });

  return {
    intent: (reportId) => readIntent(reportId)?.intent,
    show(reportId) {
      const row = readReport(reportId);
      return row && shown(row);
    },
    lastNumber: () => present(readLast(), 'an aggregate has a row').number,
    list: (after, limit) => readPage(after?.closedAt ?? Number.MAX_SAFE_INTEGER, after?.id ?? '', limit).map(shown),
  };
}

/** The facts after the last that a closed day covers, for each generation: late ones of a lost machine are in the next day's report. */
function openUncovered(sqlite: Sqlite): () => Span[] {
  const read = rowsOf<Span>(
    sqlite,
    `SELECT generation, "from", "to" FROM (
       SELECT g.generation,
         coalesce((SELECT max(d.to_seq) FROM day_spans d WHERE d.generation = g.generation), g.first_seq - 1) + 1 AS "from",
         (SELECT max(f.seq) FROM facts f WHERE f.generation = g.generation) AS "to"
       FROM generations g)
     WHERE "from" <= "to" ORDER BY generation`,
  );
  return () => read();
}
