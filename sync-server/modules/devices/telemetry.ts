// What devices measured, in stretches of time: each kept once under where it begins, told to others, and let go after a quarter of a year.
import { sql } from 'drizzle-orm';
import type { TelemetrySummed } from '#schema/facts/telemetry-summed';
import { deviceTelemetry } from '#schema/tables/central/device';
import { affectedRows, type Tx } from '../../base/database.ts';
import type { Event } from '../../base/outbox.ts';

const KEPT_MS = 91 * 86_400_000;

export interface Measured extends TelemetrySummed {
  id: string;
  storeId: string;
  occurredAt: number;
}

/** Answers the events of those that are new. */
export async function addTelemetry(tx: Tx, measured: readonly Measured[]): Promise<Event[]> {
  if (measured.length === 0) return [];
  const { storeId, deviceId, metric, fromAt } = deviceTelemetry;
  const added = await tx
    .insert(deviceTelemetry)
    .values(measured.map(({ id, occurredAt, from, to, ...stretch }) => ({ ...stretch, fromAt: from, toAt: to })))
    .onConflictDoNothing()
    .returning({ storeId, deviceId, metric, from: fromAt });
  const isNew = new Set(added.map(placeOf));
  // Told twice in one piece, it is the first that was kept.
  return measured
    .filter((one) => isNew.delete(placeOf(one)))
    .map(({ id, occurredAt, ...body }) => ({ id, kind: 'device-data', body, occurredAt }));
}

const placeOf = ({ storeId, deviceId, metric, from }: Pick<Measured, 'storeId' | 'deviceId' | 'metric' | 'from'>): string =>
  `${storeId} ${deviceId} ${metric} ${from}`;

export async function sweepTelemetry(tx: Tx, now: number, limit: number): Promise<number> {
  const result = await tx.execute(
    sql`DELETE FROM ${deviceTelemetry} WHERE ctid IN
      (SELECT ctid FROM ${deviceTelemetry} WHERE to_at <= ${now - KEPT_MS} ORDER BY to_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`,
  );
  return affectedRows(result);
}
