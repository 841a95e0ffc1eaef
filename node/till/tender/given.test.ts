// Typing an amount: rupiah without decimals, kronor with them.
import { describe, expect, test } from 'vitest';
import type { Currency } from '#schema/values/currency';
import { amountGiven, decimalSign, fillGiven, givenText, nothingGiven, typeGiven } from './given.ts';

const typed = (keys: readonly string[], currency: Currency, start = nothingGiven) =>
  keys.reduce((given, key) => typeGiven(given, key, currency), start);

describe('the amount given', () => {
  test.each<[Currency, string[], number, string]>([
    ['IDR', ['5', '0', '000'], 5_000_000, '50.000'],
    ['IDR', ['5', '0', '.', '0', '0', '0'], 5_000_000, '50.000'],
    ['IDR', ['0', '0', '7'], 700, '7'],
    ['IDR', ['000'], 0, '0'],
    ['IDR', [], 0, ''],
    ['IDR', ['1', '2', 'Backspace'], 100, '1'],
    ['IDR', ['x', 'Backspace'], 0, ''],
    ['SEK', ['1', '0', '0'], 10_000, '100'],
    ['SEK', ['9', '9', ','], 9_900, '99,'],
    ['SEK', ['9', '9', '.', '5'], 9_950, '99,5'],
    ['SEK', ['9', '9', ',', '5', '0', '1'], 9_950, '99,50'],
    ['SEK', [',', '5', ',', '5'], 55, '0,55'],
    ['SEK', ['1', '2', '3', '4'], 123_400, '1\u00a0234'],
    ['JPY', ['5', '000'], 5_000, '5,000'],
  ])('%s %j is %i and reads %s', (currency, keys, amount, text) => {
    const given = typed(keys, currency);
    expect(amountGiven(given, currency)).toBe(amount);
    expect(givenText(given, currency)).toBe(text);
  });

  test('a digit after a quick amount starts anew, a deletion empties it', () => {
    const exact = fillGiven(4_750_000, 'IDR');
    expect(amountGiven(exact, 'IDR')).toBe(4_750_000);
    expect(givenText(exact, 'IDR')).toBe('47.500');
    expect(amountGiven(typed(['5', '0', '000'], 'IDR', exact), 'IDR')).toBe(5_000_000);
    expect(typed(['Backspace'], 'IDR', exact)).toEqual(nothingGiven);
  });

  test('quick amounts survive the way through text in every currency', () => {
    for (const currency of ['IDR', 'SEK', 'JPY', 'KWD'] as const)
      expect(amountGiven(fillGiven(1_234_500, currency), currency)).toBe(1_234_500);
  });

  test('a slip on the keypad stays within twelve digits', () => {
    const given = typed(
      Array.from({ length: 40 }, () => '9'),
      'IDR',
    );
    expect(amountGiven(given, 'IDR')).toBe(99_999_999_999_900);
  });

  test('rupiah and yen have no decimals, kronor a comma', () => {
    expect(['IDR', 'JPY', 'SEK'].map((currency) => decimalSign(currency as Currency))).toEqual([null, null, ',']);
  });
});
