// Goods that are set aside: at a store for somebody who comes for them, or as an allotment from which the centre sells.
import Type, { type Static } from 'typebox';
import { reservationPurposes } from '../rules/stock.ts';
import { contract } from './contract.ts';
import { GoodsQuantity } from './goods.ts';
import { Count, Id, IdParams, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

const Note = Type.String({ minLength: 1, maxLength: 120 });

export const ReserveStock = Input({
  id: Id,
  productId: Id,
  quantity: GoodsQuantity,
  note: Type.Optional(orNull(Note)),
  /** Given back by itself after so many minutes. */
  minutes: Type.Integer({ minimum: 1, maximum: 43_200 }),
});

export type ReserveStock = Static<typeof ReserveStock>;

export const Reservation = Type.Object({
  id: Id,
  productId: Id,
  name: orNull(Type.String()),
  quantityScale: Count,
  quantity: Count,
  purpose: oneOf(...reservationPurposes),
  note: orNull(Type.String()),
  reservedAt: Time,
  expiresAt: orNull(Time),
  /** Null while it is set aside. */
  released: orNull(oneOf('expired', 'cancelled')),
});

export type Reservation = Static<typeof Reservation>;

/** At the store node. */
export const reservationContract = contract({
  reserve: {
    method: 'POST',
    path: '/api/v1/stock/reservations',
    access: 'staff',
    summary: 'Set goods aside for somebody, for a while.',
    body: ReserveStock,
    output: Reservation,
    status: 201,
    refusals: { 'unknown-product': 422, 'out-of-stock': 409, 'id-reused': 422 },
  },
  list: {
    method: 'GET',
    path: '/api/v1/stock/reservations',
    access: 'staff',
    summary: 'What is set aside now, the first to end first.',
    output: Type.Object({ items: Type.Array(Reservation) }),
  },
  release: {
    method: 'POST',
    path: '/api/v1/stock/reservations/{id}/release',
    access: 'staff',
    summary: 'Give back what was set aside at this store.',
    params: IdParams,
    output: Reservation,
    refusals: { 'unknown-reservation': 404, 'not-yours': 409 },
  },
});

export const Allotment = Type.Object({
  id: Id,
  storeId: Id,
  productId: Id,
  name: orNull(Type.String()),
  quantityScale: Count,
  quantity: Count,
  grantedAt: Time,
  expiresAt: orNull(Time),
  released: orNull(oneOf('expired', 'cancelled')),
});

export type Allotment = Static<typeof Allotment>;

const Sent = Type.Object({ directiveId: Id, state: oneOf('sent', 'done', 'refused') });

/** At the centre: what it may sell of a store’s goods is what the store’s node has granted, by a fact. */
export const allotmentContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/inventory/allotments',
    access: { can: 'stock.read' },
    summary: 'What stores have granted, newest first; what was given back only when asked for.',
    query: pageQueryWith({ storeId: Type.Optional(Id), state: Type.Optional(oneOf('held', 'released')) }),
    output: Page(Allotment),
    refusals: { 'bad-cursor': 422 },
  },
  ask: {
    method: 'POST',
    path: '/api/v1/inventory/allotments',
    access: { can: 'stock.write' },
    summary: 'Ask a store to set goods aside for the centre to sell. Answered 202: granted when the store says so.',
    body: Input({
      id: Id,
      storeId: Id,
      productId: Id,
      quantity: GoodsQuantity,
      expiresAt: Type.Optional(orNull(Time)),
    }),
    output: Sent,
    status: 202,
    refusals: { 'unknown-store': 404, 'unknown-product': 422, 'id-reused': 422 },
  },
  giveBack: {
    method: 'POST',
    path: '/api/v1/inventory/allotments/{id}/return',
    access: { can: 'stock.write' },
    summary: 'Give an allotment back to its store. Answered 202: its tills have the goods when the store has heard of it.',
    params: IdParams,
    body: Input({ id: Id }),
    output: Sent,
    status: 202,
    refusals: { 'unknown-allotment': 404, 'id-reused': 422 },
  },
});
