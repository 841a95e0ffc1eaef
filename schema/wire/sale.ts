// Sales at the store node: what a till sends and what it gets back.
import Type, { type Static } from 'typebox';
import { MAX_QUANTITY } from '../rules/pricing.ts';
import { tenderMethods } from '../rules/tender.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, Input, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';
import { Voucher } from './voucher.ts';

export const GiveDiscount = Input({
  kind: oneOf('amount', 'percent'),
  /** Minor units, or hundredths of a percent. */
  value: Positive,
  reason: Type.String({ minLength: 1, maxLength: 120 }),
});

const Note = Type.String({ minLength: 1, maxLength: 200 });

const Reference = Type.String({ minLength: 1, maxLength: 40 });

const Cash = Input({ tenderId: Id, method: Type.Literal('cash'), tendered: Count });

const Charge = Input({ tenderId: Id, method: oneOf('qris', 'card'), amount: Positive, reference: Reference });

const SaleLine = Input({
  lineId: Id,
  productId: Id,
  quantity: Type.Integer({ minimum: 1, maximum: MAX_QUANTITY }),
  /** The shop's own label where its price counts: the node reads it by the store's patterns. */
  label: Type.Optional(Type.String({ pattern: '^\\d{13}$' })),
  discount: Type.Optional(GiveDiscount),
  note: Type.Optional(Note),
});

export const CloseSale = Input({
  id: Id,
  lines: Type.Array(SaleLine, { minItems: 1, maxItems: 500 }),
  discount: Type.Optional(GiveDiscount),
  tenders: Type.Array(Type.Union([Cash, Charge]), { minItems: 1, maxItems: 10 }),
  /** What the customer was told, without tip and rounding. If the node computes another, nothing is sold and the till hears the new one. */
  total: Count,
  currency: CurrencyCode,
  tip: Type.Optional(Positive),
  customerId: Type.Optional(Id),
  note: Type.Optional(Note),
  /** The age in years that the seller saw proven. */
  ageChecked: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  /** A manager's approvals of what the seller may not do alone. */
  approvalIds: Type.Optional(Type.Array(Id, { maxItems: 4 })),
});

export type CloseSale = Static<typeof CloseSale>;

export const VoidSale = Input({
  lines: Type.Array(SaleLine, { minItems: 1, maxItems: 500 }),
  discount: Type.Optional(GiveDiscount),
  reason: Type.String({ minLength: 1, maxLength: 200 }),
  approvalId: Type.Optional(Id),
});

export type VoidSale = Static<typeof VoidSale>;

export const SaleTender = Type.Object({
  tenderId: Id,
  method: oneOf(...tenderMethods),
  amount: Amount,
  tendered: Amount,
  change: Amount,
  reference: orNull(Type.String()),
  state: oneOf('paid', 'unverified'),
});

export type SaleTender = Static<typeof SaleTender>;

export const Sale = Type.Object({
  id: Id,
  receipt: Type.String(),
  tillId: Id,
  shiftId: orNull(Id),
  staffId: orNull(Id),
  businessDate: Type.String(),
  occurredAt: Time,
  currency: CurrencyCode,
  lines: Type.Array(
    Type.Object({
      lineId: Id,
      productId: Id,
      name: Type.String(),
      quantity: Count,
      quantityScale: Count,
      unitPrice: Amount,
      /** Before discounts, and what the line's own discount and its share of the cart's took. */
      gross: Amount,
      discounted: Amount,
      net: Amount,
      taxRate: Count,
      tax: Amount,
      total: Amount,
      dispensable: Type.Boolean(),
      note: orNull(Type.String()),
    }),
  ),
  /** What all discounts took. */
  discounted: Amount,
  net: Amount,
  tax: Amount,
  total: Amount,
  tip: Amount,
  rounding: Amount,
  due: Amount,
  tenders: Type.Array(SaleTender),
  tendered: Amount,
  change: Amount,
  customerId: orNull(Id),
  note: orNull(Type.String()),
  vouchers: Type.Array(Voucher),
  /** Products that this sale took below zero. */
  belowZero: Type.Array(Id),
});

export type Sale = Static<typeof Sale>;

export const SaleSummary = Type.Object({
  id: Id,
  receipt: Type.String(),
  businessDate: Type.String(),
  occurredAt: Time,
  currency: CurrencyCode,
  due: Amount,
  items: Count,
  sent: Type.Boolean(),
});

export type SaleSummary = Static<typeof SaleSummary>;

export const saleContract = contract({
  close: {
    method: 'POST',
    path: '/api/v1/sales',
    access: 'staff',
    summary: 'Sell and take payment; answered when it is on disk. The same id again gives the same sale.',
    body: CloseSale,
    output: Sale,
    status: 201,
    refusals: {
      'empty-cart': 422,
      'unknown-product': 422,
      'bad-quantity': 422,
      'bad-discount': 422,
      'bad-label': 422,
      'repeated-line': 422,
      'bad-tender': 422,
      'not-enough-tendered': 409,
      'too-much-tendered': 422,
      'wrong-currency': 422,
      'wrong-total': 409,
      'id-reused': 422,
      'out-of-stock': 409,
      'method-not-taken': 422,
      'unknown-customer': 422,
      'age-check-needed': 409,
      'needs-approval': 409,
      'no-shift': 409,
      'no-dispenser': 409,
      'too-many-vouchers': 409,
      'serials-used-up': 409,
      'not-ready': 409,
    },
  },
  void: {
    method: 'POST',
    path: '/api/v1/sales/{id}/void',
    access: 'staff',
    summary: 'Throw an open sale away before it is paid, and say why. The same id again is the same.',
    params: IdParams,
    body: VoidSale,
    output: Type.Object({ id: Id, total: Amount }),
    refusals: {
      'already-sold': 409,
      'empty-cart': 422,
      'unknown-product': 422,
      'bad-quantity': 422,
      'bad-discount': 422,
      'bad-label': 422,
      'repeated-line': 422,
      'needs-approval': 409,
      'not-ready': 409,
    },
  },
  show: {
    method: 'GET',
    path: '/api/v1/sales/{id}',
    access: 'staff',
    summary: 'One sale with its lines and vouchers.',
    params: IdParams,
    output: Sale,
    refusals: { 'unknown-sale': 404 },
  },
  list: {
    method: 'GET',
    path: '/api/v1/sales',
    access: 'staff',
    summary: 'Sales of this store, newest first.',
    query: pageQueryWith({ businessDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })) }),
    output: Page(SaleSummary),
    refusals: { 'bad-cursor': 422 },
  },
});
