// Stock of a store by its facts: movements, and the level that is their sum. The node keeps the same books from the same facts.
import type { DispenseFinished } from '#schema/facts/dispense-finished';
import type { DispenseUnmatched } from '#schema/facts/dispense-unmatched';
import { dispenseUnmatched } from '#schema/facts/dispense-unmatched';
import type { SaleClosed } from '#schema/facts/sale-closed';
import { saleClosed } from '#schema/facts/sale-closed';
import type { StockMoved } from '#schema/facts/stock-moved';
import { stockMoved } from '#schema/facts/stock-moved';
import { stockEffect } from '#schema/rules/voucher';
import { stockLevels, stockMovements } from '#schema/tables/central/stock';
import { accumulateStatement } from '../../base/accumulate.ts';
import { insertStatement } from '../../base/bulk.ts';
import { runOverlapped } from '../../base/overlap.ts';
import { type AppliedFact, type Finding, factsOf, type Reaction } from '../../base/reaction.ts';
import { stepVouchers, type VoucherStep } from './vouchers.ts';

type Movement = typeof stockMovements.$inferInsert;
type Level = typeof stockLevels.$inferInsert;

export const stockReaction: Reaction = {
  module: 'stock',
  async react(tx, facts) {
    const steps = await stepVouchers(tx, facts);
    const movements = [
      ...factsOf(facts, saleClosed).flatMap(movementsOfSale),
      ...factsOf(facts, stockMoved).map(movementOfMove),
      ...steps.flatMap(movementOfPour),
    ];
    const moved = movements.map(
      ({ storeId, productId, quantity }): Level => ({ storeId, productId, onHand: quantity, reserved: 0 }),
    );
    const keys = { keys: ['storeId', 'productId'], sums: ['onHand', 'reserved'] } as const;
    await runOverlapped(tx, [
      () => insertStatement(stockMovements, movements),
      () => accumulateStatement(stockLevels, [...moved, ...steps.flatMap(reservationOf)], keys),
    ]);
    return factsOf(facts, dispenseUnmatched).map(unmatchedPour);
  },
};

/** Whose goods they were and whether they were paid for, only a person can find out; until then no stock moves, here or at the store. */
function unmatchedPour(fact: AppliedFact<DispenseUnmatched>): Finding {
  const { dispenserNumber, serial, outcome } = fact.body;
  return {
    fact,
    code: 'unknown-voucher',
    detail: `Dispenser ${dispenserNumber} reported “${outcome}” for its voucher ${serial}, which no fact has issued. Count what it holds.`,
  };
}

/** What a dispenser pours moves when it is poured, not when it is paid. */
function movementsOfSale(fact: AppliedFact<SaleClosed>): Movement[] {
  const movements: Movement[] = [];
  for (const [line, { lineId, productId, quantity, dispensable }] of fact.body.lines.entries())
    if (!dispensable)
      movements.push(
        movementOf(fact, { line, id: lineId, productId, kind: 'sell', quantity: -quantity, saleId: fact.body.saleId }),
      );
  return movements;
}

function movementOfMove(fact: AppliedFact<StockMoved>): Movement {
  const { movementId, productId, movement, quantity, reason } = fact.body;
  return movementOf(fact, { line: 0, id: movementId, productId, kind: movement, quantity, reason });
}

type Moved = Pick<Movement, 'line' | 'id' | 'productId' | 'kind' | 'quantity' | 'saleId' | 'reason'>;

// Field by field: a spread for each of a busy day's lines is what a profile of catching up shows first.
const movementOf = (
  fact: AppliedFact,
  { line, id, productId, kind, quantity, saleId = null, reason = null }: Moved,
): Movement => ({
  storeId: fact.storeId,
  generation: fact.generation,
  seq: fact.seq,
  line,
  id,
  productId,
  kind,
  quantity,
  occurredAt: fact.occurredAt,
  saleId,
  reason,
});

function movementOfPour({ fact, from, to }: VoucherStep): Movement[] {
  const { onHand } = stockEffect(from, to);
  if (onHand === 0) return [];
  const { productId, saleId, reason } = (fact as AppliedFact<DispenseFinished>).body;
  return [movementOf(fact, { line: 0, id: fact.id, productId, kind: 'dispense', quantity: onHand, saleId, reason })];
}

function reservationOf({ fact, from, to }: VoucherStep): Level[] {
  const { reserved } = stockEffect(from, to);
  return reserved === 0 ? [] : [{ storeId: fact.storeId, productId: fact.body.productId, onHand: 0, reserved }];
}
