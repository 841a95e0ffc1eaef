// Counts of a drawer: every piece by its worth, and nothing that does not exist.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Currency, currencies } from '../values/currency.ts';
import { countOf, denominationsOf, expectedInDrawer } from './drawer.ts';

describe('a cash drawer', () => {
  it('[PAY-03] knows the notes and coins of every currency, whole minor units, the largest first', () => {
    expect(denominationsOf('IDR')[0]).toBe(10_000_000);
    expect(denominationsOf('KWD').at(-1)).toBe(5);
    for (const currency of Object.keys(currencies) as Currency[]) {
      const worths = denominationsOf(currency);
      expect(worths.every((worth) => Number.isSafeInteger(worth) && worth > 0)).toBe(true);
      expect(worths).toEqual([...new Set(worths)].sort((a, b) => b - a));
    }
  });

  it('[PAY-03] counts to the sum of the pieces, whatever they are', () => {
    const counts = fc.array(fc.nat(500), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(counts, (given) => {
        const coins = denominationsOf('SEK').map((worth, index) => ({ worth, count: given[index] ?? 0 }));
        const sum = coins.reduce((total, { worth, count }) => total + worth * count, 0);
        expect(countOf(coins, 'SEK')).toMatchObject({ ok: true, value: sum });
      }),
    );
  });

  it.each([
    ['a piece that there is not', [{ worth: 300, count: 1 }], 'denominations[0].worth'],
    [
      'one twice',
      [
        { worth: 100, count: 1 },
        { worth: 100, count: 2 },
      ],
      'denominations[1].worth',
    ],
    ['more than a number holds', [{ worth: 100, count: Number.MAX_SAFE_INTEGER }], 'denominations[0].count'],
  ])('[PAY-03] refuses %s by its field', (_, coins, field) => {
    expect(countOf(coins, 'SEK')).toMatchObject({ ok: false, code: 'bad-count', field });
  });

  it('[PAY-03] expects the float, what was taken and paid in, less what was given back and paid out', () => {
    expect(expectedInDrawer({ float: 100, taken: 50, givenBack: 20, payIns: 7, payOuts: 3 })).toBe(134);
  });
});
