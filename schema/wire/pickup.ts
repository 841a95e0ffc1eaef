// Pickups: what was bought elsewhere and comes out of a store's dispenser. The centre asks, the store's node mints a voucher for each unit.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Id, IdParams, Input, Name, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';
import { voucherStates } from './voucher.ts';

const pickupStates = ['sent', 'ready', 'refused', 'lapsed', 'done'] as const;

const Pickup = Type.Object({
  id: Id,
  storeId: Id,
  storeCode: Type.String(),
  /** What whoever sold it calls the order. */
  reference: Type.String(),
  /**
   * sent: its store has not said yet. ready: something of it can be poured now. lapsed: something is owed that no voucher is good for.
   * refused: its store could not mint the last that was asked for, and nothing of it can be poured.
   */
  state: oneOf(...pickupStates),
  /** Why its store refused the last that was asked for. */
  code: orNull(Type.String()),
  detail: orNull(Type.String()),
  askedAt: Time,
  /** One for each unit that is owed: the newest voucher of each. */
  units: Type.Array(
    Type.Object({
      voucherId: Id,
      productId: Id,
      /** Null until the store has minted it. */
      state: orNull(oneOf(...voucherStates)),
      expiresAt: orNull(Time),
    }),
  ),
});

export type Pickup = Static<typeof Pickup>;

export const pickupContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/pickups',
    access: { can: 'order.read' },
    summary: 'Pickups, newest first.',
    query: pageQueryWith({ storeId: Type.Optional(Id), reference: Type.Optional(Name) }),
    output: Page(Pickup),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/pickups/{id}',
    access: { can: 'order.read' },
    summary: 'One pickup, with what became of each unit.',
    params: IdParams,
    output: Pickup,
    refusals: { 'unknown-pickup': 404 },
  },
  create: {
    method: 'POST',
    path: '/api/v1/pickups',
    access: { can: 'voucher.issue' },
    summary: 'Have a store pour what was paid for elsewhere. Answered 202: its node mints a voucher for each unit, all or none.',
    body: Input({
      id: Id,
      storeId: Id,
      reference: Name,
      lines: Type.Array(Input({ productId: Id, quantity: Type.Integer({ minimum: 1, maximum: 50 }) }), {
        minItems: 1,
        maxItems: 20,
      }),
    }),
    output: Pickup,
    status: 202,
    refusals: {
      'unknown-store': 422,
      'unknown-product': 422,
      'not-dispensable': 422,
      'too-many-units': 422,
      'id-reused': 422,
    },
  },
  again: {
    method: 'POST',
    path: '/api/v1/pickups/{id}/again',
    access: { can: 'voucher.issue' },
    summary: 'New vouchers for the units that were owed and not poured: their time was over, or the pour failed. Answered 202.',
    params: IdParams,
    body: Input({ id: Id }),
    output: Pickup,
    status: 202,
    refusals: { 'unknown-pickup': 404, 'nothing-owed': 409, 'not-answered': 409, 'id-reused': 422 },
  },
});

/** What a dispenser can tell apart at one time is far more, but each unit is a code that somebody holds before it. */
export const PICKUP_UNITS_MAX = 50;
