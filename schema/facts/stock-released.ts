// stock.released: what was set aside is available again, by itself or because somebody said so.
import { Body, Count, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const stockReleased = fact({
  kind: 'stock.released',
  version: 1,
  body: Body({
    reservationId: Id,
    productId: Id,
    /** What is available again; nothing where it was given back before. */
    quantity: Count,
    why: oneOf('expired', 'cancelled'),
    directiveId: orNull(Id),
  }),
  subjects: (body) => [body.reservationId],
});

export type StockReleased = BodyOf<typeof stockReleased>;
