// A digit picks from the menu; a scan under the open menu picks nothing.
import { expect, test } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import { menuActions } from './menu-actions.ts';

function menu() {
  const clock = handClock();
  const picked: number[] = [];
  const actions = menuActions(clock);
  return { clock, picked, close: actions.take((place) => picked.push(place)), ...actions };
}

test('1 picks the first, 0 the tenth, and only once nothing follows', async () => {
  const { type, clock, picked } = menu();
  type('1');
  expect(picked).toEqual([]);
  await clock.pass(130);
  type('0');
  await clock.pass(130);
  expect(picked).toEqual([0, 9]);
});

test('check 12: the digits of a scan pick nothing', async () => {
  const { type, clock, picked } = menu();
  for (const digit of '8991234567892') {
    type(digit);
    await clock.pass(20);
  }
  await clock.pass(500);
  expect(picked).toEqual([]);
  type('2');
  await clock.pass(130);
  expect(picked).toEqual([1]);
});

test('a closed menu picks nothing', async () => {
  const { type, clock, picked, close } = menu();
  type('1');
  close();
  await clock.pass(130);
  expect(picked).toEqual([]);
});
