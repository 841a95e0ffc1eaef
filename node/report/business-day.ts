// Which business day it is: the store's clock says, with its cut-over hour; what happens after a day was closed belongs to the next.
import { businessDate, daysFrom } from '#schema/values/time';
import { rowOf, type Sqlite } from '../base/sqlite.ts';
import type { Store } from '../replica/store.ts';

export interface BusinessDays {
  /** The day that something belongs to when it happens at this moment. */
  at(now: number, store: Store): string;
}

/** By the clock alone, whatever was closed. */
export const dayByClock = (now: number, { timeZone, settings }: Store): string =>
  businessDate(now, timeZone, settings.cutOverHour);

export function openBusinessDays(sqlite: Sqlite): BusinessDays {
  const readLast = rowOf<{ date: string | null }>(sqlite, 'SELECT max(business_date) AS date FROM day_reports');
  return {
    at(now, store) {
      const today = dayByClock(now, store);
      const closed = readLast()?.date ?? null;
      return closed === null || today > closed ? today : daysFrom(closed, 1);
    },
  };
}
