// Quantities as people read and type them.
import { expect, test } from 'vitest';
import { parseUnits, signedText, unitsText } from './quantity.ts';

test.each([
  [0, 0, '0'],
  [12, 0, '12'],
  [-3, 0, '−3'],
  [1_500, 3, '1,5'],
  [-250, 3, '−0,25'],
  [2_000, 3, '2'],
])('%d at scale %d reads %s', (quantity, scale, text) => {
  expect(unitsText(quantity, scale)).toBe(text);
});

test('a difference says its direction', () => {
  expect([2, 0, -2].map((quantity) => signedText(quantity, 0))).toEqual(['+2', '0', '−2']);
});

test.each([
  ['12', 0, 12],
  [' 7 ', 0, 7],
  ['1,5', 3, 1_500],
  ['1.25', 3, 1_250],
  ['0', 0, 0],
  ['1,5', 0, null],
  ['1,2345', 3, null],
  ['', 0, null],
  ['-1', 0, null],
  ['a', 0, null],
  ['9999999999', 0, null],
  ['9999999', 3, null],
])('%s typed at scale %d is %s', (text, scale, quantity) => {
  expect(parseUnits(text, scale)).toBe(quantity);
});
