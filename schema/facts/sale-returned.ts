// sale.returned: goods of an earlier sale came back and money was given back for them, by line and quantity.
import Type from 'typebox';
import { tenderMethods } from '../rules/tender.ts';
import { Amount, Body, BusinessDate, Count, CurrencyCode, Hash, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

const ReturnedLine = Type.Object({
  /** The line of the original sale. */
  lineId: Id,
  productId: Id,
  name: Type.String(),
  quantity: Count,
  quantityScale: Count,
  net: Amount,
  taxRate: Count,
  taxAmount: Amount,
  total: Amount,
  /** Whether the goods can be sold again; what cannot is gone from stock already. */
  restock: Type.Boolean(),
  /** Of what a dispenser pours: which of the line's units, from 0. */
  units: Type.Array(Count),
});

const GivenRefund = Type.Object({
  refundId: Id,
  method: oneOf(...tenderMethods),
  amount: Amount,
  reference: orNull(Type.String()),
});

export const saleReturned = fact({
  kind: 'sale.returned',
  version: 1,
  body: Body({
    returnId: Id,
    tillId: Id,
    shiftId: orNull(Id),
    receipt: Type.String(),
    businessDate: BusinessDate,
    currency: CurrencyCode,
    /** The sale that the goods are from; another store's when the centre could be asked. */
    original: Type.Object({ storeId: Id, saleId: Id, receipt: Type.String() }),
    lines: Type.Array(ReturnedLine),
    net: Amount,
    tax: Amount,
    total: Amount,
    /** What rounding of cash gave or took. */
    rounding: Amount,
    refunds: Type.Array(GivenRefund),
    reason: Type.String(),
    approvedBy: orNull(Id),
    intent: Hash,
  }),
  subjects: (body) => [body.returnId, body.original.saleId],
});

export type SaleReturned = BodyOf<typeof saleReturned>;
