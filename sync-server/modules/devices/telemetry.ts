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
  const events: Event[] = [];
  for (const { id, storeId, deviceId, metric, from, to, count, min, max, mean, last, occurredAt } of measured) {
    const added = await tx
      .insert(deviceTelemetry)
      .values({ storeId, deviceId, metric, fromAt: from, toAt: to, count, min, max, mean, last })
      .onConflictDoNothing();
    if (affectedRows(added) === 1)
      events.push({
        id,
        kind: 'device-data',
        body: { storeId, deviceId, metric, from, to, count, min, max, mean, last },
        occurredAt,
      });
  }
  return events;
}

export async function sweepTelemetry(tx: Tx, now: number, limit: number): Promise<number> {
  const result = await tx.execute(
    sql`DELETE FROM ${deviceTelemetry} WHERE ctid IN
      (SELECT ctid FROM ${deviceTelemetry} WHERE to_at <= ${now - KEPT_MS} ORDER BY to_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`,
  );
  return affectedRows(result);
}
