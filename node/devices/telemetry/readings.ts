// Readings on disk: thinned as they come, kept for some days and never more than so many, and added up before any of them is left out.
import { addReading, type Reading, type Sum } from '#schema/rules/telemetry';
import { rowOf, rowsOf, type Sqlite, writer } from '../../base/sqlite.ts';
import { unsynced } from '../../base/unsynced.ts';

export const KEPT_ROWS = 50_000;
export const KEPT_MS = 7 * 86_400_000;
/** What measures other things than so many is not believed. */
export const METRICS_MOST = 16;
/** A reading that says the same is kept once in so long, and none sooner after the one before. */
const SAME_EVERY_MS = 60_000;
const ANY_EVERY_MS = 1_000;

export interface SumRow extends Sum {
  deviceId: string;
  metric: string;
}

export interface Readings {
  /** Those that were taken: a device that measures too many things is not believed the others. */
  add(deviceId: string, readings: readonly Reading[]): Reading[];
  /** The last of each metric. */
  latest(deviceId: string): Reading[];
  /** Oldest first. */
  since(deviceId: string, metric: string, from: number, limit: number): Reading[];
  /** Sums whose first reading is from before then. */
  sumsBegunBefore(then: number): SumRow[];
  /** Within the commit that tells of it. False where it is told already. */
  takeSum(sum: SumRow): boolean;
  prune(now: number): void;
}

export function openReadings(sqlite: Sqlite): Readings {
  const lazily = unsynced(sqlite);
  const insert = writer(sqlite, 'INSERT INTO telemetry_readings (device_id, metric, value, at) VALUES (?, ?, ?, ?)');
  const readSince = rowsOf<Reading>(
    sqlite,
    `SELECT metric, value, at FROM telemetry_readings WHERE device_id = ? AND metric = ? AND at >= ? ORDER BY at LIMIT ?`,
  );
  const readLast = rowOf<Reading>(
    sqlite,
    'SELECT metric, value, at FROM telemetry_readings WHERE device_id = ? AND metric = ? ORDER BY at DESC LIMIT 1',
  );
  const sumColumns = `device_id AS deviceId, metric, "from", "to", count, min, max, total, last`;
  const readSum = rowOf<SumRow>(sqlite, `SELECT ${sumColumns} FROM telemetry_sums WHERE device_id = ? AND metric = ?`);
  const readBegun = rowsOf<SumRow>(sqlite, `SELECT ${sumColumns} FROM telemetry_sums WHERE "from" < ? ORDER BY "from"`);
  const writeSum = writer(
    sqlite,
    `INSERT INTO telemetry_sums (device_id, metric, "from", "to", count, min, max, total, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (device_id, metric) DO UPDATE SET "from" = excluded."from", "to" = excluded."to", count = excluded.count,
       min = excluded.min, max = excluded.max, total = excluded.total, last = excluded.last`,
  );
  const dropSum = writer(sqlite, 'DELETE FROM telemetry_sums WHERE device_id = ? AND metric = ? AND count = ?');
  const dropOld = writer(sqlite, 'DELETE FROM telemetry_readings WHERE at < ?');
  const dropMost = writer(
    sqlite,
    'DELETE FROM telemetry_readings WHERE number <= (SELECT max(number) FROM telemetry_readings) - ?',
  );
  const readMetrics = rowsOf<{ metric: string }>(
    sqlite,
    `SELECT metric FROM telemetry_sums WHERE device_id = ? UNION SELECT DISTINCT metric FROM telemetry_readings WHERE device_id = ?`,
  );
  /** The last of each metric that was heard and the last that was kept, by device. */
  const known = new Map<string, Map<string, { heard: Reading; kept: Reading }>>();

  function ofDevice(deviceId: string) {
    const metrics = known.get(deviceId) ?? new Map<string, { heard: Reading; kept: Reading }>();
    if (!known.has(deviceId))
      for (const { metric } of readMetrics(deviceId, deviceId)) {
        const last = readLast(deviceId, metric);
        if (last) metrics.set(metric, { heard: last, kept: last });
      }
    known.set(deviceId, metrics);
    return metrics;
  }

  const isWorthKeeping = (kept: Reading, { value, at }: Reading): boolean =>
    at - kept.at >= (value === kept.value ? SAME_EVERY_MS : ANY_EVERY_MS);

  function addOne(deviceId: string, reading: Reading): boolean {
    const metrics = ofDevice(deviceId);
    const { metric, value, at } = reading;
    const before = metrics.get(metric);
    if (!before && metrics.size >= METRICS_MOST) return false;
    const sum = addReading(readSum(deviceId, metric) ?? null, reading);
    writeSum(deviceId, metric, sum.from, sum.to, sum.count, sum.min, sum.max, sum.total, sum.last);
    const keeps = !before || isWorthKeeping(before.kept, reading);
    if (keeps) insert(deviceId, metric, value, at);
    const heard = before && before.heard.at > at ? before.heard : reading;
    metrics.set(metric, { heard, kept: keeps ? reading : (before?.kept ?? reading) });
    return true;
  }

  return {
    add(deviceId, readings) {
      let taken: Reading[] = [];
      lazily(() => {
        taken = readings.filter((reading) => addOne(deviceId, reading));
      });
      return taken;
    },
    latest: (deviceId) => [...ofDevice(deviceId).values()].map(({ heard }) => heard),
    since: (deviceId, metric, from, limit) => readSince(deviceId, metric, from, limit),
    sumsBegunBefore: (then) => readBegun(then),
    takeSum: ({ deviceId, metric, count }) => dropSum(deviceId, metric, count) === 1,
    prune(now) {
      dropOld(now - KEPT_MS);
      dropMost(KEPT_ROWS);
    },
  };
}
