// Reads of how a device stands: what its node told, what it exceeded, what it measured and what it poured.
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { pours } from '#schema/rules/device';
import { deviceAlertRows, deviceStates, devices, deviceTelemetry, dispenserStates } from '#schema/tables/central/device';
import { staff } from '#schema/tables/central/staff';
import { nodes, stores } from '#schema/tables/central/store';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { DeviceAlertRow, DeviceGlance, DeviceStatus, TelemetryStretch } from '#schema/wire/device-status';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';
import { businessDayAt, settingsOf } from '../stores/queries.ts';
import { deviceExists } from './orders.ts';
import { recentPours } from './pours.ts';

const timeOrNull = (at: number | null | undefined) => (at === null || at === undefined ? null : isoTime(at));
const unknownDevice = () => refuse('unknown-device', 'There is no such device.', { field: 'id' });

type AlertRow = typeof deviceAlertRows.$inferSelect;
type TelemetryRow = typeof deviceTelemetry.$inferSelect;

const alertOf = ({ what, value, limit, since, overAt }: AlertRow): DeviceAlertRow => ({
  what,
  value,
  limit,
  since: isoTime(since),
  overAt: timeOrNull(overAt),
});

const stretchOf = ({ metric, fromAt, toAt, count, min, max, mean, last }: TelemetryRow): TelemetryStretch => ({
  metric,
  from: isoTime(fromAt),
  to: isoTime(toAt),
  count,
  min,
  max,
  mean,
  last,
});

export async function statusOf(db: Drizzle, id: string): Promise<DeviceStatus | undefined> {
  const [row] = await db
    .select({ device: devices, told: deviceStates, nodeSeenAt: nodes.lastSeenAt })
    .from(devices)
    .leftJoin(deviceStates, and(eq(deviceStates.storeId, devices.storeId), eq(deviceStates.deviceId, devices.id)))
    .leftJoin(nodes, and(eq(nodes.storeId, devices.storeId), isNull(nodes.revokedAt)))
    .where(eq(devices.id, id));
  if (!row) return undefined;
  const { device, told, nodeSeenAt } = row;
  const { storeId } = device;
  const alerts = await db
    .select()
    .from(deviceAlertRows)
    .where(and(eq(deviceAlertRows.storeId, storeId), eq(deviceAlertRows.deviceId, id), isNull(deviceAlertRows.overAt)))
    .orderBy(deviceAlertRows.since);
  const latest = await db
    .selectDistinctOn([deviceTelemetry.metric])
    .from(deviceTelemetry)
    .where(and(eq(deviceTelemetry.storeId, storeId), eq(deviceTelemetry.deviceId, id)))
    .orderBy(deviceTelemetry.metric, desc(deviceTelemetry.fromAt));
  return {
    deviceId: id,
    storeId,
    state: told?.state ?? 'unknown',
    reason: told?.reason ?? null,
    since: timeOrNull(told?.since),
    lastSeenAt: timeOrNull(told?.lastSeenAt),
    firmware: told?.firmware ?? null,
    configVersion: told?.configVersion ?? null,
    wantedConfigVersion: device.configVersion,
    nodeSeenAt: timeOrNull(nodeSeenAt),
    alerts: alerts.map(alertOf),
    latest: latest.map(stretchOf),
  };
}

function selectGlances(db: Drizzle) {
  const { id, name, kind, number, configVersion } = devices;
  const { code, currency, timeZone, settings } = stores;
  return db
    .select({
      device: { id, name, kind, number, configVersion },
      store: { id: stores.id, code, name: stores.name, currency, timeZone, settings },
      told: deviceStates,
      dispenser: dispenserStates,
      pausedBy: staff.name,
      nodeSeenAt: nodes.lastSeenAt,
      nodePouring: nodes.devicesPouring,
    })
    .from(devices)
    .innerJoin(stores, eq(stores.id, devices.storeId))
    .leftJoin(deviceStates, and(eq(deviceStates.storeId, devices.storeId), eq(deviceStates.deviceId, devices.id)))
    .leftJoin(dispenserStates, and(eq(dispenserStates.storeId, devices.storeId), eq(dispenserStates.deviceId, devices.id)))
    .leftJoin(staff, and(eq(staff.storeId, devices.storeId), eq(staff.id, dispenserStates.pausedBy)))
    .leftJoin(nodes, and(eq(nodes.storeId, devices.storeId), isNull(nodes.revokedAt)))
    .where(eq(devices.archived, false))
    .orderBy(stores.code, devices.name, devices.id);
}

type GlanceRow = Awaited<ReturnType<typeof selectGlances>>[number];

const noPours = { ok: 0, failed: 0, uncertain: 0 };

