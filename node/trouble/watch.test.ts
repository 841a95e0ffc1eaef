// What a node notices of its own machine: a clock that is off, a disk that fills, and that both are over again.
import { expect, test } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import { openTroubles } from './troubles.ts';
import { isClockOff, startWatch } from './watch.ts';

const minute = 60_000;
const now = 1_800_000_000_000;

test.each([
  ['agrees with the centre and the journal', { clockOffset: 0, lastFactAt: now - minute }, false],
  ['is four minutes behind the last fact', { clockOffset: 0, lastFactAt: now + 4 * minute }, false],
  ['jumped back by six minutes', { clockOffset: 0, lastFactAt: now + 6 * minute }, true],
  ['is six minutes behind the centre, which corrects it', { clockOffset: 6 * minute, lastFactAt: now + 6 * minute }, true],
  ['is six minutes ahead of the centre', { clockOffset: -6 * minute, lastFactAt: now - 6 * minute }, true],
])('[SYN-02] a clock that %s', (_, { clockOffset, lastFactAt }, expected) => {
  expect(isClockOff({ now, clockOffset, lastFactAt })).toBe(expected);
});

test('[SYN-02] troubles are told once when they come and once when they are over', async () => {
  const clock = handClock();
  const troubles = openTroubles(clock);
  const told: string[][] = [];
  troubles.onChange((list) => void told.push(list.map(({ code }) => code)));
  let free = 1_000_000;
  let lastFactAt = clock.now() + 10 * minute;
  const log = { debug() {}, info() {}, warn() {}, error() {} } as never;
  const machine = { clockOffset: () => 0, lastFactAt: () => lastFactAt, freeBytes: async () => free };
  const watch = startWatch({ clock, log, troubles, dataFolder: '/nowhere', ...machine });
  await clock.pass(2 * minute);
  expect(told).toEqual([['clock-off'], ['clock-off', 'disk-low']]);
  free = 1e12;
  lastFactAt = clock.now();
  await clock.pass(minute);
  expect(told.slice(2)).toEqual([['disk-low'], []]);
  watch.stop();
});
