// How devices stand, as facts tell it: what is steady once, what flaps not at all, what never stops flapping once.
import { beforeEach, describe, expect, it } from 'vitest';
import { openStandings, type Standing, type Standings } from './standing.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

let shop: TestShop;
let deviceId: string;
let standings: Standings;

const standing = (state: Standing['state'], more: Partial<Standing> = {}): Standing => ({
  state,
  reason: state === 'offline' ? 'lost' : null,
  firmware: '1.0.0',
  configVersion: 1,
  ...more,
});

beforeEach(() => {
  shop = openTestShop();
  deviceId = shop.makeId();
  standings = openStandings(shop);
});

const told = () => shop.facts('device.changed').map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));
const note = (state: Standing['state'], more: Partial<Standing> = {}) =>
  standings.note(deviceId, standing(state, more), shop.now());

describe('how a device stands', () => {
  it('[IOT-02] is told when it has stood so for half a minute, once', async () => {
    note('online');
    await shop.pass(29_000);
    note('online');
    expect(told()).toEqual([]);
    await shop.pass(1_000);
    expect(told()).toEqual(['online']);
    note('online');
    await shop.pass(60_000);
    expect(shop.facts('device.changed')).toEqual([{ deviceId, ...standing('online'), lastSeenAt: expect.any(Number) }]);
  });

  it('[IOT-02] is not told for a moment away, nor again after a restart of the node', async () => {
    note('online');
    await shop.pass(30_000);
    note('offline');
    await shop.pass(20_000);
    note('online');
    await shop.pass(120_000);
    expect(told()).toEqual(['online']);
    standings.stop();
    standings = openStandings(shop);
    note('online');
    await shop.pass(60_000);
    expect(told()).toEqual(['online']);
    expect(standings.last(deviceId)).toMatchObject({ state: 'online', firmware: '1.0.0' });
  });

  it('[IOT-02] that never stays is told as that, and as it is once it does', async () => {
    for (let minute = 0; minute < 60; minute++)
      for (const state of ['online', 'offline', 'online', 'offline'] as const) {
        note(state);
        await shop.clock.pass(15_000);
      }
    await shop.pass(0);
    expect(told()).toEqual(['fault unsteady']);
    note('online');
    await shop.pass(30_000);
    expect(told()).toEqual(['fault unsteady', 'online']);
  });

  it('[IOT-04] is told with the firmware and the settings that it runs, when those change', async () => {
    note('online');
    await shop.pass(30_000);
    note('online', { configVersion: 2 });
    await shop.pass(30_000);
    note('online', { configVersion: 2, reason: 'config-refused' });
    await shop.pass(30_000);
    expect(shop.facts('device.changed').map(({ configVersion, reason }) => [configVersion, reason])).toEqual([
      [1, null],
      [2, null],
      [2, 'config-refused'],
    ]);
  });
});
