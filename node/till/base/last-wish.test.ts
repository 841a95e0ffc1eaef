// Which answer counts when several were asked for.
import { expect, test } from 'vitest';
import { lastWish } from './last-wish.ts';

test('a wish is late once another has begun, whichever is answered first', () => {
  const begin = lastWish();
  const first = begin();
  expect(first()).toBe(false);
  const second = begin();
  expect([first(), second()]).toEqual([true, false]);
  const elsewhere = lastWish()();
  expect([second(), elsewhere()]).toEqual([false, false]);
});
