// Reads of the stores' shifts and closed days, newest first.
import { and, desc, eq, sql } from 'drizzle-orm';
import { reportLabel } from '#schema/rules/report';
import { dayReports } from '#schema/tables/central/report';
import { shifts } from '#schema/tables/central/shift';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { StoreDayReport } from '#schema/wire/report';
import type { StoreShift } from '#schema/wire/shift';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

export async function listShifts(
  db: Drizzle,
  storeId: string,
  query: { limit?: string; after?: string },
): Promise<Result<Page<StoreShift>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const [openedAt, id] = cursor.value ?? [];
  const before = cursor.value ? sql`(${shifts.openedAt}, ${shifts.id}) < (${openedAt}, ${id}::uuid)` : undefined;
  const rows = await db
    .select()
    .from(shifts)
    .where(and(eq(shifts.storeId, storeId), before))
    .orderBy(desc(shifts.openedAt), desc(shifts.id))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, (row) => [row.openedAt, row.id], shiftOf));
}

export async function showShift(db: Drizzle, storeId: string, id: string): Promise<Result<StoreShift, 'unknown-shift'>> {
  const [row] = await db
    .select()
    .from(shifts)
    .where(and(eq(shifts.storeId, storeId), eq(shifts.id, id)));
  return row ? ok(shiftOf(row)) : refuse('unknown-shift', 'There is no such shift in this store.', { field: 'shiftId' });
}

export async function listDayReports(
  db: Drizzle,
  storeId: string,
  query: { limit?: string; after?: string },
): Promise<Result<Page<StoreDayReport>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const [closedAt, id] = cursor.value ?? [];
  const before = cursor.value ? sql`(${dayReports.closedAt}, ${dayReports.id}) < (${closedAt}, ${id}::uuid)` : undefined;
  const rows = await db
    .select()
    .from(dayReports)
    .where(and(eq(dayReports.storeId, storeId), before))
    .orderBy(desc(dayReports.closedAt), desc(dayReports.id))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, (row) => [row.closedAt, row.id], reportOf));
}

export async function showDayReport(db: Drizzle, storeId: string, id: string): Promise<Result<StoreDayReport, 'unknown-report'>> {
  const [row] = await db
    .select()
    .from(dayReports)
    .where(and(eq(dayReports.storeId, storeId), eq(dayReports.id, id)));
  return row ? ok(reportOf(row)) : refuse('unknown-report', 'There is no such report of this store.', { field: 'reportId' });
}

const reportOf = ({ closedAt, ...row }: typeof dayReports.$inferSelect): StoreDayReport => ({
  ...row,
  label: reportLabel(row.generation, row.number),
  closedAt: isoTime(closedAt),
});

function shiftOf({
  openedAt,
  closedAt,
  counted,
  expected,
  closedGeneration: _,
  closedSeq: __,
  ...row
}: typeof shifts.$inferSelect): StoreShift {
  const isCounted = counted !== null && expected !== null;
  return {
    ...row,
    openedAt: isoTime(openedAt),
    closedAt: closedAt === null ? null : isoTime(closedAt),
    count: isCounted ? { counted, expected, difference: counted - expected } : null,
  };
}
