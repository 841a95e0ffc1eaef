// Reads of the registry of devices.
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { DeviceKind } from '#schema/rules/device';
import { devices } from '#schema/tables/central/device';
import { stores } from '#schema/tables/central/store';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { RegisteredDevice } from '#schema/wire/device-registry';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

const selectDevices = (db: Drizzle) =>
  db.select({ device: devices, storeCode: stores.code }).from(devices).innerJoin(stores, eq(stores.id, devices.storeId));

type Row = Awaited<ReturnType<typeof selectDevices>>[number];

const deviceOf = ({ device, storeCode }: Row): RegisteredDevice => ({
  ...device,
  storeCode,
  createdAt: isoTime(device.createdAt),
});

interface DeviceQuery {
  storeId?: string;
  kind?: DeviceKind;
  archived?: 'true' | 'false';
  limit?: string;
  after?: string;
}

export async function listDevices(db: Drizzle, query: DeviceQuery): Promise<Result<Page<RegisteredDevice>, 'bad-cursor'>> {
  const cursor = readCursor<[string, string, string]>(query.after, ['string', 'string', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const where: SQL[] = [eq(devices.archived, query.archived === 'true')];
  if (query.storeId !== undefined) where.push(eq(devices.storeId, query.storeId));
  if (query.kind !== undefined) where.push(eq(devices.kind, query.kind));
  if (cursor.value) {
    const [code, name, id] = cursor.value;
    where.push(sql`(${stores.code}, ${devices.name}, ${devices.id}) > (${code}, ${name}, ${id})`);
  }
  const rows = await selectDevices(db)
    .where(and(...where))
    .orderBy(asc(stores.code), asc(devices.name), asc(devices.id))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, ({ storeCode, device }) => [storeCode, device.name, device.id], deviceOf));
}

export async function findDevice(db: Drizzle, id: string): Promise<RegisteredDevice | undefined> {
  const [row] = await selectDevices(db).where(eq(devices.id, id));
  return row && deviceOf(row);
}

/** Of the devices that there are and that were not archived. */
export async function storesOf(db: Drizzle, ids: readonly string[]): Promise<Map<string, string>> {
  const { id, storeId, archived } = devices;
  const rows = await db
    .select({ id, storeId })
    .from(devices)
    .where(and(inArray(id, [...ids]), eq(archived, false)));
  return new Map(rows.map((row) => [row.id, row.storeId]));
}
