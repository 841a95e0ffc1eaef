// stock.reserved: goods were set aside: for somebody at the store, or as an allotment that the centre may sell. What is set aside is not
// available to the tills.
import Type from 'typebox';
import { reservationPurposes } from '../rules/stock.ts';
import { Body, Count, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const stockReserved = fact({
  kind: 'stock.reserved',
  version: 1,
  body: Body({
    reservationId: Id,
    productId: Id,
    quantity: Count,
    purpose: oneOf(...reservationPurposes),
    /** For whom, in words. */
    note: orNull(Type.String()),
    /** When it is given back by itself; null for never. */
    expiresAt: orNull(Count),
    directiveId: orNull(Id),
  }),
  subjects: (body) => [body.reservationId],
});

export type StockReserved = BodyOf<typeof stockReserved>;
