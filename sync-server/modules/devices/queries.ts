// Reads of the registry of devices.
import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { DeviceKind } from '#schema/rules/device';
import { deviceStates, devices } from '#schema/tables/central/device';
import { nodes, stores } from '#schema/tables/central/store';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { ListedDevice, RegisteredDevice } from '#schema/wire/device-registry';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

const registered = { device: devices, storeCode: stores.code };

const deviceOf = ({ device, storeCode }: { device: typeof devices.$inferSelect; storeCode: string }): RegisteredDevice => ({
  ...device,
  storeCode,
  createdAt: isoTime(device.createdAt),
});

const selectListed = (db: Drizzle) =>
  db
    .select({
      ...registered,
      told: { state: deviceStates.state, lastSeenAt: deviceStates.lastSeenAt },
      nodeSeenAt: nodes.lastSeenAt,
    })
    .from(devices)
    .innerJoin(stores, eq(stores.id, devices.storeId))
    .leftJoin(deviceStates, and(eq(deviceStates.storeId, devices.storeId), eq(deviceStates.deviceId, devices.id)))
    .leftJoin(nodes, and(eq(nodes.storeId, devices.storeId), isNull(nodes.revokedAt)));

const timeOrNull = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : isoTime(at));

const listedOf = ({ told, nodeSeenAt, ...row }: Awaited<ReturnType<typeof selectListed>>[number]): ListedDevice => ({
  ...deviceOf(row),
  state: told?.state ?? 'unknown',
  lastSeenAt: timeOrNull(told?.lastSeenAt),
  nodeSeenAt: timeOrNull(nodeSeenAt),
});

interface DeviceQuery {
  storeId?: string;
  kind?: DeviceKind;
  archived?: 'true' | 'false';
  limit?: string;
  after?: string;
}

export async function listDevices(db: Drizzle, query: DeviceQuery): Promise<Result<Page<ListedDevice>, 'bad-cursor'>> {
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
  const rows = await selectListed(db)
    .where(and(...where))
    .orderBy(asc(stores.code), asc(devices.name), asc(devices.id))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, ({ storeCode, device }) => [storeCode, device.name, device.id], listedOf));
}

export async function findDevice(db: Drizzle, id: string): Promise<RegisteredDevice | undefined> {
  const [row] = await db
    .select(registered)
    .from(devices)
    .innerJoin(stores, eq(stores.id, devices.storeId))
    .where(eq(devices.id, id));
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
