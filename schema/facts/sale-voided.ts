// sale.voided: an open sale was thrown away before it was paid. It moved neither money nor goods; it stands here so that a manager sees it.
import Type from 'typebox';
import { Amount, Body, BusinessDate, Count, CurrencyCode, Id, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const saleVoided = fact({
  kind: 'sale.voided',
  version: 1,
  body: Body({
    saleId: Id,
    tillId: Id,
    shiftId: orNull(Id),
    businessDate: BusinessDate,
    currency: CurrencyCode,
    lines: Type.Array(Type.Object({ productId: Id, name: Type.String(), quantity: Count, quantityScale: Count, total: Amount })),
    total: Amount,
    reason: Type.String(),
    approvedBy: orNull(Id),
  }),
  subjects: (body) => [body.saleId],
});

export type SaleVoided = BodyOf<typeof saleVoided>;
