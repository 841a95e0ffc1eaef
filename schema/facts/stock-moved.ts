// stock.moved: goods came, went or were found to differ, other than by a sale or a pour (those facts move stock by themselves).
import Type from 'typebox';
import { Amount, Body, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const stockMoved = fact({
  kind: 'stock.moved',
  version: 1,
  body: Body({
    movementId: Id,
    productId: Id,
    movement: oneOf('receive', 'return', 'transfer-in', 'transfer-out', 'count', 'waste', 'adjust'),
    /** Signed, in units of the product's scale. */
    quantity: Amount,
    reason: orNull(Type.String()),
    /** The centre's directive that asked for it, if one did. */
    directiveId: orNull(Id),
  }),
  subjects: (body) => [body.movementId],
});

export type StockMoved = BodyOf<typeof stockMoved>;
