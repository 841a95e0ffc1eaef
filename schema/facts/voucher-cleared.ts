// voucher.cleared: nothing comes out any more for a voucher that was closed, and how that is known. Only then may its money go back or a
// new one take its place. Where a manager took the risk, a dispenser that is reached later may still say it for sure.
import { clearances } from '../rules/voucher.ts';
import { Body, Count, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const voucherCleared = fact({
  kind: 'voucher.cleared',
  version: 1,
  body: Body({
    voucherId: Id,
    saleId: orNull(Id),
    dispenserId: Id,
    serial: Count,
    by: oneOf(...clearances),
    /** Who took the risk, where it was not who did it. */
    approvedBy: orNull(Id),
  }),
  subjects: (body) => [body.voucherId, ...(body.saleId ? [body.saleId] : [])],
});

export type VoucherCleared = BodyOf<typeof voucherCleared>;
