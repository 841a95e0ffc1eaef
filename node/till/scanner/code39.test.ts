// Bars as the standard has them.
import { expect, test } from 'vitest';
import { code39 } from './code39.ts';
import { knownCodes } from './learned.ts';

/** From the standard, a character by its nine elements, wide ones as w. */
function nine(character: string): string {
  const standard: Record<string, string> = {
    '*': '010010100',
    A: '100001001',
    '1': '100100001',
    '0': '000110100',
    K: '100000011',
    '-': '010000101',
    $: '010101000',
    '/': '010100010',
    '+': '010001010',
  };
  return (standard[character] ?? '').replaceAll('1', 'w').replaceAll('0', '1');
}

test('a code stands between two stars, one narrow gap between its characters', () => {
  expect(code39('A').join('').replaceAll('3', 'w')).toBe([nine('*'), nine('A'), nine('*')].join('1'));
});

test.each(['A', '1', '0', 'K', '-', '$', '/', '+', '*'])('%s has the wide ones of the standard', (character) => {
  const widths = code39(character).slice(10, 19).join('').replaceAll('3', 'w');
  expect(widths).toBe(nine(character));
});

test('every character of the known codes has three wide elements of nine', () => {
  for (const code of knownCodes)
    for (const [index] of [...code].entries()) {
      const widths = code39(code).slice((index + 1) * 10, (index + 1) * 10 + 9);
      expect(widths.filter((width) => width === 3)).toHaveLength(3);
    }
});
