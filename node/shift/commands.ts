// SHIFT: a drawer is taken over with a float, moved, counted blind, and closed with its difference. One open shift a till.
import { textHash } from '#schema/facts/chain';
import { drawerMoved } from '#schema/facts/drawer-moved';
import { shiftClosed } from '#schema/facts/shift-closed';
import { shiftCounted } from '#schema/facts/shift-counted';
import { shiftOpened } from '#schema/facts/shift-opened';
import { countOf, expectedInDrawer } from '#schema/rules/drawer';
import { canonical } from '#schema/values/canonical';
import { isPayable } from '#schema/values/money';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { CountShift, MoveDrawer, OpenShift, Shift, shiftContract } from '#schema/wire/shift';
import type { Commit } from '../journal/commit.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { BusinessDays } from '../report/business-day.ts';
import type { Seller } from '../sale/commands.ts';
import type { Approvals } from '../staff/approval.ts';
import { type ShiftQueries, type ShiftRow, workingShift } from './queries.ts';

export interface ShiftContext {
  stores: StoreReplica;
  shifts: ShiftQueries;
  approvals: Approvals;
  days: BusinessDays;
}

type Refusal<Name extends keyof typeof shiftContract> = RefusalOf<(typeof shiftContract)[Name]>;

const intentOf = (...wish: Parameters<typeof canonical>[0][]): string => textHash(canonical(wish));

const notReady = () =>
  refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });

export function openShift(
  commit: Commit,
  { id, denominations }: OpenShift,
  { till, person }: Seller,
  { stores, shifts, days }: ShiftContext,
): Result<Shift, Refusal<'open'>> {
  const intent = intentOf(till.id, denominations);
  const known = shifts.find(id);
  if (known)
    return known.intent === intent
      ? ok(shifts.show(id))
      : refuse('id-reused', 'That id was used for another shift.', { field: 'id', next: 'Make a new id for a new shift.' });
  const store = stores.current();
  if (!store) return notReady();
  if (shifts.openShift(till.id) !== null)
    return refuse('shift-open', 'This till has an open shift already.', { next: 'Count and close it first.' });
  const { currency } = store;
  const float = countOf(denominations, currency);
  if (!float.ok) return float;
  const number = shifts.lastNumber(till.id) + 1;
  const drawer = { shiftId: id, tillId: till.id, number, businessDate: days.at(commit.now, store), currency };
  commit.append(shiftOpened, { ...drawer, float: float.value, denominations, intent }, { staff: person?.id ?? null });
  return ok(shifts.show(id));
}

export function moveDrawer(
  commit: Commit,
  input: MoveDrawer,
  { till, person }: Seller,
  { stores, shifts, approvals, days }: ShiftContext,
): Result<{ id: string }, Refusal<'move'>> {
  const { id, kind, reason, approvalId } = input;
  const intent = intentOf(till.id, kind, input.amount, reason);
  const known = shifts.movementIntent(id);
  if (known !== undefined)
    return known === intent
      ? ok({ id })
      : refuse('id-reused', 'That id was used for another movement.', { field: 'id', next: 'Make a new id.' });
  const store = stores.current();
  if (!store) return notReady();
  const { settings, currency } = store;
  const shift = workingShift(shifts, till.id, { requireShift: true });
  if (!shift.ok) return shift;
  if (kind === 'no-sale' ? input.amount !== 0 : input.amount === 0 || !isPayable(input.amount, currency))
    return refuse('bad-amount', 'Cash in or out is an amount that can be paid; a drawer opened for nothing has none.', {
      field: 'amount',
      next: kind === 'no-sale' ? 'Send 0.' : 'Send what went in or out.',
    });
  const wanted = { amount: input.amount, approvalId, till, person, settings };
  const approved = kind === 'pay-in' ? ok(null) : approvals.approve(commit, { action: kind, ...wanted });
  if (!approved.ok) return approved;
  const drawer = { movementId: id, shiftId: shift.value as string, tillId: till.id, businessDate: days.at(commit.now, store) };
  const amount = kind === 'pay-out' ? -input.amount : input.amount;
  const body = { ...drawer, kind, currency, amount, reason, approvedBy: approved.value, intent };
  commit.append(drawerMoved, body, { staff: person?.id ?? null });
  return ok({ id });
}

/** The first count stands; only then does anybody hear what was expected. */
export function countShift(
  commit: Commit,
  id: string,
  { denominations }: CountShift,
  { person }: Seller,
  { stores, shifts }: ShiftContext,
): Result<Shift, Refusal<'count'>> {
  const shift = shifts.find(id);
  if (!shift) return unknownShift();
  const intent = intentOf(denominations);
  if (shift.countIntent === intent) return ok(shifts.show(id));
  if (shift.closedAt !== null) return shiftIsClosed();
  if (shift.countIntent !== null)
    return refuse('counted-already', 'This drawer was counted already, and the first count stands.', {
      next: 'Close the shift, and say in its reason what was miscounted.',
    });
  const store = stores.current();
  if (!store) return notReady();
  const counted = countOf(denominations, store.currency);
  if (!counted.ok) return counted;
  const expected = expectedInDrawer(shifts.sums(id));
  const body = { shiftId: id, tillId: shift.tillId, denominations, counted: counted.value, expected, intent };
  commit.append(shiftCounted, body, { staff: person?.id ?? null });
  return ok(shifts.show(id));
}

export function closeShift(
  commit: Commit,
  id: string,
  reason: string | null,
  { person }: Seller,
  { stores, shifts, days }: ShiftContext,
): Result<Shift, Refusal<'close'>> {
  const shift = shifts.find(id);
  if (!shift) return unknownShift();
  if (shift.closedAt !== null) return shift.reason === reason ? ok(shifts.show(id)) : shiftIsClosed();
  const { counted, expected } = shift;
  if (counted === null || expected === null)
    return refuse('not-counted', 'This drawer has not been counted.', { next: 'Count it, then close the shift.' });
  const difference = counted - expected;
  if (difference !== 0 && reason === null)
    return refuse('reason-needed', 'What was counted is not what was expected.', {
      field: 'reason',
      next: 'Say why, as well as you know.',
      facts: { difference },
    });
  const store = stores.current();
  if (!store) return notReady();
  appendClosed(
    commit,
    { ...shift, counted, expected },
    { reason, businessDate: days.at(commit.now, store), staff: person?.id ?? null },
    shifts,
  );
  return ok(shifts.show(id));
}

type CountedShift = ShiftRow & { counted: number; expected: number };

function appendClosed(
  commit: Commit,
  { id, tillId, currency, counted, expected }: CountedShift,
  { reason, businessDate, staff }: { reason: string | null; businessDate: string; staff: string | null },
  shifts: ShiftQueries,
): void {
  const sums = shifts.sums(id);
  const { float: _, ...moved } = sums;
  const sinceCount = expectedInDrawer(sums) - expected;
  const drawer = { shiftId: id, tillId, businessDate, currency };
  commit.append(shiftClosed, { ...drawer, ...moved, counted, expected, sinceCount, reason }, { staff });
}

export const unknownShift = () => refuse('unknown-shift', 'There is no such shift in this store.', { field: 'id' });

const shiftIsClosed = () =>
  refuse('shift-closed', 'This shift is closed.', { next: 'Open a new one with what is in the drawer.' });
