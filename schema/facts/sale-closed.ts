// sale.closed: goods were sold and paid at a till. It carries every input that decided its amounts, so anyone can compute it again.
import Type from 'typebox';
import { tenderMethods } from '../rules/tender.ts';
import { Amount, Body, BusinessDate, Count, CurrencyCode, Hash, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

const Versioned = Type.Object({ id: Id, version: Count });

const GivenDiscount = orNull(Type.Object({ kind: oneOf('amount', 'percent'), value: Count, reason: Type.String() }));

const SoldLine = Type.Object({
  lineId: Id,
  productId: Id,
  name: Type.String(),
  quantity: Count,
  quantityScale: Count,
  dispensable: Type.Boolean(),
  price: Type.Object({ ...Versioned.properties, amount: Amount }),
  tax: Type.Object({ ...Versioned.properties, rate: Count, inclusive: Type.Boolean() }),
  /** The price that a shelf label printed for the whole line, where it counted instead of the product's own. */
  labelAmount: orNull(Amount),
  discount: GivenDiscount,
  gross: Amount,
  discounted: Amount,
  /** Its share of the cart's discount. */
  cartShare: Amount,
  net: Amount,
  taxAmount: Amount,
  total: Amount,
  note: orNull(Type.String()),
});

const TakenTender = Type.Object({
  tenderId: Id,
  method: oneOf(...tenderMethods),
  amount: Amount,
  tendered: Amount,
  change: Amount,
  reference: orNull(Type.String()),
  state: oneOf('paid', 'unverified'),
});

export const saleClosed = fact({
  kind: 'sale.closed',
  version: 1,
  body: Body({
    saleId: Id,
    tillId: Id,
    /** The shift whose drawer took the cash; null where the store works without shifts. */
    shiftId: orNull(Id),
    receipt: Type.String(),
    businessDate: BusinessDate,
    currency: CurrencyCode,
    pricingVersion: Count,
    lines: Type.Array(SoldLine),
    discount: GivenDiscount,
    discounted: Amount,
    net: Amount,
    tax: Amount,
    total: Amount,
    tip: Amount,
    rounding: Amount,
    due: Amount,
    tenders: Type.Array(TakenTender),
    customerId: orNull(Id),
    note: orNull(Type.String()),
    /** The age in years that somebody at the till saw proven; null where nothing asked for it. */
    ageChecked: orNull(Count),
    /** What the seller might not do alone, and the manager who allowed it. */
    approvals: Type.Array(Type.Object({ action: Type.String(), approvedBy: Id })),
    /** SHA-256 of what the till asked for: the same id with another wish is refused, after a rebuild too. */
    intent: Hash,
  }),
  subjects: (body) => [body.saleId],
});

export type SaleClosed = BodyOf<typeof saleClosed>;
