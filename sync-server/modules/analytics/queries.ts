// The chain at a glance: what every store sold, how far behind it is, and what waits for a person.
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { salesHours } from '#schema/tables/central/analytics';
import { applyCursors, exceptions, journal, journalHeads } from '#schema/tables/central/journal';
import { nodes, stores } from '#schema/tables/central/store';
import { isoTime } from '#schema/values/time';
import type { FleetStore } from '#schema/wire/fleet';
import type { Drizzle } from '../../base/database.ts';
import { businessDayAt, settingsOf } from '../stores/queries.ts';
import { HOUR_MS } from './reacts.ts';

const hoursShown = 24;
// A business day that was never closed still shows its takings for three days.
const hoursRead = 72;

export async function fleet(db: Drizzle, now: number): Promise<FleetStore[]> {
  const rows = await selectStores(db);
  const takings = await takingsByStore(db, now - hoursRead * HOUR_MS);
  const open = await exceptionsByStore(db);
  return rows.map(({ store, node, unapplied }) => {
    const today = businessDayAt(now, store);
    const ofStore = (takings.get(store.id) ?? []).filter(({ currency }) => currency === store.currency);
    const ofToday = ofStore.filter((hour) => hour.businessDate === today);
    return {
      id: store.id,
      code: store.code,
      name: store.name,
      town: townOf(store.address),
      currency: store.currency,
      lastSeenAt: timeOrNull(node?.lastSeenAt),
      awayHours: settingsOf(store).awayHours,
      version: node?.version ?? null,
      waiting: node?.waiting ?? null,
      oldestWaitingAt: timeOrNull(node?.oldestWaitingAt),
      devices: devicesOf(node),
      businessDate: today,
      salesToday: sum(ofToday.map((hour) => hour.takings)),
      salesCount: sum(ofToday.map((hour) => hour.sales)),
      hours: hourly(ofStore, now),
      exceptions: open.get(store.id) ?? 0,
      unapplied,
    };
  });
}

const timeOrNull = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : isoTime(at));
const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** The end of an address is its town, with or without a postal code: “Jl. Braga 12, Bandung 40111”. */
function townOf(address: string | null): string | null {
  const last = address?.split(',').at(-1) ?? '';
  return last.replace(/\d[\d\s]*/g, '').trim() || null;
}

interface NodeDevices {
  devicesTotal: number | null;
  devicesOnline: number | null;
}

const devicesOf = (node: NodeDevices | null) =>
  node && node.devicesTotal !== null && node.devicesOnline !== null
    ? { total: node.devicesTotal, online: node.devicesOnline }
    : null;

function selectStores(db: Drizzle) {
  const { id, code, name, address, currency, timeZone, settings } = stores;
  const { lastSeenAt, version, waiting, oldestWaitingAt, devicesTotal, devicesOnline } = nodes;
  // Counting only what lies after the cursor: nothing to read when all is applied.
  const unapplied = sql<number>`CASE WHEN (${applyCursors.generation}, ${applyCursors.seq}) = (${journalHeads.generation}, ${journalHeads.seq})
    THEN 0 ELSE (SELECT count(*) FROM ${journal} WHERE ${journal.storeId} = ${stores.id}
      AND (${journal.generation}, ${journal.seq}) > (${applyCursors.generation}, ${applyCursors.seq})) END`;
  return db
    .select({
      store: { id, code, name, address, currency, timeZone, settings },
      node: { lastSeenAt, version, waiting, oldestWaitingAt, devicesTotal, devicesOnline },
      unapplied,
    })
    .from(stores)
    .innerJoin(journalHeads, eq(journalHeads.storeId, stores.id))
    .innerJoin(applyCursors, eq(applyCursors.storeId, stores.id))
    .leftJoin(nodes, and(eq(nodes.storeId, stores.id), isNull(nodes.revokedAt)))
    .orderBy(asc(stores.code));
}

interface HourRow {
  storeId: string;
  hour: number;
  businessDate: string;
  currency: string;
  takings: number;
  sales: number;
}

async function takingsByStore(db: Drizzle, since: number): Promise<Map<string, HourRow[]>> {
  const { storeId, hour, businessDate: date, currency, takings, sales } = salesHours;
  const rows = await db
    .select({ storeId, hour, businessDate: date, currency, takings, sales })
    .from(salesHours)
    .where(and(inArray(storeId, db.select({ id: stores.id }).from(stores)), gt(hour, since)));
  const byStore = new Map<string, HourRow[]>();
  for (const row of rows) {
    const known = byStore.get(row.storeId);
    if (known) known.push(row);
    else byStore.set(row.storeId, [row]);
  }
  return byStore;
}

function hourly(rows: readonly HourRow[], now: number): number[] {
  const first = now - (now % HOUR_MS) - (hoursShown - 1) * HOUR_MS;
  const hours = Array.from({ length: hoursShown }, () => 0);
  for (const { hour, takings } of rows) {
    const at = (hour - first) / HOUR_MS;
    if (at >= 0 && at < hoursShown) hours[at] = (hours[at] ?? 0) + takings;
  }
  return hours;
}

async function exceptionsByStore(db: Drizzle): Promise<Map<string, number>> {
  const rows = await db
    .select({ storeId: exceptions.storeId, count: sql<number>`count(*)` })
    .from(exceptions)
    .where(inArray(exceptions.state, ['open', 'waiting']))
    .groupBy(exceptions.storeId);
  return new Map(rows.map(({ storeId, count }) => [storeId, count]));
}
