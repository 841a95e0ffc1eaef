// What people type: prices, quantities, currencies. A slip is refused by the name of the flag, never rounded or guessed.
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure.ts';
import { moneyCell, readCurrency, readPrice } from './money.ts';
import { quantityText, readQuantity } from './quantity.ts';
import { ageText } from './time.ts';
import { cut, widthOf } from './width.ts';

function partsOf(call: () => unknown) {
  try {
    return call();
  } catch (error) {
    return error instanceof Failure ? error.parts : error;
  }
}

describe('a price', () => {
  it.each([
    ['18000', 'IDR', 1_800_000],
    ['18.000', 'IDR', 1_800_000],
    ['1.234.000', 'IDR', 123_400_000],
    ['0', 'IDR', 0],
    ['49,90', 'SEK', 4_990],
    ['49.9', 'SEK', 4_990],
    ['120', 'JPY', 120],
  ] as const)('%s in %s', (text, currency, amount) => {
    expect(readPrice(text, currency, '--price')).toBe(amount);
  });

  it.each([
    ['19.5', 'IDR'],
    ['19500.555', 'IDR'],
    ['1.80.00', 'IDR'],
    ['-5', 'IDR'],
    ['abc', 'IDR'],
    ['', 'IDR'],
    ['49,905', 'SEK'],
    ['99999999999999999', 'IDR'],
  ] as const)('%j in %s is refused', (text, currency) => {
    expect(partsOf(() => readPrice(text, currency, '--price'))).toMatchObject({
      exit: 2,
      why: expect.stringContaining('--price'),
    });
  });

  it('is shown with plain spaces', () => {
    expect(moneyCell({ amount: 4_750_000, currency: 'IDR' })).toBe('Rp 47.500');
    expect(moneyCell({ amount: 7, currency: 'ZZZ' })).toBe('7 ZZZ minor units');
  });

  it('has a currency that we trade in', () => {
    expect(readCurrency('idr', '--currency')).toBe('IDR');
    expect(partsOf(() => readCurrency('RUP', '--currency'))).toMatchObject({
      exit: 2,
      why: expect.stringContaining('--currency RUP'),
    });
  });
});

describe('a quantity', () => {
  it.each([
    ['24', 0, 24],
    ['-2', 0, -2],
    ['+3', 0, 3],
    ['1.5', 3, 1_500],
    ['1,25', 3, 1_250],
  ])('%s at scale %i', (text, scale, value) => {
    expect(readQuantity(text, scale)).toBe(value);
  });

  it.each([
    ['1.5', 0],
    ['0', 0],
    ['1.2345', 3],
    ['many', 0],
  ])('%s at scale %i is refused', (text, scale) => {
    expect(partsOf(() => readQuantity(text, scale))).toMatchObject({ exit: 2, code: 'bad-quantity' });
  });

  it.each([
    [1_500, 3, '1.5'],
    [-250, 3, '-0.25'],
    [24, 0, '24'],
  ])('%i at scale %i is shown as %s', (value, scale, text) => {
    expect(quantityText(value, scale)).toBe(text);
  });
});

describe('an age', () => {
  it.each([
    [0, '0s'],
    [74_000, '74s'],
    [180_000, '3m'],
    [9 * 3_600_000, '9h'],
    [12 * 86_400_000, '12d'],
  ])('%i ms is %s', (ms, text) => {
    expect(ageText(ms)).toBe(text);
  });
});

describe('a width', () => {
  it('counts columns, and cuts with ~', () => {
    expect(widthOf('Café 日本')).toBe(9);
    expect(cut('日本語', 4)).toBe('日~');
    expect(cut('abc', 3)).toBe('abc');
  });
});
