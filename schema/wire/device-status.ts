// How the devices of the stores stand, as their nodes told it by facts: state, alerts, and what they measured.
import Type, { type Static } from 'typebox';
import { deviceKinds } from '../rules/device.ts';
import { deviceAlerts, metricPattern } from '../rules/telemetry.ts';
import { contract } from './contract.ts';
import { Amount, Count, Id, IdParams, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';

export const deviceStates = ['online', 'offline', 'fault', 'unknown'] as const;

const Metric = Type.String({ pattern: metricPattern });

const Alert = Type.Object({
  what: oneOf(...deviceAlerts),
  value: Amount,
  limit: Amount,
  since: Time,
  /** When it was over; null while it is not. */
  overAt: orNull(Time),
});

export type DeviceAlertRow = Static<typeof Alert>;

/** One stretch of time of one metric. */
const Stretch = Type.Object({
  metric: Metric,
  from: Time,
  to: Time,
  count: Count,
  min: Amount,
  max: Amount,
  mean: Amount,
  last: Amount,
});

export type TelemetryStretch = Static<typeof Stretch>;

const DeviceStatus = Type.Object({
  deviceId: Id,
  storeId: Id,
  /** `unknown` before its node has said a word about it. */
  state: oneOf(...deviceStates),
  /** What is wrong, in a word. */
  reason: orNull(Type.String()),
  since: orNull(Time),
  lastSeenAt: orNull(Time),
  firmware: orNull(Type.String()),
  /** Of the settings that it runs, and of those that it should. */
  configVersion: orNull(Count),
  wantedConfigVersion: Positive,
  /** When its node was last heard: what is said here is as old as that. */
  nodeSeenAt: orNull(Time),
  alerts: Type.Array(Alert),
  /** The last stretch of each metric. */
  latest: Type.Array(Stretch),
});

export type DeviceStatus = Static<typeof DeviceStatus>;

/** What pours came to. */
const PourCounts = Type.Object({ ok: Count, failed: Count, uncertain: Count });

export type PourCounts = Static<typeof PourCounts>;

export const DeviceGlance = Type.Object({
  id: Id,
  name: Type.String(),
  kind: oneOf(...deviceKinds),
  number: orNull(Count),
  storeCode: Type.String(),
  storeName: Type.String(),
  state: oneOf(...deviceStates),
  reason: orNull(Type.String()),
  since: orNull(Time),
  lastSeenAt: orNull(Time),
  firmware: orNull(Type.String()),
  configVersion: orNull(Count),
  wantedConfigVersion: Positive,
  /** Those that are not over, by their words. */
  alerts: Type.Array(oneOf(...deviceAlerts)),
  nodeSeenAt: orNull(Time),
  /** For how long the silence of its store is expected. */
  awayHours: orNull(Count),
  /** Of one that pours; null for any other. */
  pours: orNull(
    Type.Object({
      /** Its store's business day, and seven of them with this one. */
      today: PourCounts,
      week: PourCounts,
      lastGoodAt: orNull(Time),
    }),
  ),
  /** That it pours, as its node said when it was heard last, and for which receipt; null where no sale paid for it. */
  pouring: orNull(Type.Object({ receipt: orNull(Type.String()) })),
  /** That somebody at the store took it out of use, and who, where that was a person of its staff. */
  paused: orNull(Type.Object({ since: Time, by: orNull(Type.String()) })),
});

export type DeviceGlance = Static<typeof DeviceGlance>;

export const deviceStatusContract = contract({
  glance: {
    method: 'GET',
    path: '/api/v1/analytics/devices',
    access: { can: 'device.read' },
    summary: 'Every device and how it stands, by store and name: what the dashboard draws.',
    output: Type.Object({ now: Time, items: Type.Array(DeviceGlance) }),
  },
  show: {
    method: 'GET',
    path: '/api/v1/devices/{id}/status',
    access: { can: 'device.read' },
    summary: 'How a device stands: state, firmware, settings, open alerts, and what it measured last.',
    params: IdParams,
    output: DeviceStatus,
    refusals: { 'unknown-device': 404 },
  },
  alerts: {
    method: 'GET',
    path: '/api/v1/devices/{id}/alerts',
    access: { can: 'device.read' },
    summary: 'What a device’s readings were told about, newest first.',
    params: IdParams,
    query: pageQueryWith({}),
    output: Page(Alert),
    refusals: { 'unknown-device': 404, 'bad-cursor': 422 },
  },
  telemetry: {
    method: 'GET',
    path: '/api/v1/devices/{id}/telemetry',
    access: { can: 'device.read' },
    summary: 'What a device measured, in stretches of time, newest first; kept for a quarter of a year.',
    params: IdParams,
    query: pageQueryWith({ metric: Type.Optional(Metric) }),
    output: Page(Stretch),
    refusals: { 'unknown-device': 404, 'bad-cursor': 422 },
  },
});
