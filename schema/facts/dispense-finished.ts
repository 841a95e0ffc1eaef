// dispense.finished: what became of a voucher at its dispenser. Stock goes down once, on ok; uncertain waits for a person.
import Type from 'typebox';
import { Body, Count, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const dispenseFinished = fact({
  kind: 'dispense.finished',
  version: 1,
  body: Body({
    voucherId: Id,
    saleId: orNull(Id),
    productId: Id,
    dispenserId: Id,
    serial: Count,
    /** With dispenser and serial the key that tells a repeated report from a new one. */
    unit: Count,
    outcome: oneOf('ok', 'fail', 'uncertain'),
    reason: orNull(Type.String()),
  }),
  subjects: (body) => [body.voucherId, ...(body.saleId ? [body.saleId] : [])],
});

export type DispenseFinished = BodyOf<typeof dispenseFinished>;
