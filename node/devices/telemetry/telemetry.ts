// What devices measure, from a reading to those who must know: kept and added up, watched by the settings of its device, told to staff when it
// is outside its bounds for too long, and to the centre as sums.
import { deviceAlerted } from '#schema/facts/device-alerted';
import { telemetrySummed } from '#schema/facts/telemetry-summed';
import {
  type AlertRule,
  alertRules,
  type DeviceAlert,
  meanOf,
  type Reading,
  type Watch,
  type WatchSettings,
  type WatchStep,
  watchReading,
  watchTime,
} from '#schema/rules/telemetry';
import { ok } from '#schema/values/result';
import type { Log } from '../../base/log.ts';
import { rowOf, rowsOf, type Sqlite, writer } from '../../base/sqlite.ts';
import type { Journal } from '../../journal/commit.ts';
import { openReadings, type Readings } from './readings.ts';

const SUM_MS = 3_600_000;
/** A device's clock is believed as far as this; else what it sends is from now. */
const LATE_MOST_MS = 86_400_000;

export interface OpenAlert {
  deviceId: string;
  what: DeviceAlert;
  value: number;
  limit: number;
  since: number;
}

export interface Telemetry {
  record(deviceId: string, readings: readonly { metric: string; value: number; at?: number | undefined }[]): void;
  latest: Readings['latest'];
  since: Readings['since'];
  alerts(): OpenAlert[];
  /** What time alone makes of it: a door that stays open, settings that changed, an hour that is over. */
  sweep(): Promise<void>;
}

interface TelemetryParts {
  sqlite: Sqlite;
  journal: Journal;
  now: () => number;
  log: Log;
  /** How a device is watched; null where it is not. */
  settingsOf(deviceId: string): WatchSettings | null;
  isThere(deviceId: string): boolean;
  /** Alerts that are open changed. */
  onAlerts(alerts: readonly OpenAlert[]): void;
}

type WatchRow = Omit<OpenAlert, 'value'> & { value: number; told: 0 | 1 };

export function openTelemetry(parts: TelemetryParts): Telemetry {
  const { sqlite, journal, now, log, settingsOf, isThere, onAlerts } = parts;
  const readings = openReadings(sqlite);
  const columns = 'device_id AS deviceId, what, since, told, value, "limit"';
  const readAll = rowsOf<WatchRow>(sqlite, `SELECT ${columns} FROM device_watches ORDER BY since`);
  const readOne = rowOf<WatchRow>(sqlite, `SELECT ${columns} FROM device_watches WHERE device_id = ? AND what = ?`);
  const write = writer(
    sqlite,
    `INSERT INTO device_watches (device_id, what, since, told, value, "limit") VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (device_id, what) DO UPDATE SET since = excluded.since, told = excluded.told, value = excluded.value, "limit" = excluded."limit"`,
  );
  const drop = writer(sqlite, 'DELETE FROM device_watches WHERE device_id = ? AND what = ?');
  const rulesOf = (deviceId: string): AlertRule[] => {
    const settings = settingsOf(deviceId);
    return settings ? alertRules(settings) : [];
  };
  const alerts = (): OpenAlert[] => readAll().flatMap(({ told, ...alert }) => (told ? [alert] : []));
  const watchOf = (row: WatchRow | undefined): Watch | null =>
    row ? { since: row.since, told: row.told === 1, value: row.value } : null;

  /** The row decides within the commit, so that each crossing is told once however many readings come meanwhile. */
  async function tell(deviceId: string, { what, limit }: Pick<AlertRule, 'what' | 'limit'>, step: WatchStep): Promise<void> {
    const { value } = step.watch;
    const isOver = step.news === 'ended';
    await journal.write((commit) => {
      const row = readOne(deviceId, what);
      if (!row || (row.told === 1) !== isOver) return ok(null);
      if (isOver) drop(deviceId, what);
      else write(deviceId, what, row.since, 1, value, limit);
      const overAt = isOver ? commit.now : null;
      commit.append(deviceAlerted, { deviceId, what, value, limit: isOver ? row.limit : limit, since: row.since, overAt });
      return ok(null);
    });
    onAlerts(alerts());
  }

  function follow(deviceId: string, rule: AlertRule, step: WatchStep): Promise<void> {
    const { since, told, value } = step.watch;
    if (step.news) return tell(deviceId, rule, step);
    if (since === null) drop(deviceId, rule.what);
    else write(deviceId, rule.what, since, told ? 1 : 0, value, rule.limit);
    return Promise.resolve();
  }

  function watch(deviceId: string, reading: Reading): void {
    for (const rule of rulesOf(deviceId)) {
      if (rule.metric !== reading.metric) continue;
      const row = readOne(deviceId, rule.what);
      const step = watchReading(rule, watchOf(row), reading);
      if (!row && step.watch.since === null) continue;
      // Suspicion stands on disk before it may become an alert.
      if (step.news === 'began' && !row) write(deviceId, rule.what, reading.at, 0, reading.value, rule.limit);
      follow(deviceId, rule, step).catch((error: unknown) => log.error({ error, deviceId }, 'an alert could not be written'));
    }
  }

  async function sweepWatches(): Promise<void> {
    for (const row of readAll()) {
      const rule = rulesOf(row.deviceId).find(({ what }) => what === row.what);
      const watched = watchOf(row) as Watch;
      // Nobody watches for it any more.
      if (!rule) {
        if (watched.told) await tell(row.deviceId, row, { watch: watched, news: 'ended' });
        else drop(row.deviceId, row.what);
      } else if (isThere(row.deviceId)) await follow(row.deviceId, rule, watchTime(rule, watched, now()));
    }
  }

  async function sweepSums(): Promise<void> {
    const due = readings.sumsBegunBefore(now() - SUM_MS);
    if (due.length === 0) return;
    await journal.write((commit) => {
      for (const sum of due) {
        const { deviceId, metric, from, to, count, min, max, last } = sum;
        if (readings.takeSum(sum))
          commit.append(telemetrySummed, { deviceId, metric, from, to, count, min, max, mean: meanOf(sum), last });
      }
      return ok(null);
    });
  }

  return {
    latest: readings.latest,
    since: readings.since,
    alerts,
    record(deviceId, heard) {
      const given = heard.map(({ metric, value, at = now() }) => {
        const isBelieved = at <= now() && at > now() - LATE_MOST_MS;
        return { metric, value, at: isBelieved ? at : now() };
      });
      const taken = readings.add(deviceId, given);
      for (const reading of taken) watch(deviceId, reading);
      if (taken.length < given.length) log.warn({ deviceId }, 'a device measures more things than are kept');
    },
    async sweep() {
      await sweepWatches();
      await sweepSums();
      readings.prune(now());
    },
  };
}
