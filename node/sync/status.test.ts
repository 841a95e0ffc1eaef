// How often the centre hears how a node stands: never so seldom that a dashboard dims it, at once when it has news, not with each sale.
import { expect, test } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import { MAX_POURING, type NodeStatus } from '#schema/wire/sync';
import type { SyncState } from '#schema/wire/till';
import type { Centre } from './centre.ts';
import { startStatus } from './status.ts';

function telling() {
  const clock = handClock(1_000_000);
  const heard: { at: number; waiting: number; online: number }[] = [];
  const poured: NodeStatus['devices']['pouring'][] = [];
  const stand = {
    waiting: 0,
    online: 2,
    link: 'online' as SyncState['link'],
    centreAnswers: true,
    pouring: [] as NodeStatus['devices']['pouring'],
  };
  const status = startStatus({
    centre: {
      enrolled: { nodeId: 'node', storeId: 'store', serverUrl: 'http://centre.test', centrePublicKey: '' },
      async fetch(_, init) {
        const { waiting, devices } = JSON.parse(String(init?.body)) as NodeStatus;
        heard.push({ at: clock.now() - 1_000_000, waiting, online: devices.online });
        poured.push(devices.pouring);
        if (!stand.centreAnswers) throw new Error('no answer');
        return Response.json({ now: 0, acknowledged: { generation: 1, seq: 1 }, held: [] });
      },
    } as Centre,
    clock,
    onHeld: () => {},
    version: '1.0.0',
    head: () => ({ generation: 1, seq: heard.length }),
    sync: () => ({ link: stand.link, waiting: stand.waiting, oldestWaitingAt: null }) as SyncState,
    devices: () => ({ total: 2, online: stand.online }),
    pouring: () => stand.pouring,
  });
  return { clock, heard, poured, stand, status, times: () => heard.map(({ at }) => at) };
}

test('[OPS-03] a quiet store is heard of often enough that no dashboard dims it, also when one word is lost', async () => {
  const { clock, times, stand, status } = telling();
  await clock.pass(9_000);
  stand.centreAnswers = false;
  await clock.pass(4_000);
  stand.centreAnswers = true;
  await clock.pass(8_000);
  const gaps = times()
    .slice(1)
    .map((at, index) => at - (times()[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
  status.stop();
  const before = times().length;
  await clock.pass(60_000);
  expect(times()).toHaveLength(before);
});

test('[OPS-03] a device that fell silent and a queue that grows are told at once', async () => {
  const { clock, heard, stand, status } = telling();
  await clock.pass(2_000);
  stand.online = 1;
  status.changed();
  await clock.pass(250);
  expect(heard.at(-1)).toEqual({ at: 2_250, waiting: 0, online: 1 });
  stand.waiting = 7;
  status.changed();
  await clock.pass(1_000);
  expect(heard.at(-1)).toEqual({ at: 3_250, waiting: 7, online: 1 });
});

test('[OPS-03] a busy till whose sales arrive at once adds nothing, and its queue is told once a second at most', async () => {
  const { clock, heard, stand, status, times } = telling();
  const sell = async (arrives: boolean) => {
    stand.waiting += 1;
    status.changed();
    await clock.pass(20);
    if (arrives) stand.waiting -= 1;
    status.changed();
    await clock.pass(80);
  };
  await clock.pass(0);
  for (let sale = 0; sale < 100; sale++) await sell(true);
  expect(times()).toEqual([0, 4_000, 8_000]);
  for (let sale = 0; sale < 50; sale++) await sell(false);
  expect(heard.length).toBeGreaterThan(5);
  expect(heard.length).toBeLessThan(11);
});

test('[OPS-03] what is poured is told along with the rest, so many at most, and no word is said for it alone', async () => {
  const { clock, poured, stand, status, times } = telling();
  const pour = (count: number) => Array.from({ length: count }, (_, at) => ({ deviceId: `water-${at}`, receipt: 'T1A-000412' }));
  await clock.pass(1_000);
  stand.pouring = pour(1);
  status.changed();
  await clock.pass(1_000);
  stand.pouring = [];
  status.changed();
  await clock.pass(1_900);
  stand.pouring = pour(MAX_POURING + 1);
  await clock.pass(2_000);
  expect(times()).toEqual([0, 4_000]);
  expect(poured).toEqual([[], pour(MAX_POURING)]);
});

test('without a link sales add nothing', async () => {
  const { clock, times, stand, status } = telling();
  stand.link = 'offline';
  stand.centreAnswers = false;
  for (let sale = 0; sale < 100; sale++) {
    stand.waiting += 1;
    status.changed();
    await clock.pass(100);
  }
  expect(times().length).toBeLessThan(12);
});
