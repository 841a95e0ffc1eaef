// voucher.resolved: a person at the store said what became of a voucher that was in doubt, or wrote off what came out beyond what was paid.
import Type from 'typebox';
import { resolutions } from '../rules/voucher.ts';
import { Body, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const voucherResolved = fact({
  kind: 'voucher.resolved',
  version: 1,
  body: Body({
    voucherId: Id,
    saleId: orNull(Id),
    productId: Id,
    as: oneOf(...resolutions),
    reason: Type.String(),
    approvedBy: orNull(Id),
  }),
  subjects: (body) => [body.voucherId, ...(body.saleId ? [body.saleId] : [])],
});

export type VoucherResolved = BodyOf<typeof voucherResolved>;
