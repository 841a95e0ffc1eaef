// Devices at the store node. So far the virtual dispenser, which can be shown a voucher from here as a customer would show it.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Count, Id, IdParams, Input, oneOf, orNull, Time } from './parts.ts';

export const Device = Type.Object({
  id: Id,
  kind: Type.Literal('dispenser'),
  name: Type.String(),
  number: Count,
  driver: Type.String(),
  state: oneOf('online', 'offline', 'busy', 'fault'),
  lastSeenAt: orNull(Time),
  slots: Type.Array(Type.Object({ slot: Count, productId: orNull(Id), productName: orNull(Type.String()) })),
});

export type Device = Static<typeof Device>;

export const deviceContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/devices',
    access: 'staff',
    summary: 'The devices of this store and how they stand.',
    output: Type.Object({ items: Type.Array(Device) }),
  },
  scan: {
    method: 'POST',
    path: '/api/v1/devices/{id}/scan',
    access: 'staff',
    summary: 'Hold a code before a virtual dispenser. A real one has its own scanner.',
    params: IdParams,
    body: Input({ code: Type.String({ minLength: 1, maxLength: 200 }) }),
    output: Type.Object({
      /** ok, fail or uncertain after a pour; refused when the dispenser would not start. */
      outcome: oneOf('ok', 'fail', 'uncertain', 'refused', 'no-answer'),
      reason: orNull(Type.String()),
      serial: orNull(Count),
    }),
    refusals: { 'unknown-device': 404, 'not-virtual': 409 },
  },
});
