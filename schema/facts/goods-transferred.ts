// goods.transferred: goods left for another store of the chain, or came from one. Each store tells its own half.
import Type from 'typebox';
import { Body, Count, CurrencyCode, Hash, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';
import { broughtLot } from './goods-received.ts';

export const goodsTransferred = fact({
  kind: 'goods.transferred',
  version: 1,
  body: Body({
    transferId: Id,
    direction: oneOf('in', 'out'),
    /** The code of the other store, as people there call it. */
    otherStore: Type.String(),
    document: orNull(Type.String()),
    note: orNull(Type.String()),
    currency: CurrencyCode,
    lines: Type.Array(
      Type.Object({
        lineId: Id,
        productId: Id,
        quantity: Count,
        /** Out: the lot that somebody named, taken before the others. */
        lotId: orNull(Type.String()),
        /** In: what the goods bring along. */
        ...broughtLot,
      }),
    ),
    intent: Hash,
  }),
  subjects: (body) => [body.transferId],
});

export type GoodsTransferred = BodyOf<typeof goodsTransferred>;
