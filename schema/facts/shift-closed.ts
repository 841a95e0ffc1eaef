// shift.closed: a counted shift ended, with what its drawer should have held, what it held, and why they differ.
import Type from 'typebox';
import { Amount, Body, BusinessDate, CurrencyCode, Id, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const shiftClosed = fact({
  kind: 'shift.closed',
  version: 1,
  body: Body({
    shiftId: Id,
    tillId: Id,
    businessDate: BusinessDate,
    currency: CurrencyCode,
    /** Cash from sales, tips and rounding with it, and cash given back for returns. */
    taken: Amount,
    givenBack: Amount,
    payIns: Amount,
    payOuts: Amount,
    /** At the moment of the count. */
    counted: Amount,
    expected: Amount,
    /** What came into the drawer, or left it, between the count and the close. */
    sinceCount: Amount,
    reason: orNull(Type.String()),
  }),
  subjects: (body) => [body.shiftId],
});

export type ShiftClosed = BodyOf<typeof shiftClosed>;
