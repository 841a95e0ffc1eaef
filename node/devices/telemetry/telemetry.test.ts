// What devices measure, on a real database: bounded on disk however much comes, told of once for each crossing, and summed up for the centre.
import { beforeEach, describe, expect, it } from 'vitest';
import { kindRules } from '#schema/rules/device';
import type { WatchSettings } from '#schema/rules/telemetry';
import { openTestShop, type TestShop } from '../test-shop.ts';
import { KEPT_MS, KEPT_ROWS, METRICS_MOST } from './readings.ts';
import { type OpenAlert, openTelemetry, type Telemetry } from './telemetry.ts';

const minute = 60_000;
const hour = 60 * minute;

let shop: TestShop;
let deviceId: string;
let settings: WatchSettings | null;
let isThere: boolean;
let shown: (readonly OpenAlert[])[];
let telemetry: Telemetry;

/** A node that starts: the database stays. */
const start = () => {
  telemetry = openTelemetry({
    ...shop,
    settingsOf: () => settings,
    isThere: () => isThere,
    onAlerts: (alerts) => void shown.push(alerts),
  });
};

beforeEach(() => {
  shop = openTestShop();
  deviceId = shop.makeId();
  settings = kindRules.fridge.config;
  isThere = true;
  shown = [];
  start();
});

const measure = async (metric: string, value: number, at?: number) => {
  telemetry.record(deviceId, [{ metric, value, at }]);
  await shop.pass(0);
};
const alerts = () => shop.facts('device.alerted').map(({ what, value, overAt }) => ({ what, value, isOver: overAt !== null }));
const rows = () => shop.sqlite.prepare<[], { count: number }>('SELECT count(*) AS count FROM telemetry_readings').get()?.count;

describe('a fridge that gets warm', () => {
  const warmFor = async (minutes: number, value = 95) => {
    for (let passed = 0; passed <= minutes; passed++) {
      await measure('temperature', value);
      if (passed < minutes) await shop.pass(minute);
    }
  };

  it('[IOT-05] is told of once when it has been for as long as is tolerated, and once when it is over', async () => {
    await warmFor(9);
    expect(alerts()).toEqual([]);
    await shop.pass(minute);
    await warmFor(30);
    expect(alerts()).toEqual([{ what: 'too-warm', value: 95, isOver: false }]);
    expect(telemetry.alerts()).toMatchObject([{ deviceId, what: 'too-warm', limit: 80 }]);
    await measure('temperature', 78);
    expect(alerts()).toHaveLength(1);
    await measure('temperature', 75);
    expect(alerts().at(-1)).toEqual({ what: 'too-warm', value: 75, isOver: true });
    expect(telemetry.alerts()).toEqual([]);
    expect(shown.map((open) => open.length)).toEqual([1, 0]);
  });

  it('[IOT-05] is told of once over restarts of the node, and since when', async () => {
    const since = shop.now();
    await warmFor(5);
    start();
    await warmFor(6);
    start();
    await warmFor(20);
    expect(shop.facts('device.alerted')).toEqual([{ deviceId, what: 'too-warm', value: 95, limit: 80, since, overAt: null }]);
  });

  it('[IOT-05] is told of once though ten readings come in one message', async () => {
    await measure('temperature', 90);
    await shop.pass(10 * minute);
    telemetry.record(
      deviceId,
      Array.from({ length: 10 }, () => ({ metric: 'temperature', value: 90 })),
    );
    await shop.pass(0);
    expect(alerts()).toHaveLength(1);
  });

  it('[IOT-05] is over also when nobody watches for it any more', async () => {
    await warmFor(10);
    settings = { ...kindRules.fridge.config, highest: null };
    await telemetry.sweep();
    expect(alerts().at(-1)).toMatchObject({ isOver: true });
    expect(telemetry.alerts()).toEqual([]);
  });
});

describe('a door', () => {
  it('[IOT-05] that stays open is told of by the time alone, as long as the device is there to say so', async () => {
    await measure('door', 1);
    isThere = false;
    await shop.pass(3 * minute);
    await telemetry.sweep();
    expect(alerts()).toEqual([]);
    isThere = true;
    await telemetry.sweep();
    await telemetry.sweep();
    expect(alerts()).toEqual([{ what: 'door-open', value: 1, isOver: false }]);
    await measure('door', 0);
    expect(alerts().at(-1)).toMatchObject({ what: 'door-open', isOver: true });
  });
});

describe('readings', () => {
  it('[IOT-05] that say the same are kept once a minute, and all of them are in the sum', async () => {
    for (let second = 0; second < 120; second++) {
      await measure('temperature', 40);
      await shop.clock.pass(1_000);
    }
    expect(rows()).toBe(2);
    await measure('temperature', 41);
    await shop.pass(hour);
    await telemetry.sweep();
    expect(shop.facts('telemetry.summed')).toMatchObject([
      { deviceId, metric: 'temperature', count: 121, min: 40, max: 41, mean: 40, last: 41 },
    ]);
    await telemetry.sweep();
    expect(shop.facts('telemetry.summed')).toHaveLength(1);
    expect(telemetry.latest(deviceId)).toMatchObject([{ metric: 'temperature', value: 41 }]);
  });

  it('[IOT-05] are forgotten after a week, and never more are kept than there is room for', async () => {
    await measure('count', 1);
    await shop.pass(KEPT_MS + 1);
    await measure('count', 2);
    await telemetry.sweep();
    expect(rows()).toBe(1);
    shop.sqlite.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${KEPT_ROWS + 500})
       INSERT INTO telemetry_readings (device_id, metric, value, at) SELECT 'x', 'y', i, ${shop.now()} FROM n`,
    );
    await telemetry.sweep();
    expect(rows()).toBe(KEPT_ROWS);
  });

  it('[IOT-05] of more things than a device can have are not taken', async () => {
    for (let number = 0; number < METRICS_MOST + 5; number++) await measure(`metric-${number}`, 1);
    expect(telemetry.latest(deviceId)).toHaveLength(METRICS_MOST);
    start();
    await measure('one-more', 1);
    expect(telemetry.latest(deviceId)).toHaveLength(METRICS_MOST);
  });

  it.each([
    ['an hour late', -hour, -hour],
    ['two days late', -48 * hour, 0],
    ['from tomorrow', 24 * hour, 0],
  ])('[IOT-05] %s are from when that can be believed', async (_, offset, believed) => {
    await measure('temperature', 40, shop.now() + offset);
    expect(telemetry.latest(deviceId)).toMatchObject([{ at: shop.now() + believed }]);
  });
});
