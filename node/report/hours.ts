// The day's takings by the hour of the store's clock, beside the same weekday a week before.
import { daysFrom, wallTime } from '#schema/values/time';
import type { DayChart } from '#schema/wire/report';
import { rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Store } from '../replica/store.ts';

/** Zones are apart from UTC by whole quarters of an hour. */
const QUARTER_MS = 900_000;

interface Quarter {
  quarter: number;
  takings: number;
  sales: number;
}

export type DayHours = (businessDate: string, store: Store) => DayChart;

export function openHours(sqlite: Sqlite): DayHours {
  const readQuarters = rowsOf<Quarter>(
    sqlite,
    `SELECT occurred_at / ${QUARTER_MS} AS quarter, sum(due) AS takings, count(*) AS sales
       FROM sales WHERE business_date = ? GROUP BY quarter
     UNION ALL
     SELECT occurred_at / ${QUARTER_MS} AS quarter, -sum(total + rounding) AS takings, 0 AS sales
       FROM sale_returns WHERE business_date = ? GROUP BY quarter`,
  );

  function byHour(businessDate: string, timeZone: string): { takings: number; sales: number }[] {
    const hours = Array.from({ length: 24 }, () => ({ takings: 0, sales: 0 }));
    for (const { quarter, takings, sales } of readQuarters(businessDate, businessDate)) {
      const hour = hours[Number(wallTime(quarter * QUARTER_MS, timeZone).slice(11, 13))];
      if (!hour) continue;
      hour.takings += takings;
      hour.sales += sales;
    }
    return hours;
  }

  return (businessDate, { currency, timeZone, settings }) => {
    const beforeDate = daysFrom(businessDate, -7);
    const today = byHour(businessDate, timeZone);
    const before = byHour(beforeDate, timeZone);
    const inOrder = today.map((_, index) => (index + settings.cutOverHour) % 24);
    return {
      currency,
      businessDate,
      beforeDate,
      hours: inOrder.map((hour) => ({
        hour,
        takings: today[hour]?.takings ?? 0,
        sales: today[hour]?.sales ?? 0,
        takingsBefore: before[hour]?.takings ?? 0,
      })),
    };
  };
}
