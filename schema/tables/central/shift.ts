// Shifts of the stores' tills, as their facts tell: who had the drawer, what it should have held, and what was in it.
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, atOrNull, id, whole, wholeOrNull, words } from './columns.ts';

export const shifts = pgTable(
  'shifts',
  {
    storeId: id(),
    id: id(),
    tillId: id(),
    number: whole(),
    businessDate: words(),
    currency: words(),
    float: whole(),
    openedAt: at(),
    openedBy: uuid(),
    counted: wholeOrNull(),
    expected: wholeOrNull(),
    closedAt: atOrNull(),
    closedBy: uuid(),
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('shifts_by_time').on(table.storeId, table.openedAt, table.id),
  ],
);
