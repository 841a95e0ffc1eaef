// sale.closed: goods were sold and paid at a till. It carries every input that decided its amounts, so anyone can compute it again.
import Type from 'typebox';
import { Amount, Body, BusinessDate, Count, CurrencyCode, Hash, Id } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

const Versioned = Type.Object({ id: Id, version: Count });

const SoldLine = Type.Object({
  lineId: Id,
  productId: Id,
  name: Type.String(),
  quantity: Count,
  quantityScale: Count,
  dispensable: Type.Boolean(),
  price: Type.Object({ ...Versioned.properties, amount: Amount }),
  tax: Type.Object({ ...Versioned.properties, rate: Count, inclusive: Type.Boolean() }),
  net: Amount,
  taxAmount: Amount,
  total: Amount,
});

const TakenTender = Type.Object({
  tenderId: Id,
  method: Type.Literal('cash'),
  amount: Amount,
  tendered: Amount,
  change: Amount,
});

export const saleClosed = fact({
  kind: 'sale.closed',
  version: 1,
  body: Body({
    saleId: Id,
    tillId: Id,
    receipt: Type.String(),
    businessDate: BusinessDate,
    currency: CurrencyCode,
    pricingVersion: Count,
    lines: Type.Array(SoldLine),
    net: Amount,
    tax: Amount,
    total: Amount,
    rounding: Amount,
    due: Amount,
    tenders: Type.Array(TakenTender),
    /** SHA-256 of what the till asked for: the same id with another wish is refused, after a rebuild too. */
    intent: Hash,
  }),
  subjects: (body) => [body.saleId],
});

export type SaleClosed = BodyOf<typeof saleClosed>;