/** What only one that pours has. */
function pouringOf(
  { device, dispenser, pausedBy, nodePouring }: GlanceRow,
  recent: Awaited<ReturnType<typeof recentPours>>,
): Pick<DeviceGlance, 'pours' | 'pouring' | 'paused'> {
  if (!pours(device.kind)) return { pours: null, pouring: null, paused: null };
  const counts = recent.get(device.id) ?? { today: noPours, week: noPours };
  const busy = nodePouring?.find(({ deviceId }) => deviceId === device.id);
  const since = timeOrNull(dispenser?.pausedAt);
  return {
    pours: { ...counts, lastGoodAt: timeOrNull(dispenser?.lastGoodAt) },
    pouring: busy ? { receipt: busy.receipt } : null,
    paused: since === null ? null : { since, by: pausedBy },
  };
}

/** All of them at once, for whoever watches. */
export async function glanceAtDevices(db: Drizzle, now: number): Promise<DeviceGlance[]> {
  const rows = await selectGlances(db);
  const storesSeen = new Map(rows.map(({ store }) => [store.id, store]));
  const todays = [...storesSeen.values()].map((store) => ({
    storeId: store.id,
    today: businessDayAt(now, store),
  }));
  const recent = await recentPours(db, todays);
  const { deviceId, what, overAt, since } = deviceAlertRows;
  const open = await db.select({ deviceId, what }).from(deviceAlertRows).where(isNull(overAt)).orderBy(since);
  const alertsOf = new Map<string, DeviceGlance['alerts']>();
  for (const alert of open) alertsOf.set(alert.deviceId, [...(alertsOf.get(alert.deviceId) ?? []), alert.what]);
  return rows.map((row) => glanceOf(row, recent, alertsOf.get(row.device.id) ?? []));
}

function glanceOf(row: GlanceRow, recent: Awaited<ReturnType<typeof recentPours>>, alerts: DeviceGlance['alerts']): DeviceGlance {
  const { device, store, told, nodeSeenAt } = row;
  return {
    id: device.id,
    name: device.name,
    kind: device.kind,
    number: device.number,
    storeCode: store.code,
    storeName: store.name,
    state: told?.state ?? 'unknown',
    reason: told?.reason ?? null,
    since: timeOrNull(told?.since),
    lastSeenAt: timeOrNull(told?.lastSeenAt),
    firmware: told?.firmware ?? null,
    configVersion: told?.configVersion ?? null,
    wantedConfigVersion: device.configVersion,
    alerts,
    nodeSeenAt: timeOrNull(nodeSeenAt),
    awayHours: settingsOf(store).awayHours,
    ...pouringOf(row, recent),
  };
}

interface DeviceQuery {
  deviceId: string;
  metric?: string;
  limit?: string;
  after?: string;
}

export async function listAlerts(
  db: Drizzle,
  query: DeviceQuery,
): Promise<Result<Page<DeviceAlertRow>, 'bad-cursor' | 'unknown-device'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'string']);
  if (!cursor.ok) return cursor;
  if (!(await deviceExists(db, query.deviceId))) return unknownDevice();
  const { since, what, deviceId } = deviceAlertRows;
  const limit = limitOf(query);
  const before = cursor.value && sql`(${since}, ${what}) < (${cursor.value[0]}, ${cursor.value[1]})`;
  const rows = await db
    .select()
    .from(deviceAlertRows)
    .where(and(ofDevice(deviceAlertRows, query.deviceId), eq(deviceId, query.deviceId), before))
    .orderBy(desc(since), desc(what))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, (row) => [row.since, row.what], alertOf));
}

/** The keys lead with the store, which is that of the device. */
const ofDevice = (table: typeof deviceAlertRows | typeof deviceTelemetry, deviceId: string) =>
  sql`${table.storeId} = (SELECT store_id FROM ${devices} WHERE id = ${deviceId})`;

export async function listTelemetry(
  db: Drizzle,
  query: DeviceQuery,
): Promise<Result<Page<TelemetryStretch>, 'bad-cursor' | 'unknown-device'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'string']);
  if (!cursor.ok) return cursor;
  if (!(await deviceExists(db, query.deviceId))) return unknownDevice();
  const { fromAt, metric, deviceId } = deviceTelemetry;
  const limit = limitOf(query);
  const before = cursor.value && sql`(${fromAt}, ${metric}) < (${cursor.value[0]}, ${cursor.value[1]})`;
  const ofMetric = query.metric === undefined ? undefined : eq(metric, query.metric);
  const rows = await db
    .select()
    .from(deviceTelemetry)
    .where(and(ofDevice(deviceTelemetry, query.deviceId), eq(deviceId, query.deviceId), ofMetric, before))
    .orderBy(desc(fromAt), desc(metric))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, (row) => [row.fromAt, row.metric], stretchOf));
}
