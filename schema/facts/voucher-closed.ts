// voucher.closed: an open voucher stopped being good without a pour, and gives its reserved unit back.
// A pour reported after it still counts: the dispenser may have been out of reach when it happened.
import { Body, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const voucherClosed = fact({
  kind: 'voucher.closed',
  version: 1,
  body: Body({
    voucherId: Id,
    saleId: orNull(Id),
    productId: Id,
    why: oneOf('expired', 'voided'),
  }),
  subjects: (body) => [body.voucherId, ...(body.saleId ? [body.saleId] : [])],
});

export type VoucherClosed = BodyOf<typeof voucherClosed>;
