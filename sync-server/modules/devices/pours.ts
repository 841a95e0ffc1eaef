// What dispensers pour, counted by business day as the facts tell it, and which of them somebody took out of use.
import { eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { DispenseFinished } from '#schema/facts/dispense-finished';
import type { DispenseUnmatched } from '#schema/facts/dispense-unmatched';
import type { DispenserPaused } from '#schema/facts/dispenser-paused';
import { dispenserDays, dispenserStates } from '#schema/tables/central/device';
import { stores } from '#schema/tables/central/store';
import { present } from '#schema/values/assert';
import { daysFrom } from '#schema/values/time';
import type { PourCounts } from '#schema/wire/device-status';
import { accumulate } from '../../base/accumulate.ts';
import type { Drizzle, Tx } from '../../base/database.ts';
import type { AppliedFact } from '../../base/reaction.ts';
import { businessDayAt } from '../stores/queries.ts';

/** With today. */
const WEEK_DAYS = 7;

type Pour = AppliedFact<DispenseFinished | DispenseUnmatched>;

/** One that was called off before its motor had power is no pour. */
const wasTried = ({ body: { reason } }: Pour): boolean => reason !== 'cancelled';

export async function notePours(tx: Tx, storeId: string, told: readonly Pour[]): Promise<void> {
  const pours = told.filter(wasTried);
  if (pours.length === 0) return;
  const { timeZone, currency, settings } = stores;
  const [row] = await tx.select({ timeZone, currency, settings }).from(stores).where(eq(stores.id, storeId));
  const store = present(row, 'facts are of a store');
  const counts = pours.map(({ occurredAt, body: { dispenserId, outcome } }) => ({
    storeId,
    businessDate: businessDayAt(occurredAt, store),
    deviceId: dispenserId,
    ok: Number(outcome === 'ok'),
    failed: Number(outcome === 'fail'),
    uncertain: Number(outcome === 'uncertain'),
  }));
  await accumulate(tx, dispenserDays, counts, {
    keys: ['storeId', 'businessDate', 'deviceId'],
    sums: ['ok', 'failed', 'uncertain'],
  });
  const lastGood = new Map<string, number>();
  for (const { occurredAt, body } of pours)
    if (body.outcome === 'ok') lastGood.set(body.dispenserId, Math.max(occurredAt, lastGood.get(body.dispenserId) ?? 0));
  if (lastGood.size === 0) return;
  await tx
    .insert(dispenserStates)
    .values([...lastGood].map(([deviceId, lastGoodAt]) => ({ storeId, deviceId, lastGoodAt })))
    .onConflictDoUpdate({
      target: [dispenserStates.storeId, dispenserStates.deviceId],
      set: { lastGoodAt: sql`greatest(${dispenserStates.lastGoodAt}, excluded.last_good_at)` },
    });
}

/** What an earlier machine of the store tells late is older than what is known. */
export async function notePauses(tx: Tx, told: readonly AppliedFact<DispenserPaused>[]): Promise<void> {
  const { pauseChangedAt } = dispenserStates;
  for (const { storeId, occurredAt, staff, body } of told) {
    const pause = body.paused ? { pausedAt: occurredAt, pausedBy: staff } : { pausedAt: null, pausedBy: null };
    const row = { ...pause, pauseChangedAt: occurredAt };
    await tx
      .insert(dispenserStates)
      .values({ storeId, deviceId: body.dispenserId, ...row })
      .onConflictDoUpdate({
        target: [dispenserStates.storeId, dispenserStates.deviceId],
        set: row,
        setWhere: or(isNull(pauseChangedAt), lte(pauseChangedAt, occurredAt)),
      });
  }
}

export interface StoreToday {
  storeId: string;
  /** Its business date. */
  today: string;
}

export interface DispenserPours {
  today: PourCounts;
  week: PourCounts;
}

interface PouredRow extends Record<string, unknown> {
  device_id: string;
  today: PourCounts;
  week: PourCounts;
}

/** Of each device of these stores that poured in the last days, by its id. */
export async function recentPours(db: Drizzle, of: readonly StoreToday[]): Promise<Map<string, DispenserPours>> {
  const days = sql`unnest(${sql.param(of.map(({ storeId }) => storeId))}::uuid[], ${sql.param(of.map(({ today }) => today))}::text[],
    ${sql.param(of.map(({ today }) => daysFrom(today, 1 - WEEK_DAYS)))}::text[]) AS days(store_id, today, first)`;
  const isToday = sql`FILTER (WHERE d.business_date = days.today)`;
  // Store by store, so that its key finds the few rows of its last days among those of years.
  const { rows } =
    await db.execute<PouredRow>(sql`SELECT poured.device_id, poured.today, poured.week FROM ${days} CROSS JOIN LATERAL (
    SELECT d.device_id,
      json_build_object('ok', coalesce(sum(d.ok) ${isToday}, 0), 'failed', coalesce(sum(d.failed) ${isToday}, 0),
        'uncertain', coalesce(sum(d.uncertain) ${isToday}, 0)) AS today,
      json_build_object('ok', sum(d.ok), 'failed', sum(d.failed), 'uncertain', sum(d.uncertain)) AS week
    FROM ${dispenserDays} d WHERE d.store_id = days.store_id AND d.business_date BETWEEN days.first AND days.today
    GROUP BY d.device_id) AS poured`);
  return new Map(rows.map(({ device_id: id, today, week }) => [id, { today, week }]));
}
