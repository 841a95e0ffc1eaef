// What the people of a store may do at its tills: what a cashier does alone, what asks for a manager, and how long wrong PINs lock.

import type { StoreSettings } from './settings.ts';
import { RATE_ONE } from './tax.ts';

export const staffRoles = ['cashier', 'manager'] as const;

export type StaffRole = (typeof staffRoles)[number];

export const guardedActions = [
  'void',
  'refund',
  'late-refund',
  'discount',
  'no-sale',
  'pay-out',
  'accept-unverified',
  'count',
  'waste',
  'close-day',
  'accept-pour-risk',
  'settle-voucher',
] as const;

export type GuardedAction = (typeof guardedActions)[number];

export interface Deed {
  action: GuardedAction;
  /** Minor units; 0 where the action has no amount. */
  amount: number;
  /** What the amount is taken from, where a limit is a part of it. */
  of?: number;
}

type Limits = Pick<StoreSettings, 'discountLimit' | 'refundLimit'>;

/** What a cashier may do alone; everything else in the list asks for a manager. */
const cashierMay: Partial<Record<GuardedAction, (deed: Deed, limits: Limits) => boolean>> = {
  refund: ({ amount }, { refundLimit }) => amount <= refundLimit,
  discount: ({ amount, of = amount }, { discountLimit }) =>
    (discountLimit.amount === null || amount <= discountLimit.amount) &&
    // In exact integers: neither an amount nor a rate is long enough for their product to lose a digit.
    (discountLimit.percent === null || BigInt(amount) * BigInt(RATE_ONE) <= BigInt(discountLimit.percent) * BigInt(of)),
};

export function decide(deed: Deed, role: StaffRole, limits: Limits): 'allowed' | 'needs-approval' {
  const alone = role === 'manager' || cashierMay[deed.action]?.(deed, limits) === true;
  return alone ? 'allowed' : 'needs-approval';
}

/** As it counts: scanners type in either case, and may put spaces around it. */
export const badgeText = (badge: string): string => badge.trim().toUpperCase();

/** How long an approval is good. */
export const APPROVAL_MS = 60_000;

const FREE_TRIES = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 3_600_000;

/** How long a person is locked out after this many wrong PINs in a row: not before the fifth, then twice as long with each. */
export const lockOutMs = (wrongTries: number): number =>
  wrongTries < FREE_TRIES ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (wrongTries - FREE_TRIES), LONGEST_LOCK_MS);
