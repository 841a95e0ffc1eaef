// Vouchers as facts tell of them: steps each by the table of rules/voucher, and answers the steps, from which stock follows.
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { DispenseFinished } from '#schema/facts/dispense-finished';
import { dispenseFinished } from '#schema/facts/dispense-finished';
import { saleReturned } from '#schema/facts/sale-returned';
import { voucherCleared } from '#schema/facts/voucher-cleared';
import type { VoucherClosed } from '#schema/facts/voucher-closed';
import { voucherClosed } from '#schema/facts/voucher-closed';
import type { VoucherIssued } from '#schema/facts/voucher-issued';
import { voucherIssued } from '#schema/facts/voucher-issued';
import type { VoucherResolved } from '#schema/facts/voucher-resolved';
import { voucherResolved } from '#schema/facts/voucher-resolved';
import {
  afterReport,
  type Clearance,
  clearer,
  eventOfClosing,
  eventOfOutcome,
  eventOfResolution,
  type VoucherEvent,
  type VoucherState,
  voucherMachine,
} from '#schema/rules/voucher';
import { vouchers } from '#schema/tables/central/voucher';
import { insertMany } from '../../base/bulk.ts';
import type { Tx } from '../../base/database.ts';
import { type AppliedFact, FactRefusal, factsOf } from '../../base/reaction.ts';

type VoucherFact = AppliedFact<VoucherIssued | VoucherClosed | DispenseFinished | VoucherResolved>;

export interface VoucherStep {
  fact: VoucherFact;
  from: VoucherState | null;
  to: VoucherState;
}

const kinds: readonly string[] = [voucherIssued.kind, voucherClosed.kind, dispenseFinished.kind, voucherResolved.kind];

export async function stepVouchers(tx: Tx, facts: readonly AppliedFact[]): Promise<VoucherStep[]> {
  const told = facts.filter(({ kind }) => kinds.includes(kind)) as VoucherFact[];
  const [first] = told;
  if (!first) return [];
  const stored = await storedStates(tx, first.storeId, told);
  const states = new Map(stored);
  const steps = told.map((fact) => {
    const step = stepOf(fact, states.get(fact.body.voucherId));
    states.set(fact.body.voucherId, step.to);
    return step;
  });
  await insertIssued(tx, told, states);
  await updateStates(
    tx,
    first.storeId,
    [...stored].flatMap(([id, before]) => (states.get(id) === before ? [] : [[id, states.get(id) ?? before]])),
  );
  return steps;
}

function stepOf(fact: VoucherFact, from: VoucherState | undefined): VoucherStep {
  const event = eventOf(fact);
  if (event === 'issue') {
    if (from !== undefined) throw new FactRefusal('id-reused', 'A voucher of this id was issued before.');
    return { fact, from: null, to: voucherMachine.initial };
  }
  if (from === undefined) throw new FactRefusal('unknown-voucher', 'No fact has issued this voucher.');
  return { fact, from, to: event === null ? from : afterReport(from, event) };
}

function eventOf({ body }: VoucherFact): VoucherEvent | 'issue' | null {
  if ('outcome' in body) return eventOfOutcome[body.outcome];
  if ('as' in body) return eventOfResolution[body.as];
  return 'why' in body ? eventOfClosing[body.why] : 'issue';
}

async function storedStates(tx: Tx, storeId: string, facts: readonly VoucherFact[]): Promise<Map<string, VoucherState>> {
  const ids = [...new Set(facts.map(({ body }) => body.voucherId))];
  const rows = await tx
    .select({ id: vouchers.id, state: vouchers.state })
    .from(vouchers)
    .where(and(eq(vouchers.storeId, storeId), inArray(vouchers.id, ids)));
  return new Map(rows.map(({ id, state }) => [id, state]));
}

async function insertIssued(tx: Tx, facts: readonly VoucherFact[], states: ReadonlyMap<string, VoucherState>): Promise<void> {
  const issued = facts.filter((fact): fact is AppliedFact<VoucherIssued> => fact.kind === voucherIssued.kind);
  await insertMany(
    tx,
    vouchers,
    issued.map(({ storeId, body: { voucherId, saleId, lineId, unit, firstVoucherId, businessDate, ...promised } }) => {
      const state = states.get(voucherId) ?? voucherMachine.initial;
      const { productId, dispenserId, serial, expiresAt } = promised;
      const paid = { orderId: saleId, lineId, unit, firstId: firstVoucherId, businessDate, refunded: false };
      return { storeId, id: voucherId, ...paid, productId, dispenserId, serial, expiresAt, state };
    }),
  );
}

async function updateStates(tx: Tx, storeId: string, changed: readonly (readonly [string, VoucherState])[]): Promise<void> {
  if (changed.length === 0) return;
  const ids = changed.map(([id]) => id);
  const states = changed.map(([, state]) => state);
  await tx.execute(sql`UPDATE ${vouchers} SET state = told.state
    FROM unnest(${sql.param(ids)}::uuid[], ${sql.param(states)}::text[]) AS told(id, state)
    WHERE ${vouchers.storeId} = ${storeId} AND ${vouchers.id} = told.id`);
}

/** What else facts say of vouchers: that nothing comes out for them any more, and that the money of their units went back. */
export async function markVouchers(tx: Tx, facts: readonly AppliedFact[]): Promise<void> {
  await markCleared(tx, facts);
  await markRefunded(tx, facts);
}

async function markCleared(tx: Tx, facts: readonly AppliedFact[]): Promise<void> {
  const told = factsOf(facts, voucherCleared);
  const [first] = told;
  if (!first) return;
  const { storeId } = first;
  const ids = [...new Set(told.map(({ body }) => body.voucherId))];
  const rows = await tx
    .select({ id: vouchers.id, cleared: vouchers.cleared })
    .from(vouchers)
    .where(and(eq(vouchers.storeId, storeId), inArray(vouchers.id, ids)));
  const before = new Map<string, Clearance | null>(rows.map(({ id, cleared }) => [id, cleared]));
  for (const { body } of told) before.set(body.voucherId, clearer(before.get(body.voucherId) ?? null, body.by));
  const known = rows.map(({ id }) => id);
  await tx.execute(sql`UPDATE ${vouchers} SET cleared = told.cleared
    FROM unnest(${sql.param(known)}::uuid[], ${sql.param(known.map((id) => before.get(id)))}::text[]) AS told(id, cleared)
    WHERE ${vouchers.storeId} = ${storeId} AND ${vouchers.id} = told.id`);
}

async function markRefunded(tx: Tx, facts: readonly AppliedFact[]): Promise<void> {
  const units = factsOf(facts, saleReturned).flatMap(({ body: { original, lines } }) =>
    lines.flatMap(({ lineId, units: back }) => back.map((unit) => ({ ...original, lineId, unit }))),
  );
  if (units.length === 0) return;
  await tx.execute(sql`UPDATE ${vouchers} SET refunded = true
    FROM unnest(${sql.param(units.map(({ storeId }) => storeId))}::uuid[], ${sql.param(units.map(({ saleId }) => saleId))}::uuid[],
      ${sql.param(units.map(({ lineId }) => lineId))}::uuid[], ${sql.param(units.map(({ unit }) => unit))}::integer[])
      AS back(store_id, order_id, line_id, unit)
    WHERE ${vouchers.storeId} = back.store_id AND ${vouchers.orderId} = back.order_id AND ${vouchers.lineId} = back.line_id
      AND ${vouchers.unit} = back.unit`);
}
