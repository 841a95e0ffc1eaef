// Stock of a store by its facts: movements, the level that is their sum, and lots. The node keeps the same books from the same facts.
import type { DispenseFinished } from '#schema/facts/dispense-finished';
import type { DispenseUnmatched } from '#schema/facts/dispense-unmatched';
import { dispenseUnmatched } from '#schema/facts/dispense-unmatched';
import { type Movement, movementsOf } from '#schema/facts/movements';
import { type StockReleased, stockReleased } from '#schema/facts/stock-released';
import { type StockReserved, stockReserved } from '#schema/facts/stock-reserved';
import type { VoucherResolved } from '#schema/facts/voucher-resolved';
import { stockEffect } from '#schema/rules/voucher';
import { stockLevels, stockMovements } from '#schema/tables/central/stock';
import { accumulateStatement } from '../../base/accumulate.ts';
import { insertStatement } from '../../base/bulk.ts';
import { runOverlapped } from '../../base/overlap.ts';
import { type AppliedFact, type Finding, factsOf, type Reaction } from '../../base/reaction.ts';
import { noteAllotments } from './allotments.ts';
import { type Moving, moveLots } from './lots.ts';
import { watchLowStock } from './low-stock.ts';
import { markVouchers, stepVouchers, type VoucherStep } from './vouchers.ts';

type MovementRow = typeof stockMovements.$inferInsert;
type Level = typeof stockLevels.$inferInsert;

export const stockReaction: Reaction = {
  module: 'stock',
  async react(tx, facts, { now, makeId }) {
    const [first] = facts;
    if (!first) return undefined;
    const { storeId } = first;
    const steps = await stepVouchers(tx, facts);
    await markVouchers(tx, facts);
    const poured = new Map(steps.map((step) => [step.fact.id, step]));
    const moving = facts.map((fact): Moving => ({ fact, movements: movedBy(fact, poured.get(fact.id)) }));
    const costs = await moveLots(tx, storeId, moving);
    const rows = moving.flatMap(({ fact, movements }) => movements.map((movement) => rowOf(fact, movement)));
    for (const [index, row] of rows.entries()) row.cost = costs[index] ?? null;
    const levels = [...rows.map(levelOf), ...steps.flatMap(reservationOf), ...facts.flatMap(setAsideBy)];
    await runOverlapped(tx, [
      () => insertStatement(stockMovements, rows),
      () => accumulateStatement(stockLevels, levels, { keys: ['storeId', 'productId'], sums: ['onHand', 'reserved'] }),
    ]);
    await noteAllotments(tx, facts);
    const productIds = [...new Set(levels.map(({ productId }) => productId))];
    await watchLowStock(tx, { storeId, productIds, now, makeId });
    return factsOf(facts, dispenseUnmatched).map(unmatchedPour);
  },
};

/** What stands in the fact, or for a pour what its voucher's step says. */
const movedBy = (fact: AppliedFact, step: VoucherStep | undefined): Movement[] =>
  step ? movementOfPour(step) : movementsOf(fact);

/** Whose goods they were and whether they were paid for, only a person can find out; until then no stock moves, here or at the store. */
function unmatchedPour(fact: AppliedFact<DispenseUnmatched>): Finding {
  const { dispenserNumber, serial, outcome } = fact.body;
  return {
    fact,
    code: 'unknown-voucher',
    detail: `Dispenser ${dispenserNumber} reported “${outcome}” for its voucher ${serial}, which no fact has issued. Count what it holds.`,
  };
}

// Field by field: a spread for each of a busy day's lines is what a profile of catching up shows first.
const rowOf = (
  fact: AppliedFact,
  { line, id, productId, kind, quantity, saleId = null, documentId = null, reason = null }: Movement,
): MovementRow => ({
  storeId: fact.storeId,
  generation: fact.generation,
  seq: fact.seq,
  line,
  id: id ?? fact.id,
  productId,
  kind,
  quantity,
  occurredAt: fact.occurredAt,
  saleId,
  documentId,
  reason,
  cost: null,
});

const levelOf = ({ storeId, productId, quantity }: MovementRow): Level => ({ storeId, productId, onHand: quantity, reserved: 0 });

function movementOfPour({ fact, from, to }: VoucherStep): Movement[] {
  const { onHand } = stockEffect(from, to);
  if (onHand === 0) return [];
  const { productId, saleId, reason } = (fact as AppliedFact<DispenseFinished | VoucherResolved>).body;
  return [{ line: 0, id: null, productId, kind: 'dispense', quantity: onHand, saleId, reason }];
}

function reservationOf({ fact, from, to }: VoucherStep): Level[] {
  const { reserved } = stockEffect(from, to);
  return reserved === 0 ? [] : [{ storeId: fact.storeId, productId: fact.body.productId, onHand: 0, reserved }];
}

/** What is set aside, and given back: a fact that gives back nothing new says so by its quantity. */
function setAsideBy({ storeId, kind, body }: AppliedFact): Level[] {
  const sign = kind === stockReserved.kind ? 1 : kind === stockReleased.kind ? -1 : 0;
  if (sign === 0) return [];
  const { productId, quantity } = body as StockReserved | StockReleased;
  return [{ storeId, productId, onHand: 0, reserved: sign * quantity }];
}
