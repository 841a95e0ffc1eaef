// Lots against a naive model that keeps every unit by itself, and the worth that is left, by every method.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giveBack, type IssueMethod, issueMethods, type Lot, leftAfterOwed, takeFrom, worthOf } from './stock-issue.ts';

const lot = (id: string, remaining: number, more: Partial<Lot> = {}): Lot => ({
  id,
  quantity: remaining,
  remaining,
  cost: null,
  expiresOn: null,
  ...more,
});

/** One entry a unit, sorted as the words of the method say. */
function naiveTake(lots: readonly Lot[], quantity: number, method: IssueMethod): Record<string, number> {
  const units = lots.flatMap(({ id, remaining, expiresOn }, arrival) =>
    Array.from({ length: remaining }, () => ({ id, arrival, expiry: expiresOn ?? '9999-99-99' })),
  );
  const byArrival = (one: { arrival: number }, other: { arrival: number }) => one.arrival - other.arrival;
  if (method === 'fifo') units.sort(byArrival);
  if (method === 'lifo') units.sort((one, other) => byArrival(other, one));
  if (method === 'fefo')
    units.sort((one, other) => (one.expiry === other.expiry ? byArrival(one, other) : one.expiry < other.expiry ? -1 : 1));
  const taken: Record<string, number> = {};
  for (const { id } of units.slice(0, quantity)) taken[id] = (taken[id] ?? 0) + 1;
  return taken;
}

const someLots = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 12 }),
      used: fc.integer({ min: 0, max: 12 }),
      cost: fc.option(fc.integer({ min: 0, max: 100_000_000 })),
      expiresOn: fc.option(fc.constantFrom('2026-11-20', '2026-11-21', '2026-12-01')),
    }),
    { maxLength: 6 },
  )
  .map((lots) =>
    lots.map(({ quantity, used, cost, expiresOn }, index): Lot => {
      return { id: `1.${index + 1}.0`, quantity, remaining: Math.max(0, quantity - used), cost, expiresOn };
    }),
  );

describe('issue from lots', () => {
  const lots = [
    lot('a', 3, { expiresOn: '2026-12-01' }),
    lot('b', 2, { expiresOn: '2026-11-21' }),
    lot('c', 4),
    lot('d', 1, { expiresOn: '2026-11-21' }),
  ];
  it.each<[IssueMethod, [string, number][]]>([
    [
      'fifo',
      [
        ['a', 3],
        ['b', 1],
      ],
    ],
    [
      'lifo',
      [
        ['d', 1],
        ['c', 3],
      ],
    ],
    [
      'fefo',
      [
        ['b', 2],
        ['d', 1],
        ['a', 1],
      ],
    ],
  ])('[INV-05] %s takes four units from %j', (method, expected) => {
    const { parts, short } = takeFrom(lots, { quantity: 4, method });
    expect([parts.map(({ lotId, quantity }) => [lotId, quantity]), short]).toEqual([expected, 0]);
  });

  it('[INV-05] a named lot goes first, then the others by the method; what no lot holds is short', () => {
    const { parts, short } = takeFrom(lots, { quantity: 12, method: 'fifo', lotId: 'c' });
    expect(parts.map(({ lotId, quantity }) => [lotId, quantity])).toEqual([
      ['c', 4],
      ['a', 3],
      ['b', 2],
      ['d', 1],
    ]);
    expect(short).toBe(2);
  });

  it('[INV-05] takes the same units as the naive model, never more than there are', () => {
    fc.assert(
      fc.property(someLots, fc.integer({ min: 1, max: 60 }), fc.constantFrom(...issueMethods), (given, quantity, method) => {
        const { parts, short } = takeFrom(given, { quantity, method });
        expect(Object.fromEntries(parts.map((part) => [part.lotId, part.quantity]))).toEqual(naiveTake(given, quantity, method));
        expect(parts.reduce((sum, part) => sum + part.quantity, short)).toBe(quantity);
      }),
    );
  });

  it('[INV-05] what left and what is left are worth the lot’s cost, to the unit, however it leaves', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 9_000_000_000 }),
        fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 12 }),
        (quantity, cost, takes) => {
          const held = lot('a', quantity, { cost });
          let left = 0;
          for (const take of takes) {
            const { parts } = takeFrom([held], { quantity: take, method: 'fifo' });
            for (const part of parts) {
              held.remaining -= part.quantity;
              left += part.cost ?? 0;
            }
          }
          expect(left + (worthOf(held, held.remaining) ?? 0)).toBe(cost);
        },
      ),
    );
  });
});

describe('goods that come in', () => {
  it.each([
    [10, 5, 10],
    [10, 0, 10],
    [10, -3, 7],
    [3, -10, 0],
  ])('[INV-01] of %i at a level of %i, %i are left', (quantity, onHand, left) =>
    expect(leftAfterOwed(quantity, onHand)).toBe(left),
  );

  it('[INV-05] returned goods go back to the lots that they were sold from, at their cost; the rest is new', () => {
    const sold = [
      { lotId: 'a', quantity: 2, cost: 7_001 },
      { lotId: 'b', quantity: 1, cost: null },
    ];
    expect(giveBack(sold, 1)).toEqual({ parts: [{ lotId: 'a', quantity: 1, cost: 3_501 }], rest: 0 });
    expect(giveBack(sold, 5)).toEqual({
      parts: [
        { lotId: 'a', quantity: 2, cost: 7_001 },
        { lotId: 'b', quantity: 1, cost: null },
      ],
      rest: 2,
    });
  });
});
