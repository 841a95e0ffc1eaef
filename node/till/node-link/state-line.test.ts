// The state line says what is true, in the words of the specification.
import { expect, test } from 'vitest';
import type { SyncState } from '#schema/wire/till';
import { sayIn } from '../words/words.ts';
import { type NodeLink, stateLine } from './state-line.ts';

const now = Date.parse('2026-11-20T05:04:00.000Z');
const synced: SyncState = {
  link: 'online',
  lastContactAt: '2026-11-20T05:03:30.000Z',
  waiting: 0,
  oldestWaitingAt: null,
  catalogueComplete: true,
};
const waiting = { waiting: 14, oldestWaitingAt: '2026-11-20T04:52:00.000Z' };

const said = (link: NodeLink, sync: SyncState | undefined) =>
  stateLine({ link, sync, now, language: 'en', timeZone: 'Asia/Jakarta' }).map(({ key, parts }) => sayIn('en')(key, parts));

test.each<[NodeLink, SyncState | undefined, string[]]>([
  ['connecting', undefined, ['Connecting to the store box.']],
  ['up', synced, ['Everything sent 12:03.']],
  ['up', { ...synced, ...waiting }, ['14 sales saved here, waiting to send. Oldest 12 min.']],
  ['up', { ...synced, link: 'offline' }, ['No internet. Sales work as usual.']],
  [
    'up',
    { ...synced, ...waiting, link: 'offline' },
    ['No internet. Sales work as usual.', '14 sales saved here, waiting to send. Oldest 12 min.'],
  ],
  ['lost', synced, ["Can't reach the store box. Your sale is kept. Payment waits."]],
  ['back', synced, ['Store box is back. Carry on.']],
])('%s: %j says %j', (link, sync, expected) => {
  expect(said(link, sync)).toEqual(expected);
});
