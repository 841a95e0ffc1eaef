// Reads of the stores' shifts, newest first.
import { and, desc, eq, sql } from 'drizzle-orm';
import { shifts } from '#schema/tables/central/shift';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
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

function shiftOf({ openedAt, closedAt, counted, expected, ...row }: typeof shifts.$inferSelect): StoreShift {
  const isCounted = counted !== null && expected !== null;
  return {
    ...row,
    openedAt: isoTime(openedAt),
    closedAt: closedAt === null ? null : isoTime(closedAt),
    count: isCounted ? { counted, expected, difference: counted - expected } : null,
  };
}
