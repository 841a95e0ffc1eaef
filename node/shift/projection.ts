// Shifts of the tills and what moved in their drawers other than by sales.
import { type DrawerMoved, drawerMoved } from '#schema/facts/drawer-moved';
import type { Fact } from '#schema/facts/fact';
import { type ShiftClosed, shiftClosed } from '#schema/facts/shift-closed';
import { type ShiftCounted, shiftCounted } from '#schema/facts/shift-counted';
import { type ShiftOpened, shiftOpened } from '#schema/facts/shift-opened';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';

export function shiftProjection(sqlite: Sqlite): Projection {
  const insertShift = writer(
    sqlite,
    'INSERT INTO shifts (id, till_id, number, currency, float, opened_at, opened_by, intent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertMovement = writer(
    sqlite,
    `INSERT INTO drawer_movements (id, shift_id, kind, amount, reason, business_date, occurred_at, staff, intent, generation, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setCount = writer(sqlite, 'UPDATE shifts SET counted = ?, expected = ?, count_intent = ? WHERE id = ?');
  const setClosed = writer(
    sqlite,
    'UPDATE shifts SET closed_at = ?, closed_by = ?, reason = ?, closed_generation = ?, closed_seq = ? WHERE id = ?',
  );
  return {
    tables: ['drawer_movements', 'shifts'],
    on: {
      ...when(shiftOpened, ({ body, occurredAt, staff }: Fact<ShiftOpened>) => {
        const { shiftId, tillId, number, currency, float, intent } = body;
        insertShift(shiftId, tillId, number, currency, float, occurredAt, staff, intent);
      }),
      ...when(drawerMoved, ({ body, generation, seq, occurredAt, staff }: Fact<DrawerMoved>) => {
        const { movementId, shiftId, kind, amount, reason, businessDate, intent } = body;
        insertMovement(movementId, shiftId, kind, amount, reason, businessDate, occurredAt, staff, intent, generation, seq);
      }),
      ...when(shiftCounted, ({ body }: Fact<ShiftCounted>) => {
        setCount(body.counted, body.expected, body.intent, body.shiftId);
      }),
      ...when(shiftClosed, ({ body, generation, seq, occurredAt, staff }: Fact<ShiftClosed>) => {
        setClosed(occurredAt, staff, body.reason, generation, seq, body.shiftId);
      }),
    },
  };
}
