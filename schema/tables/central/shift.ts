// Shifts of the stores' tills, as their facts tell: who had the drawer, what it should have held, and what was in it.
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { DrawerMovement } from '../../rules/drawer.ts';
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
    /** The position of its close. */
    closedGeneration: wholeOrNull(),
    closedSeq: wholeOrNull(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('shifts_by_close').on(table.storeId, table.closedGeneration, table.closedSeq),
    index('shifts_by_time').on(table.storeId, table.openedAt, table.id),
  ],
);

/** Cash into and out of drawers other than by sales, and drawers opened for nothing. */
export const drawerMovements = pgTable(
  'drawer_movements',
  {
    storeId: id(),
    id: id(),
    shiftId: id(),
    kind: words().$type<DrawerMovement>(),
    /** Negative where it went out. */
    amount: whole(),
    reason: words(),
    occurredAt: at(),
    staffId: uuid(),
    approvedBy: uuid(),
    generation: whole(),
    seq: whole(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('drawer_movements_by_shift').on(table.storeId, table.shiftId),
    index('drawer_movements_by_seq').on(table.storeId, table.generation, table.seq),
  ],
);
