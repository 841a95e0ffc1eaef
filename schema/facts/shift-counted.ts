// shift.counted: the first count of a drawer, made without knowing what was expected. It stands: there is no second one.
import { Amount, Body, Hash, Id } from './body.ts';
import { type BodyOf, fact } from './fact.ts';
import { Denominations } from './shift-opened.ts';

export const shiftCounted = fact({
  kind: 'shift.counted',
  version: 1,
  body: Body({
    shiftId: Id,
    tillId: Id,
    denominations: Denominations,
    counted: Amount,
    /** What the float and everything since came to at that moment. */
    expected: Amount,
    intent: Hash,
  }),
  subjects: (body) => [body.shiftId],
});

export type ShiftCounted = BodyOf<typeof shiftCounted>;
