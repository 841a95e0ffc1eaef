// Sales at the store node: what a till sends and what it gets back.
import Type, { type Static } from 'typebox';
import { MAX_QUANTITY } from '../rules/pricing.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, Input, Page, pageQueryWith, Time } from './parts.ts';
import { Voucher } from './voucher.ts';

export const CloseSale = Input({
  id: Id,
  lines: Type.Array(Input({ lineId: Id, productId: Id, quantity: Type.Integer({ minimum: 1, maximum: MAX_QUANTITY }) }), {
    minItems: 1,
    maxItems: 500,
  }),
  tenders: Type.Array(Input({ tenderId: Id, method: Type.Literal('cash'), tendered: Count }), { minItems: 1, maxItems: 1 }),
  /** What the customer was told. If the node computes another total, nothing is sold and the till hears the new one. */
  total: Count,
  currency: CurrencyCode,
});

export type CloseSale = Static<typeof CloseSale>;

export const Sale = Type.Object({
  id: Id,
  receipt: Type.String(),
  tillId: Id,
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
      net: Amount,
      tax: Amount,
      total: Amount,
      dispensable: Type.Boolean(),
    }),
  ),
  net: Amount,
  tax: Amount,
  total: Amount,
  rounding: Amount,
  due: Amount,
  tendered: Amount,
  change: Amount,
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
    access: 'till',
    summary: 'Sell and take cash; answered when it is on disk. The same id again gives the same sale.',
    body: CloseSale,
    output: Sale,
    status: 201,
    refusals: {
      'empty-cart': 422,
      'unknown-product': 422,
      'bad-quantity': 422,
      'repeated-line': 422,
      'bad-tender': 422,
      'not-enough-tendered': 409,
      'wrong-currency': 422,
      'wrong-total': 409,
      'id-reused': 422,
      'out-of-stock': 409,
      'no-dispenser': 409,
      'too-many-vouchers': 409,
      'serials-used-up': 409,
      'not-ready': 409,
    },
  },
  show: {
    method: 'GET',
    path: '/api/v1/sales/{id}',
    access: 'till',
    summary: 'One sale with its lines and vouchers.',
    params: IdParams,
    output: Sale,
    refusals: { 'unknown-sale': 404 },
  },
  list: {
    method: 'GET',
    path: '/api/v1/sales',
    access: 'till',
    summary: 'Sales of this store, newest first.',
    query: pageQueryWith({ businessDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })) }),
    output: Page(SaleSummary),
    refusals: { 'bad-cursor': 422 },
  },
});
