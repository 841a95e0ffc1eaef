// Business days that stores closed, as their facts say.
import { index, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import type { DayClosed } from '../../facts/day-closed.ts';
import { at, id, whole, words } from './columns.ts';

export const dayReports = pgTable(
  'day_reports',
  {
    storeId: id(),
    id: id(),
    generation: whole(),
    number: whole(),
    tillId: id(),
    businessDate: words(),
    firstDate: words(),
    currency: words(),
    closedAt: at(),
    closedBy: uuid(),
    approvedBy: uuid(),
    vouchersOpen: whole(),
    totals: jsonb().$type<DayClosed['totals']>().notNull(),
    covers: jsonb().$type<DayClosed['covers']>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('day_reports_by_time').on(table.storeId, table.closedAt, table.id),
    index('day_reports_by_number').on(table.storeId, table.number),
  ],
);
