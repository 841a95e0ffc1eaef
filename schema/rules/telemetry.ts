// What devices measure, and when a person must be told: a reading outside its bounds for longer than is tolerated, once for each time, and
// over only when it is well inside again.
//
//   fine ── outside ──→ suspect ── still so after the tolerated time ──→ alert ── inside by the margin ──→ fine
//     ↑                   │                                               │
//     └───── inside ──────┘                          outside, or within the margin: stays

/** Whole numbers in the unit of their metric: `temperature` in tenths of a degree Celsius, `door` 1 while it is open, counts in pieces. */
export const metricPattern = '^[a-z][a-z0-9-]{0,31}$';

export interface Reading {
  metric: string;
  value: number;
  at: number;
}

export const deviceAlerts = ['too-warm', 'too-cold', 'door-open'] as const;

export type DeviceAlert = (typeof deviceAlerts)[number];

export interface AlertRule {
  what: DeviceAlert;
  metric: string;
  isOutside(value: number): boolean;
  /** Inside by more than a trembling of the sensor. */
  isWellInside(value: number): boolean;
  toleratedMs: number;
  /** As the fact tells it. */
  limit: number;
}

/** Half a degree: a sensor at its bound would else tell it again and again. */
const MARGIN = 5;
const MINUTE_MS = 60_000;

/** Bounds in the unit of their metric; null where there is none. */
export interface WatchSettings {
  lowest: number | null;
  highest: number | null;
  toleratedMinutes: number;
  doorOpenMinutes: number | null;
}

/** What a device with these settings is watched for. A margin that would leave nothing inside the bounds is made smaller. */
export function alertRules({ lowest, highest, toleratedMinutes, doorOpenMinutes }: WatchSettings): AlertRule[] {
  const room = lowest === null || highest === null ? Number.POSITIVE_INFINITY : highest - lowest;
  const margin = Math.max(0, Math.min(MARGIN, Math.floor(room / 2)));
  const toleratedMs = toleratedMinutes * MINUTE_MS;
  const rules: AlertRule[] = [];
  if (highest !== null)
    rules.push({
      what: 'too-warm',
      metric: 'temperature',
      isOutside: (value) => value > highest,
      isWellInside: (value) => value <= highest - margin,
      toleratedMs,
      limit: highest,
    });
  if (lowest !== null)
    rules.push({
      what: 'too-cold',
      metric: 'temperature',
      isOutside: (value) => value < lowest,
      isWellInside: (value) => value >= lowest + margin,
      toleratedMs,
      limit: lowest,
    });
  if (doorOpenMinutes !== null)
    rules.push({
      what: 'door-open',
      metric: 'door',
      isOutside: (value) => value !== 0,
      isWellInside: (value) => value === 0,
      toleratedMs: doorOpenMinutes * MINUTE_MS,
      limit: doorOpenMinutes,
    });
  return rules;
}

export interface Watch {
  /** Since when it is outside; null while it is fine. */
  since: number | null;
  /** Whether somebody has been told. */
  told: boolean;
  /** The last reading. */
  value: number;
}

export interface WatchStep {
  watch: Watch;
  news: 'began' | 'ended' | null;
}

const fine = (value: number): Watch => ({ since: null, told: false, value });

/** After one reading. */
export function watchReading(rule: AlertRule, before: Watch | null, { value, at }: Reading): WatchStep {
  const { since, told } = before ?? fine(value);
  if (told) {
    if (rule.isWellInside(value)) return { watch: fine(value), news: 'ended' };
    return { watch: { since, told, value }, news: null };
  }
  if (!rule.isOutside(value)) return { watch: fine(value), news: null };
  return watchTime(rule, { since: since ?? at, told, value }, at);
}

/** Time alone: a door that was left open sends nothing new. */
export function watchTime(rule: AlertRule, watch: Watch, now: number): WatchStep {
  const isDue = !watch.told && watch.since !== null && now - watch.since >= rule.toleratedMs;
  return isDue ? { watch: { ...watch, told: true }, news: 'began' } : { watch, news: null };
}

/** One stretch of readings of one metric, as it is kept while it grows. */
export interface Sum {
  from: number;
  to: number;
  count: number;
  min: number;
  max: number;
  total: number;
  last: number;
}

export function addReading(before: Sum | null, { value, at }: Reading): Sum {
  if (before === null) return { from: at, to: at, count: 1, min: value, max: value, total: value, last: value };
  const { from, to, count, min, max, total, last } = before;
  return {
    from: Math.min(from, at),
    to: Math.max(to, at),
    count: count + 1,
    min: Math.min(min, value),
    max: Math.max(max, value),
    total: total + value,
    last: at >= to ? value : last,
  };
}

export const meanOf = ({ total, count }: Sum): number => Math.round(total / count);
