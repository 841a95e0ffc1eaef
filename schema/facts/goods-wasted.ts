// goods.wasted: goods were thrown away or lost, and why.
import Type from 'typebox';
import { wasteReasons } from '../rules/stock.ts';
import { Body, Count, Hash, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const goodsWasted = fact({
  kind: 'goods.wasted',
  version: 1,
  body: Body({
    wasteId: Id,
    reason: oneOf(...wasteReasons),
    note: orNull(Type.String()),
    lines: Type.Array(
      Type.Object({
        lineId: Id,
        productId: Id,
        quantity: Count,
        /** The lot that somebody named, taken before the others. */
        lotId: orNull(Type.String()),
      }),
    ),
    /** The manager who allowed what the person may not do alone. */
    approvedBy: orNull(Id),
    intent: Hash,
  }),
  subjects: (body) => [body.wasteId],
});

export type GoodsWasted = BodyOf<typeof goodsWasted>;
