// The state line says what is true, in the words of the specification.
import { expect, test } from 'vitest';
import type { SyncState } from '#schema/wire/till';
import type { Trouble } from '#schema/wire/trouble';
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

const said = (link: NodeLink, sync: SyncState | undefined, troubles: readonly Trouble[] = []) =>
  stateLine({ link, sync, troubles, now, language: 'en', timeZone: 'Asia/Jakarta' }).map(({ key, parts }) =>
    sayIn('en')(key, parts),
  );

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

test('[SYN-02] what is wrong with the node itself comes first, and of that what stops selling', () => {
  const trouble = (code: Trouble['code'], stopsSelling: boolean): Trouble => ({
    code,
    stopsSelling,
    since: '2026-11-20T05:00:00.000Z',
    detail: '',
    next: '',
  });
  const low = trouble('disk-low', false);
  expect(said('up', { ...synced, ...waiting }, [low])).toEqual([
    'The store box is nearly full. Sales work. Call the office.',
    '14 sales saved here, waiting to send. Oldest 12 min.',
  ]);
  expect(said('up', synced, [low, trouble('damaged', true)])).toEqual([
    'The store box is damaged. Stop selling. Call the office.',
  ]);
});
