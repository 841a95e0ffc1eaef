// What came back of orders, as the stores' facts tell; over all stores together never more than was bought, or a person hears of it.
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SaleReturned } from '#schema/facts/sale-returned';
import type { SaleVoided } from '#schema/facts/sale-voided';
import { orderLines } from '#schema/tables/central/order';
import { orderRefunds, orderReturns, returnLines, voidedSales } from '#schema/tables/central/return';
import { insertMany } from '../../base/bulk.ts';
import type { Tx } from '../../base/database.ts';
import { type Event, emit } from '../../base/outbox.ts';
import type { AppliedFact, Finding, ReactContext } from '../../base/reaction.ts';

type Return = AppliedFact<SaleReturned>;

/** One after the other: so the return that goes too far is the one that is named. */
export async function insertReturns(tx: Tx, returns: readonly Return[], context: ReactContext): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const fact of returns) {
    await insertMany(tx, orderReturns, [headOf(fact)]);
    await insertMany(tx, returnLines, linesOf(fact));
    await insertMany(tx, orderRefunds, refundsOf(fact));
    await emit(tx, [eventOf(fact, context)]);
    findings.push(...(await findOverReturned(tx, fact)));
  }
  return findings;
}

function eventOf({ storeId, occurredAt, body }: Return, { makeId }: ReactContext): Event {
  const { original, businessDate, currency, total, rounding } = body;
  const told = { orderId: original.saleId, storeId, businessDate, currency, refunded: total + rounding, refundedAt: occurredAt };
  return { id: makeId(), kind: 'order-refunded', body: told, occurredAt };
}

function headOf({ storeId, body, staff, occurredAt, receivedAt, generation, seq }: Return): typeof orderReturns.$inferInsert {
  const { returnId, original, tillId, shiftId, receipt, businessDate, currency, net, tax, total, rounding, reason } = body;
  return {
    storeId,
    id: returnId,
    orderId: original.saleId,
    originalStoreId: original.storeId,
    receipt,
    tillId,
    staffId: staff,
    shiftId,
    businessDate,
    occurredAt,
    receivedAt,
    currency,
    net,
    tax,
    total,
    rounding,
    reason,
    generation,
    seq,
  };
}

const linesOf = ({ storeId, body }: Return): (typeof returnLines.$inferInsert)[] =>
  body.lines.map(({ lineId, taxAmount, ...line }, index) => ({
    storeId,
    returnId: body.returnId,
    line: index,
    id: lineId,
    tax: taxAmount,
    productId: line.productId,
    name: line.name,
    quantity: line.quantity,
    quantityScale: line.quantityScale,
    net: line.net,
    taxRate: line.taxRate,
    total: line.total,
    restock: line.restock,
  }));

const refundsOf = ({ storeId, body }: Return): (typeof orderRefunds.$inferInsert)[] =>
  body.refunds.map(({ refundId, method, amount, reference }) => ({
    storeId,
    returnId: body.returnId,
    id: refundId,
    method,
    amount,
    reference,
  }));

async function findOverReturned(tx: Tx, fact: Return): Promise<Finding[]> {
  const { original, lines } = fact.body;
  const lineIds = lines.map(({ lineId }) => lineId);
  const sold = await tx
    .select({ id: orderLines.id, name: orderLines.name, quantity: orderLines.quantity })
    .from(orderLines)
    .where(
      and(eq(orderLines.storeId, original.storeId), eq(orderLines.orderId, original.saleId), inArray(orderLines.id, lineIds)),
    );
  const back = await tx
    .select({ id: returnLines.id, quantity: sql<string>`sum(${returnLines.quantity})` })
    .from(returnLines)
    .innerJoin(orderReturns, and(eq(orderReturns.storeId, returnLines.storeId), eq(orderReturns.id, returnLines.returnId)))
    .where(
      and(
        eq(orderReturns.originalStoreId, original.storeId),
        eq(orderReturns.orderId, original.saleId),
        inArray(returnLines.id, lineIds),
      ),
    )
    .groupBy(returnLines.id);
  return lines.flatMap(({ lineId, name }): Finding[] => {
    const bought = sold.find(({ id }) => id === lineId)?.quantity;
    const returned = Number(back.find(({ id }) => id === lineId)?.quantity ?? 0);
    if (bought === undefined)
      return [{ fact, code: 'unknown-sale', detail: `${name} came back, and the centre knows no sale of it.` }];
    return returned > bought
      ? [{ fact, code: 'over-returned', detail: `${name}: ${bought} were bought and ${returned} came back.` }]
      : [];
  });
}

export async function insertVoided(tx: Tx, voided: readonly AppliedFact<SaleVoided>[]): Promise<void> {
  await insertMany(
    tx,
    voidedSales,
    voided.map(({ storeId, staff, occurredAt, generation, seq, body }) => ({
      storeId,
      id: body.saleId,
      tillId: body.tillId,
      staffId: staff,
      shiftId: body.shiftId,
      businessDate: body.businessDate,
      occurredAt,
      currency: body.currency,
      total: body.total,
      reason: body.reason,
      approvedBy: body.approvedBy,
      generation,
      seq,
    })),
  );
}
