// voucher.issued: one unit of a dispensable product was promised to whoever holds the code. It reserves that unit.
// The code itself never stands here: it is a key to goods, and the node can derive it from the serial and the dispenser's root key.
import { Body, BusinessDate, Count, Id, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const voucherIssued = fact({
  kind: 'voucher.issued',
  version: 1,
  body: Body({
    voucherId: Id,
    /** The sale that paid for it, or null where a directive of the centre asked for it. */
    saleId: orNull(Id),
    lineId: orNull(Id),
    /** Which unit of the line, from 0: a unit has one good voucher at a time. Null where no line paid for it. */
    unit: orNull(Count),
    /** Of a unit that no line paid for, the first voucher that was issued for it; else its own. */
    firstVoucherId: Id,
    businessDate: BusinessDate,
    directiveId: orNull(Id),
    productId: Id,
    dispenserId: Id,
    /** The dispenser's number on the wire. */
    dispenserNumber: Count,
    slot: Count,
    epoch: Count,
    serial: Count,
    expiresAt: Count,
  }),
  subjects: (body) => [body.voucherId, ...(body.saleId ? [body.saleId] : [])],
});

export type VoucherIssued = BodyOf<typeof voucherIssued>;
