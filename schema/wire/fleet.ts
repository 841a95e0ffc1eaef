// The chain at a glance: what the fleet dashboard draws.
import Type, { type Static } from 'typebox';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, orNull, Time } from './parts.ts';

export const FleetStore = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  town: orNull(Type.String()),
  currency: CurrencyCode,
  /** When the node was last heard; null when it never was. */
  lastSeenAt: orNull(Time),
  /** For how long its silence is expected, where it may be without internet; null where it never is. */
  awayHours: orNull(Count),
  version: orNull(Type.String()),
  /** As the node last told: facts not sent, and the age of the oldest. */
  waiting: orNull(Count),
  oldestWaitingAt: orNull(Time),
  devices: orNull(Type.Object({ total: Count, online: Count })),
  businessDate: Type.String(),
  salesToday: Amount,
  salesCount: Count,
  /** Takings of the last 24 hours, an hour each, oldest first. */
  hours: Type.Array(Amount),
  exceptions: Count,
  unapplied: Count,
});

export type FleetStore = Static<typeof FleetStore>;

export const fleetContract = contract({
  show: {
    method: 'GET',
    path: '/api/v1/analytics/fleet',
    access: { can: 'order.read' },
    summary: 'Every store: heard when, how far behind, sold what today.',
    output: Type.Object({ now: Time, items: Type.Array(FleetStore) }),
  },
});
