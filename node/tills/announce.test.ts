// What open tills are told without asking: how the link stands, also when nothing happens, so that silence means a dead stream.
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import type { SyncState } from '#schema/wire/till';
import type { VoucherQueries } from '../dispense/queries.ts';
import type { StockQueries } from '../stock/queries.ts';
import type { Link } from '../sync/link.ts';
import { openAnnouncer } from './announce.ts';
import { openEventHub } from './events.ts';

function announcing() {
  const clock = handClock(1_000);
  const events = openEventHub(clock);
  const state = { waiting: 0 } as SyncState;
  const link = { state: () => state } as Link;
  const announcer = openAnnouncer({ events, stock: {} as StockQueries, vouchers: {} as VoucherQueries, link, clock });
  const heard: string[] = [];
  const follow = (lastEventId?: string) =>
    events.attach(
      'till',
      { writeHead() {}, on() {}, write: (text: string) => heard.push(text) } as unknown as ServerResponse,
      lastEventId,
    );
  return { clock, events, announcer, heard, follow, state };
}

const syncs = (heard: readonly string[]) => heard.filter((text) => text.includes('event: sync'));

test('[SYN-10] a quiet store tells its tills every ten seconds how it stands; a busy one soon, and not with each sale', async () => {
  const { clock, announcer, heard, follow, state } = announcing();
  follow();
  announcer.start();
  await clock.pass(40_250);
  expect(syncs(heard)).toHaveLength(5);
  state.waiting = 3;
  for (let sale = 0; sale < 50; sale++) announcer.sync();
  await clock.pass(250);
  expect(syncs(heard)).toHaveLength(6);
  expect(heard.at(-1)).toBe('event: sync\ndata: {"waiting":3}\n\n');
  announcer.stop();
  await clock.pass(60_000);
  expect(syncs(heard)).toHaveLength(6);
});

test('the words about the link push nothing out of what a till may have missed', async () => {
  const { clock, events, announcer, heard, follow } = announcing();
  events.publish('catalogue', { productIds: ['kopi'] });
  events.publish('catalogue', { productIds: ['teh'] });
  announcer.start();
  await clock.pass(10_000_000);
  follow('1001');
  expect(heard.join('')).toContain('data: {"productIds":["teh"]}');
  expect(heard.join('')).not.toContain('kopi');
});
