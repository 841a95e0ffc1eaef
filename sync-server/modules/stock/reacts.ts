// Stock of a store by its facts: movements, and the level that is their sum. The node keeps the same books from the same facts.
import type { DispenseFinished } from '#schema/facts/dispense-finished';
import type { SaleClosed } from '#schema/facts/sale-closed';
import { saleClosed } from '#schema/facts/sale-closed';
import type { StockMoved } from '#schema/facts/stock-moved';
import { stockMoved } from '#schema/facts/stock-moved';
import { stockEffect } from '#schema/rules/voucher';
import { stockLevels, stockMovements } from '#schema/tables/central/stock';
import { accumulate } from '../../base/accumulate.ts';
import { insertMany } from '../../base/bulk.ts';
import { type AppliedFact, factsOf, type Reaction } from '../../base/reaction.ts';
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
    await insertMany(tx, stockMovements, movements);
    const moved = movements.map(
      ({ storeId, productId, quantity }): Level => ({ storeId, productId, onHand: quantity, reserved: 0 }),
    );
    await accumulate(tx, stockLevels, [...moved, ...steps.flatMap(reservationOf)], {
      keys: ['storeId', 'productId'],
      sums: ['onHand', 'reserved'],
    });
    return undefined;
  },
};

const placeOf = ({ storeId, generation, seq, occurredAt }: AppliedFact) => ({ storeId, generation, seq, occurredAt });

/** What a dispenser pours moves when it is poured, not when it is paid. */
function movementsOfSale(fact: AppliedFact<SaleClosed>): Movement[] {
  const { saleId, lines } = fact.body;
  return lines.flatMap(({ lineId, productId, quantity, dispensable }, line) =>
    dispensable ? [] : [{ ...placeOf(fact), line, id: lineId, productId, kind: 'sell' as const, quantity: -quantity, saleId }],
  );
}

function movementOfMove(fact: AppliedFact<StockMoved>): Movement {
  const { movementId, productId, movement, quantity, reason } = fact.body;
  return { ...placeOf(fact), line: 0, id: movementId, productId, kind: movement, quantity, saleId: null, reason };
}

function movementOfPour({ fact, from, to }: VoucherStep): Movement[] {
  const { onHand } = stockEffect(from, to);
  if (onHand === 0) return [];
  const { productId, saleId, reason } = (fact as AppliedFact<DispenseFinished>).body;
  return [{ ...placeOf(fact), line: 0, id: fact.id, productId, kind: 'dispense', quantity: onHand, saleId, reason }];
}

function reservationOf({ fact, from, to }: VoucherStep): Level[] {
  const { reserved } = stockEffect(from, to);
  return reserved === 0 ? [] : [{ storeId: fact.storeId, productId: fact.body.productId, onHand: 0, reserved }];
}
