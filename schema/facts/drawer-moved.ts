// drawer.moved: cash went into or out of a drawer other than by a sale, or the drawer was opened for nothing.
import Type from 'typebox';
import { drawerMovements } from '../rules/drawer.ts';
import { Amount, Body, BusinessDate, CurrencyCode, Hash, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const drawerMoved = fact({
  kind: 'drawer.moved',
  version: 1,
  body: Body({
    movementId: Id,
    shiftId: Id,
    tillId: Id,
    businessDate: BusinessDate,
    kind: oneOf(...drawerMovements),
    currency: CurrencyCode,
    /** What came into the drawer; negative where it went out, zero where it was only opened. */
    amount: Amount,
    reason: Type.String(),
    approvedBy: orNull(Id),
    intent: Hash,
  }),
  subjects: (body) => [body.movementId, body.shiftId],
});

export type DrawerMoved = BodyOf<typeof drawerMoved>;
