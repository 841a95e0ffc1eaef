// Shifts and their drawers: opened with a float, counted blind, closed with a difference; one open shift a till.
import Type, { type Static } from 'typebox';
import { drawerMovements } from '../rules/drawer.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, Input, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';

const Reason = Type.String({ minLength: 1, maxLength: 200 });

/** How many of each note and coin, by its worth in minor units. */
const Denominations = Type.Array(Input({ worth: Positive, count: Count }), { maxItems: 40 });

export const Shift = Type.Object({
  id: Id,
  number: Positive,
  tillId: Id,
  currency: CurrencyCode,
  openedBy: orNull(Id),
  openedAt: Time,
  float: Amount,
  /** open → counted (the first count is locked) → closed. */
  state: oneOf('open', 'counted', 'closed'),
  closedAt: orNull(Time),
  closedBy: orNull(Id),
  /** Null until the drawer was counted: the count is blind. The reason comes with the close. */
  count: orNull(Type.Object({ counted: Amount, expected: Amount, difference: Amount, reason: orNull(Type.String()) })),
});

export type Shift = Static<typeof Shift>;

const OpenShift = Input({ id: Id, denominations: Denominations });

export type OpenShift = Static<typeof OpenShift>;

const MoveDrawer = Input({
  id: Id,
  kind: oneOf(...drawerMovements),
  /** Zero for no-sale. */
  amount: Count,
  reason: Reason,
  approvalId: Type.Optional(Id),
});

export type MoveDrawer = Static<typeof MoveDrawer>;

const CountShift = Input({ denominations: Denominations });

export type CountShift = Static<typeof CountShift>;

export const shiftContract = contract({
  current: {
    method: 'GET',
    path: '/api/v1/shift',
    access: 'staff',
    summary: 'This till’s open shift, if there is one, and the notes and coins of its currency.',
    output: Type.Object({ shift: orNull(Shift), denominations: Type.Array(Positive) }),
    refusals: { 'not-ready': 409 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/shifts/{id}',
    access: 'staff',
    summary: 'One shift, of whatever till.',
    params: IdParams,
    output: Shift,
    refusals: { 'unknown-shift': 404 },
  },
  open: {
    method: 'POST',
    path: '/api/v1/shifts',
    access: 'staff',
    summary: 'Open this till’s shift with what is in the drawer.',
    body: OpenShift,
    output: Shift,
    status: 201,
    refusals: { 'shift-open': 409, 'bad-count': 422, 'id-reused': 422, 'not-ready': 409 },
  },
  move: {
    method: 'POST',
    path: '/api/v1/drawer-movements',
    access: 'staff',
    summary: 'Cash into or out of the drawer other than by a sale, or the drawer opened for nothing.',
    body: MoveDrawer,
    output: Type.Object({ id: Id }),
    status: 201,
    refusals: { 'no-shift': 409, 'bad-amount': 422, 'needs-approval': 409, 'id-reused': 422, 'not-ready': 409 },
  },
  count: {
    method: 'POST',
    path: '/api/v1/shifts/{id}/count',
    access: 'staff',
    summary: 'Lock the first count of the drawer, then hear what was expected.',
    params: IdParams,
    body: CountShift,
    output: Shift,
    refusals: { 'unknown-shift': 404, 'shift-closed': 409, 'bad-count': 422, 'counted-already': 409, 'not-ready': 409 },
  },
  close: {
    method: 'POST',
    path: '/api/v1/shifts/{id}/close',
    access: 'staff',
    summary:
      'Close a counted shift; a difference needs a reason. What was sold since the count stays in the shift and does not change it.',
    params: IdParams,
    body: Input({ reason: Type.Optional(Reason) }),
    output: Shift,
    refusals: { 'unknown-shift': 404, 'not-counted': 409, 'reason-needed': 422, 'shift-closed': 409, 'not-ready': 409 },
  },
});

/** A shift as the centre has it. */
const StoreShift = Type.Object({
  storeId: Id,
  id: Id,
  tillId: Id,
  number: Positive,
  businessDate: Type.String(),
  currency: CurrencyCode,
  float: Amount,
  openedAt: Time,
  openedBy: orNull(Id),
  closedAt: orNull(Time),
  closedBy: orNull(Id),
  count: orNull(Type.Object({ counted: Amount, expected: Amount, difference: Amount })),
  reason: orNull(Type.String()),
});

export type StoreShift = Static<typeof StoreShift>;

export const storeShiftContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/stores/{id}/shifts',
    access: { can: 'order.read' },
    summary: 'The shifts of a store’s tills, newest first, with what their counts found.',
    params: IdParams,
    query: pageQueryWith({}),
    output: Page(StoreShift),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/stores/{id}/shifts/{shiftId}',
    access: { can: 'order.read' },
    summary: 'One shift of a store’s tills.',
    params: Input({ id: Id, shiftId: Id }),
    output: StoreShift,
    refusals: { 'unknown-shift': 404 },
  },
});
