// The shift that a till works in, and what went through its drawer. Reads only.
import type { DrawerSums } from '#schema/rules/drawer';
import type { StoreSettings } from '#schema/rules/settings';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { Shift } from '#schema/wire/shift';
import { rowOf, type Sqlite } from '../base/sqlite.ts';

export interface ShiftRow {
  id: string;
  number: number;
  tillId: string;
  currency: string;
  float: number;
  openedAt: number;
  openedBy: string | null;
  intent: string;
  counted: number | null;
  expected: number | null;
  countIntent: string | null;
  closedAt: number | null;
  closedBy: string | null;
  reason: string | null;
}

export interface ShiftQueries {
  /** The till's shift that is not closed: what is sold there belongs to it, also once it is counted. */
  openShift(tillId: string): string | null;
  find(shiftId: string): ShiftRow | undefined;
  /** The shift must exist. */
  show(shiftId: string): Shift;
  /** The till's last number; 0 before its first shift. */
  lastNumber(tillId: string): number;
  movementIntent(movementId: string): string | undefined;
  /** What went through its drawer up to now. */
  sums(shiftId: string): DrawerSums;
}

export function shiftQueries(sqlite: Sqlite): ShiftQueries {
  const readOpen = rowOf<{ id: string }>(sqlite, 'SELECT id FROM shifts WHERE till_id = ? AND closed_at IS NULL');
  const readShift = rowOf<ShiftRow>(
    sqlite,
    `SELECT id, number, till_id AS tillId, currency, float, opened_at AS openedAt, opened_by AS openedBy, intent, counted, expected,
       count_intent AS countIntent, closed_at AS closedAt, closed_by AS closedBy, reason
     FROM shifts WHERE id = ?`,
  );
  const readLast = rowOf<{ last: number }>(sqlite, 'SELECT coalesce(max(number), 0) AS last FROM shifts WHERE till_id = ?');
  const readMovement = rowOf<{ intent: string }>(sqlite, 'SELECT intent FROM drawer_movements WHERE id = ?');
  const readSums = rowOf<DrawerSums>(
    sqlite,
    `SELECT h.float,
       (SELECT coalesce(sum(t.amount), 0) FROM sales s JOIN sale_tenders t ON t.sale_id = s.id
        WHERE s.shift_id = h.id AND t.method = 'cash') AS taken,
       (SELECT coalesce(sum(r.amount), 0) FROM sale_returns b JOIN refunds r ON r.return_id = b.id
        WHERE b.shift_id = h.id AND r.method = 'cash') AS givenBack,
       (SELECT coalesce(sum(amount), 0) FROM drawer_movements WHERE shift_id = h.id AND amount > 0) AS payIns,
       (SELECT coalesce(-sum(amount), 0) FROM drawer_movements WHERE shift_id = h.id AND amount < 0) AS payOuts
     FROM shifts h WHERE h.id = ?`,
  );
  return {
    openShift: (tillId) => readOpen(tillId)?.id ?? null,
    find: (shiftId) => readShift(shiftId),
    show: (shiftId) => shown(present(readShift(shiftId), `no shift ${shiftId}`)),
    lastNumber: (tillId) => readLast(tillId)?.last ?? 0,
    movementIntent: (movementId) => readMovement(movementId)?.intent,
    sums: (shiftId) => present(readSums(shiftId), `no shift ${shiftId}`),
  };
}

function shown(row: ShiftRow): Shift {
  const { intent: _, countIntent: __, counted, expected, reason, openedAt, closedAt, ...shift } = row;
  const isCounted = counted !== null && expected !== null;
  return {
    ...shift,
    openedAt: isoTime(openedAt),
    closedAt: closedAt === null ? null : isoTime(closedAt),
    state: stateOf(row),
    count: isCounted ? { counted, expected, difference: counted - expected, reason } : null,
  };
}

const stateOf = ({ counted, closedAt }: ShiftRow): Shift['state'] => {
  if (closedAt !== null) return 'closed';
  return counted === null ? 'open' : 'counted';
};

/** The shift that this till's money goes through; none is an answer too, unless the store asks for one. */
export function workingShift(
  shifts: ShiftQueries,
  tillId: string,
  { requireShift }: Pick<StoreSettings, 'requireShift'>,
): Result<string | null, 'no-shift'> {
  const shiftId = shifts.openShift(tillId);
  return shiftId === null && requireShift
    ? refuse('no-shift', 'This till has no open shift.', { next: 'Open one with what is in the drawer.' })
    : ok(shiftId);
}
