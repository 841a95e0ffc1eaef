// What tills counted, in any order of scans and sales, against a shelf that is really there.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountEntry, differenceOf, tallyOf } from './stock-count.ts';

const tea = 'tea';
const entry = (kind: CountEntry['kind'], quantity: number, onHand: number, tillId = 'T1'): CountEntry => ({
  productId: tea,
  tillId,
  kind,
  quantity,
  onHand,
});

describe('[INV-10] a count', () => {
  it.each<[string, CountEntry[], { counted: number; expected: number; movedMeanwhile: number }]>([
    [
      'scans add up',
      [entry('add', 1, 5), entry('add', 1, 5), entry('add', -1, 5)],
      { counted: 1, expected: 5, movedMeanwhile: 0 },
    ],
    [
      'a typed number replaces this till’s scans',
      [entry('add', 1, 5), entry('set', 4, 5)],
      { counted: 4, expected: 5, movedMeanwhile: 0 },
    ],
    [
      'two tills count two places',
      [entry('set', 4, 9), entry('add', 1, 9, 'T2'), entry('set', 3, 9)],
      { counted: 4, expected: 9, movedMeanwhile: 0 },
    ],
    [
      'counted again, for all tills',
      [entry('set', 4, 9), entry('add', 1, 9, 'T2'), entry('replace', 9, 8, 'T2')],
      { counted: 9, expected: 8, movedMeanwhile: 0 },
    ],
    [
      'a sale while it is counted is told',
      [entry('add', 3, 9), entry('add', 4, 7)],
      { counted: 7, expected: 7, movedMeanwhile: -2 },
    ],
  ])('%s', (_, entries, expected) => expect(tallyOf(entries)).toMatchObject([{ productId: tea, ...expected }]));

  it('sales before, between and after counting are netted out: the level becomes what is on the shelf', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: -20, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 6 }),
        fc.nat(6),
        (shelf, error, sold, countedAfter) => {
          let [there, book] = [shelf + 18, shelf + 18 + error];
          let counted: CountEntry | undefined;
          for (const [index, quantity] of [...sold, 0].entries()) {
            if (index === Math.min(countedAfter, sold.length)) counted = entry('set', there, book);
            there -= quantity;
            book -= quantity;
          }
          const [line] = tallyOf(counted ? [counted] : []);
          expect(book + (line ? differenceOf(line) : Number.NaN)).toBe(there);
        },
      ),
    );
  });
});
