// dispense.unmatched: a dispenser reported what became of a voucher that this journal never issued: one of a machine that was lost, or of
// a backup's future. It is kept as told, moves no stock, and is for a person: nobody knows whose goods they were.
import Type from 'typebox';
import { Body, Count, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const dispenseUnmatched = fact({
  kind: 'dispense.unmatched',
  version: 1,
  body: Body({
    dispenserId: Id,
    /** The dispenser's number on the wire. */
    dispenserNumber: Count,
    serial: Count,
    unit: Count,
    slot: Count,
    /** What stands in that slot now, if anything does. */
    productId: orNull(Id),
    outcome: oneOf('ok', 'fail', 'uncertain'),
    reason: orNull(Type.String()),
  }),
  // Nothing else can be about it, so it holds nothing up.
  subjects: () => [],
});

export type DispenseUnmatched = BodyOf<typeof dispenseUnmatched>;
