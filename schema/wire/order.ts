// Orders at the centre. A sale at a till arrives as a fact and becomes an order of the channel `till`.
import Type, { type Static } from 'typebox';
import { orderMachine } from '../rules/order.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

const OrderState = oneOf(...orderMachine.states);

const summary = {
  id: Id,
  storeId: Id,
  storeCode: Type.String(),
  channel: Type.Literal('till'),
  state: OrderState,
  receipt: orNull(Type.String()),
  businessDate: Type.String(),
  occurredAt: Time,
  receivedAt: Time,
  currency: CurrencyCode,
  discounted: Amount,
  net: Amount,
  tax: Amount,
  total: Amount,
  tip: Amount,
  rounding: Amount,
  /** What was taken for it: total, tip and rounding. Takings are sums of these. */
  due: Amount,
};

export const OrderSummary = Type.Object(summary);
export type OrderSummary = Static<typeof OrderSummary>;

export const Order = Type.Object({
  ...summary,
  lines: Type.Array(
    Type.Object({
      id: Id,
      productId: Id,
      name: Type.String(),
      quantity: Count,
      quantityScale: Count,
      unitPrice: Amount,
      gross: Amount,
      discounted: Amount,
      net: Amount,
      tax: Amount,
      total: Amount,
    }),
  ),
  tenders: Type.Array(
    Type.Object({
      id: Id,
      method: Type.String(),
      amount: Amount,
      tendered: Amount,
      change: Amount,
      reference: orNull(Type.String()),
      state: Type.String(),
    }),
  ),
  /** What came back of it, in whatever store. */
  returns: Type.Array(
    Type.Object({
      id: Id,
      receipt: Type.String(),
      occurredAt: Time,
      total: Amount,
      rounding: Amount,
      reason: Type.String(),
      lines: Type.Array(Type.Object({ id: Id, name: Type.String(), quantity: Count, quantityScale: Count, total: Amount })),
    }),
  ),
  vouchers: Type.Array(Type.Object({ id: Id, productId: Id, serial: Count, state: Type.String() })),
  postings: Type.Array(Type.Object({ account: Type.String(), amount: Amount, currency: CurrencyCode })),
  /** Where it stands in its store's journal. */
  fact: Type.Object({ generation: Count, seq: Count, hash: Type.String() }),
});

export type Order = Static<typeof Order>;

const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const orderContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/orders',
    access: { can: 'order.read' },
    summary: 'Orders, newest first.',
    query: pageQueryWith({
      storeId: Type.Optional(Id),
      channel: Type.Optional(Type.Literal('till')),
      state: Type.Optional(OrderState),
      receipt: Type.Optional(Type.String({ maxLength: 40 })),
      from: Type.Optional(date),
      to: Type.Optional(date),
    }),
    output: Page(OrderSummary),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/orders/{id}',
    access: { can: 'order.read' },
    summary: 'One order with lines, tenders, vouchers, postings and the fact that brought it.',
    params: IdParams,
    output: Order,
    refusals: { 'unknown-order': 404 },
  },
});
