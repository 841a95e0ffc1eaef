// stock.moved: goods came, went or were found to differ, other than by a sale or a pour (those facts move stock by themselves).
import Type from 'typebox';
import { Amount, Body, CurrencyCode, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';
import { broughtLot } from './goods-received.ts';

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
    /** What goods that come in bring along; null for what goes out. */
    ...broughtLot,
    /** Of the cost; null where there is none. */
    currency: orNull(CurrencyCode),
    approvedBy: orNull(Id),
    /** The centre's directive that asked for it, if one did. */
    directiveId: orNull(Id),
  }),
  subjects: (body) => [body.movementId],
});

export type StockMoved = BodyOf<typeof stockMoved>;
