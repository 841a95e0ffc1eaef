// Derived from the journal: shifts and their drawers, closed business days, and which facts those cover.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const shifts = sqliteTable(
  'shifts',
  {
    id: text().primaryKey(),
    tillId: text().notNull(),
    number: integer().notNull(),
    currency: text().notNull(),
    float: integer().notNull(),
    openedAt: integer().notNull(),
    openedBy: text(),
    intent: text().notNull(),
    counted: integer(),
    /** What should have been there when it was counted. */
    expected: integer(),
    countIntent: text(),
    closedAt: integer(),
    closedBy: text(),
    reason: text(),
    /** The position of its close. */
    closedGeneration: integer(),
    closedSeq: integer(),
  },
  (table) => [
    uniqueIndex('shifts_by_number').on(table.tillId, table.number),
    index('shifts_by_close').on(table.closedGeneration, table.closedSeq),
    uniqueIndex('shift_open').on(table.tillId).where(sql`closed_at IS NULL`),
  ],
);

/** Cash into and out of drawers other than by sales. */
export const drawerMovements = sqliteTable(
  'drawer_movements',
  {
    id: text().primaryKey(),
    shiftId: text()
      .notNull()
      .references(() => shifts.id),
    kind: text().notNull(),
    amount: integer().notNull(),
    reason: text().notNull(),
    businessDate: text().notNull(),
    occurredAt: integer().notNull(),
    staff: text(),
    intent: text().notNull(),
    generation: integer().notNull(),
    seq: integer().notNull(),
  },
  (table) => [
    index('drawer_movements_by_shift').on(table.shiftId),
    index('drawer_movements_by_seq').on(table.generation, table.seq),
  ],
);

/** Closed business days. A machine that took over may repeat a number that the lost one had given: each generation has its own. */
export const dayReports = sqliteTable(
  'day_reports',
  {
    id: text().primaryKey(),
    generation: integer().notNull(),
    number: integer().notNull(),
    tillId: text().notNull(),
    businessDate: text().notNull(),
    firstDate: text().notNull(),
    currency: text().notNull(),
    closedAt: integer().notNull(),
    closedBy: text(),
    approvedBy: text(),
    totals: text({ mode: 'json' }).notNull(),
    vouchersOpen: integer().notNull(),
    intent: text().notNull(),
  },
  (table) => [
    uniqueIndex('day_reports_by_number').on(table.generation, table.number),
    index('day_reports_by_date').on(table.businessDate),
    index('day_reports_by_time').on(table.closedAt, table.id),
  ],
);

/** Which facts a closed day covers: a run of each generation. */
export const daySpans = sqliteTable(
  'day_spans',
  {
    generation: integer().notNull(),
    toSeq: integer().notNull(),
    fromSeq: integer().notNull(),
    reportId: text()
      .notNull()
      .references(() => dayReports.id),
  },
  (table) => [primaryKey({ columns: [table.generation, table.toSeq] }), index('day_spans_by_report').on(table.reportId)],
);
