// shift.opened: somebody took over a till's drawer, with what they counted in it.
import Type from 'typebox';
import { Amount, Body, BusinessDate, Count, CurrencyCode, Hash, Id } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

/** How many of each note and coin, by its worth in minor units. */
export const Denominations = Type.Array(Type.Object({ worth: Count, count: Count }));

export const shiftOpened = fact({
  kind: 'shift.opened',
  version: 1,
  body: Body({
    shiftId: Id,
    tillId: Id,
    /** Without a gap within a till. */
    number: Count,
    businessDate: BusinessDate,
    currency: CurrencyCode,
    float: Amount,
    denominations: Denominations,
    intent: Hash,
  }),
  subjects: (body) => [body.shiftId],
});

export type ShiftOpened = BodyOf<typeof shiftOpened>;
