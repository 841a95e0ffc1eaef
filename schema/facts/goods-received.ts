// goods.received: a delivery came in from a supplier. Each line is a lot of its own, with what it cost and when it expires.
import Type from 'typebox';
import { Body, BusinessDate, Count, CurrencyCode, Hash, Id, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

/** What goods bring along when they come in. */
export const broughtLot = {
  /** Minor units for all of the line; null where nobody said. */
  cost: orNull(Count),
  /** As the maker printed it on the goods. */
  lotCode: orNull(Type.String()),
  expiresOn: orNull(BusinessDate),
};

export const goodsReceived = fact({
  kind: 'goods.received',
  version: 1,
  body: Body({
    deliveryId: Id,
    supplier: orNull(Type.String()),
    /** The number on the supplier's note. */
    document: orNull(Type.String()),
    note: orNull(Type.String()),
    currency: CurrencyCode,
    lines: Type.Array(
      Type.Object({
        lineId: Id,
        productId: Id,
        /** What came, in units of the product's scale. */
        quantity: Count,
        /** What the note says should have come; null where it says nothing. */
        expected: orNull(Count),
        ...broughtLot,
      }),
    ),
    /** SHA-256 of what the till asked for. */
    intent: Hash,
  }),
  subjects: (body) => [body.deliveryId],
});

export type GoodsReceived = BodyOf<typeof goodsReceived>;
