// What a person chose for a till is read with care, and never loosens what the store says.
import { expect, test } from 'vitest';
import { lockMinutes, readSettings, usualSettings } from './settings.ts';

test('what is kept is read back; what is not of this version, or of another hand, is as usual', () => {
  const scanner = { prefix: ']', suffix: '', gapMs: 12, swaps: { '+': '-' } };
  const chosen = { theme: 'dark' as const, textSize: 125 as const, sound: false, autoLockMinutes: 2, scanner };
  expect(readSettings(JSON.stringify(chosen))).toEqual(chosen);
  for (const text of [null, '', '{', '[]', '7', 'null', '{"theme":"pink","textSize":900,"autoLockMinutes":-1,"scanner":7}'])
    expect(readSettings(text)).toEqual(usualSettings);
});

test.each([
  [5, null, 5],
  [5, 2, 2],
  [5, 30, 5],
  [null, 2, 2],
  [null, null, null],
])('[IAM-07] a store that says %s and a till that says %s lock after %s', (store, own, minutes) => {
  expect(lockMinutes(store, own)).toBe(minutes);
});
