// Reads of the people of the stores' tills. Hashes of PINs and badges are not read here: nobody at the centre needs them.
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { staff } from '#schema/tables/central/staff';
import { ok, type Result } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { Staff } from '#schema/wire/staff';
import type { Drizzle } from '../../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../../base/page.ts';

const staffRow = {
  id: staff.id,
  storeId: staff.storeId,
  name: staff.name,
  role: staff.role,
  badge: sql<boolean>`${staff.badgeHash} IS NOT NULL`,
  active: staff.active,
  version: staff.version,
};

interface StaffQuery {
  storeId?: string;
  active?: string;
  limit?: string;
  after?: string;
}

export async function listStaff(db: Drizzle, query: StaffQuery): Promise<Result<Page<Staff>, 'bad-cursor'>> {
  const cursor = readCursor<[string, string, string]>(query.after, ['id', 'string', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const where: (SQL | undefined)[] = [
    query.storeId === undefined ? undefined : eq(staff.storeId, query.storeId),
    query.active === undefined ? undefined : eq(staff.active, query.active === 'true'),
  ];
  if (cursor.value) {
    const [storeId, name, id] = cursor.value;
    where.push(sql`(${staff.storeId}, ${staff.name}, ${staff.id}) > (${storeId}, ${name}, ${id})`);
  }
  const rows = await db
    .select(staffRow)
    .from(staff)
    .where(and(...where))
    .orderBy(asc(staff.storeId), asc(staff.name), asc(staff.id))
    .limit(limit + 1);
  return ok(
    pageOf(
      rows,
      limit,
      ({ storeId, name, id }) => [storeId, name, id],
      (row) => row,
    ),
  );
}

export async function findStaff(db: Drizzle, id: string): Promise<Staff | undefined> {
  const [row] = await db.select(staffRow).from(staff).where(eq(staff.id, id));
  return row;
}
