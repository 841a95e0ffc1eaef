// Rollups kept as facts are applied: takings by store, business date and hour.
import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { at, id, whole, words } from './columns.ts';

export const salesHours = pgTable(
  'sales_hours',
  {
    storeId: id(),
    /** The UTC hour that it began in, in milliseconds. */
    hour: at(),
    businessDate: words(),
    currency: words(),
    takings: whole(),
    sales: whole(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.hour, table.businessDate, table.currency] })],
);
