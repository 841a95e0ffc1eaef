// Sales at tills become orders of the channel `till`; one with goods from a dispenser is completed by its last pour.
import { and, eq, inArray, sql } from 'drizzle-orm';
import { dispenseFinished } from '#schema/facts/dispense-finished';
import type { SaleClosed } from '#schema/facts/sale-closed';
import { saleClosed } from '#schema/facts/sale-closed';
import { saleReturned } from '#schema/facts/sale-returned';
import { saleVoided } from '#schema/facts/sale-voided';
import { orderLines, orders, orderTenders } from '#schema/tables/central/order';
import { vouchers } from '#schema/tables/central/voucher';
import { insertStatement } from '../../base/bulk.ts';
import type { Tx } from '../../base/database.ts';
import { type Event, emit, emitStatement } from '../../base/outbox.ts';
import { runOverlapped } from '../../base/overlap.ts';
import { type AppliedFact, type Finding, factsOf, type ReactContext, type Reaction } from '../../base/reaction.ts';
import { findDifference } from './check-amounts.ts';
import { findLostPours } from './lost-pours.ts';
import { insertReturns, insertVoided } from './returns.ts';

type Sale = AppliedFact<SaleClosed>;

export const ordersReaction: Reaction = {
  module: 'orders',
  async react(tx, facts, context) {
    const sales = factsOf(facts, saleClosed);
    const pours = factsOf(facts, dispenseFinished).filter(({ body }) => body.outcome === 'ok');
    const returns = factsOf(facts, saleReturned);
    const voided = factsOf(facts, saleVoided);
    const lost = () => findLostPours(tx, facts);
    if (sales.length + pours.length + returns.length + voided.length === 0) return lost();
    await insertSales(tx, sales, context);
    await insertVoided(tx, voided);
    const returned = await insertReturns(tx, returns, context);
    const saleIds = pours.flatMap(({ body }) => (body.saleId === null ? [] : [body.saleId]));
    await completePoured(tx, facts[0]?.storeId ?? '', [...new Set(saleIds)], context);
    return [...sales.flatMap(findingsOf), ...returned, ...(await lost())];
  },
};

/** Paid and handed over in one fact, unless something is still to be poured. */
const stateOf = ({ body }: Sale): 'confirmed' | 'completed' =>
  body.lines.some(({ dispensable }) => dispensable) ? 'confirmed' : 'completed';

const insertSales = (tx: Tx, sales: readonly Sale[], context: ReactContext): Promise<void> =>
  runOverlapped(tx, [
    () => insertStatement(orders, sales.map(orderOf)),
    () => insertStatement(orderLines, sales.flatMap(linesOf)),
    () => insertStatement(orderTenders, sales.flatMap(tendersOf)),
    () => emitStatement(sales.flatMap((sale) => eventsOf(sale, context))),
  ]);

const tendersOf = ({ storeId, body }: Sale): (typeof orderTenders.$inferInsert)[] =>
  body.tenders.map(({ tenderId, method, amount, tendered, change, reference, state }) => ({
    storeId,
    orderId: body.saleId,
    id: tenderId,
    method,
    amount,
    tendered,
    change,
    reference,
    state,
  }));

function orderOf(sale: Sale): typeof orders.$inferInsert {
  const { body } = sale;
  return {
    storeId: sale.storeId,
    id: body.saleId,
    channel: 'till',
    state: stateOf(sale),
    tillId: body.tillId,
    staffId: sale.staff,
    shiftId: body.shiftId,
    customerId: body.customerId,
    receipt: body.receipt,
    businessDate: body.businessDate,
    occurredAt: sale.occurredAt,
    receivedAt: sale.receivedAt,
    currency: body.currency,
    discounted: body.discounted,
    net: body.net,
    tax: body.tax,
    total: body.total,
    tip: body.tip,
    rounding: body.rounding,
    pricingVersion: body.pricingVersion,
    generation: sale.generation,
    seq: sale.seq,
  };
}

const linesOf = ({ storeId, body }: Sale): (typeof orderLines.$inferInsert)[] =>
  body.lines.map(({ price, tax, ...sold }, line) => ({
    storeId,
    orderId: body.saleId,
    line,
    id: sold.lineId,
    productId: sold.productId,
    name: sold.name,
    quantity: sold.quantity,
    quantityScale: sold.quantityScale,
    unitPrice: price.amount,
    priceId: price.id,
    priceVersion: price.version,
    taxId: tax.id,
    taxVersion: tax.version,
    taxRate: tax.rate,
    taxInclusive: tax.inclusive,
    gross: sold.gross,
    discounted: sold.discounted + sold.cartShare,
    net: sold.net,
    tax: sold.taxAmount,
    total: sold.total,
    dispensable: sold.dispensable,
  }));

function eventsOf(sale: Sale, { makeId }: ReactContext): Event[] {
  const { storeId, occurredAt, body } = sale;
  const { saleId: orderId, businessDate, currency, total, due } = body;
  const paid = { orderId, storeId, businessDate, currency, total, due, paidAt: occurredAt };
  const events: Event[] = [{ id: makeId(), kind: 'order-paid', body: paid, occurredAt }];
  if (stateOf(sale) === 'completed')
    events.push({ id: makeId(), kind: 'order-completed', body: { orderId, storeId }, occurredAt });
  return events;
}

function findingsOf(fact: Sale): Finding[] {
  const detail = findDifference(fact.body);
  return detail === undefined ? [] : [{ fact, code: 'amounts-differ', detail }];
}

/** An order is completed when as many vouchers are poured as units were sold from dispensers; failed ones may have been replaced. */
async function completePoured(tx: Tx, storeId: string, saleIds: readonly string[], { now, makeId }: ReactContext): Promise<void> {
  if (saleIds.length === 0) return;
  const owed = sql`(SELECT sum(${orderLines.quantity}) FROM ${orderLines} WHERE ${orderLines.storeId} = ${orders.storeId}
    AND ${orderLines.orderId} = ${orders.id} AND ${orderLines.dispensable})`;
  const poured = sql`(SELECT count(*) FROM ${vouchers} WHERE ${vouchers.storeId} = ${orders.storeId}
    AND ${vouchers.orderId} = ${orders.id} AND ${vouchers.state} = 'dispensed')`;
  const completed = await tx
    .update(orders)
    .set({ state: 'completed' })
    .where(
      and(
        eq(orders.storeId, storeId),
        inArray(orders.id, [...saleIds]),
        eq(orders.state, 'confirmed'),
        sql`${poured} >= ${owed}`,
      ),
    )
    .returning({ orderId: orders.id });
  await emit(
    tx,
    completed.map(({ orderId }) => ({ id: makeId(), kind: 'order-completed', body: { orderId, storeId }, occurredAt: now })),
  );
}
