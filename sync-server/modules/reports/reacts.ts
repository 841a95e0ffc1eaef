// Shifts and closed days as the stores' facts tell. What a drawer took, and what a day came to, is added up again from what the centre has.
import { and, eq, sql } from 'drizzle-orm';
import { dayClosed } from '#schema/facts/day-closed';
import { type DrawerMoved, drawerMoved } from '#schema/facts/drawer-moved';
import { type ShiftClosed, shiftClosed } from '#schema/facts/shift-closed';
import { shiftCounted } from '#schema/facts/shift-counted';
import { type ShiftOpened, shiftOpened } from '#schema/facts/shift-opened';
import { orders, orderTenders } from '#schema/tables/central/order';
import { orderRefunds, orderReturns } from '#schema/tables/central/return';
import { drawerMovements, shifts } from '#schema/tables/central/shift';
import { insertMany } from '../../base/bulk.ts';
import type { Tx } from '../../base/database.ts';
import { type AppliedFact, type Finding, factsOf, type Reaction } from '../../base/reaction.ts';
import { closeDay } from './closed-days.ts';

/** After the reaction of the orders: a shift is closed with all of its sales. */
export const reportsReaction: Reaction = {
  module: 'reports',
  async react(tx, facts) {
    await insertMany(tx, shifts, factsOf(facts, shiftOpened).map(shiftOf));
    await insertMany(tx, drawerMovements, factsOf(facts, drawerMoved).map(movementOf));
    for (const { storeId, body } of factsOf(facts, shiftCounted))
      await change(tx, storeId, body.shiftId, { counted: body.counted, expected: body.expected });
    const findings: Finding[] = [];
    for (const fact of factsOf(facts, shiftClosed)) findings.push(...(await close(tx, fact)));
    for (const fact of factsOf(facts, dayClosed)) findings.push(...(await closeDay(tx, fact)));
    return findings;
  },
};

function shiftOf({ storeId, occurredAt, staff, body }: AppliedFact<ShiftOpened>): typeof shifts.$inferInsert {
  const { shiftId, tillId, number, businessDate, currency, float } = body;
  return { storeId, id: shiftId, tillId, number, businessDate, currency, float, openedAt: occurredAt, openedBy: staff };
}

function movementOf(fact: AppliedFact<DrawerMoved>): typeof drawerMovements.$inferInsert {
  const { storeId, occurredAt, staff, generation, seq, body } = fact;
  const { movementId, shiftId, kind, amount, reason, approvedBy } = body;
  return { storeId, id: movementId, shiftId, kind, amount, reason, occurredAt, staffId: staff, approvedBy, generation, seq };
}

async function change(tx: Tx, storeId: string, id: string, to: Partial<typeof shifts.$inferInsert>): Promise<void> {
  await tx
    .update(shifts)
    .set(to)
    .where(and(eq(shifts.storeId, storeId), eq(shifts.id, id)));
}

async function close(tx: Tx, fact: AppliedFact<ShiftClosed>): Promise<Finding[]> {
  const { storeId, occurredAt, staff, generation, seq, body } = fact;
  const { shiftId, reason, taken, givenBack, currency } = body;
  await change(tx, storeId, shiftId, {
    closedAt: occurredAt,
    closedBy: staff,
    reason,
    closedGeneration: generation,
    closedSeq: seq,
  });
  const known = await cashOf(tx, storeId, shiftId);
  if (known.taken === taken && known.givenBack === givenBack) return [];
  const detail = `The drawer says ${taken} in and ${givenBack} back, its orders ${known.taken} and ${known.givenBack} (${currency}).`;
  return [{ fact, code: 'drawer-differs', detail }];
}

async function cashOf(tx: Tx, storeId: string, shiftId: string): Promise<{ taken: number; givenBack: number }> {
  const [sold] = await tx
    .select({ sum: sql<string>`coalesce(sum(${orderTenders.amount}), 0)` })
    .from(orderTenders)
    .innerJoin(orders, and(eq(orders.storeId, orderTenders.storeId), eq(orders.id, orderTenders.orderId)))
    .where(and(eq(orders.storeId, storeId), eq(orders.shiftId, shiftId), eq(orderTenders.method, 'cash')));
  const [back] = await tx
    .select({ sum: sql<string>`coalesce(sum(${orderRefunds.amount}), 0)` })
    .from(orderRefunds)
    .innerJoin(orderReturns, and(eq(orderReturns.storeId, orderRefunds.storeId), eq(orderReturns.id, orderRefunds.returnId)))
    .where(and(eq(orderReturns.storeId, storeId), eq(orderReturns.shiftId, shiftId), eq(orderRefunds.method, 'cash')));
  return { taken: Number(sold?.sum ?? 0), givenBack: Number(back?.sum ?? 0) };
}
