// Receipts of other stores, and what is kept for a return before money goes out: of two stores that take the same goods back, one does. What
// a store took back without asking, because it could not, is found when its fact comes.
import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import type { TenderMethod } from '#schema/rules/tender';
import { orderLines, orders, orderTenders } from '#schema/tables/central/order';
import { orderRefunds, orderReturns, returnLines, returnReservations } from '#schema/tables/central/return';
import { stores } from '#schema/tables/central/store';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { ForeignReceipt, ReturnableSale } from '#schema/wire/return';
import { insertMany } from '../../base/bulk.ts';
import type { Drizzle, Tx } from '../../base/database.ts';
import type { Context } from '../../base/runtime.ts';

const MOST_STORES = 20;
/** The fact of a return comes within moments of its reservation, or the till was left; one that comes later still is booked. */
const RESERVED_MS = 86_400_000;

interface Sold {
  storeId: string;
  orderId: string;
}

/** By line: what came back as facts tell, and what is kept for returns whose facts have not come. */
async function goneOf(db: Drizzle | Tx, { storeId, orderId }: Sold, { now, except }: { now: number; except: string | null }) {
  const back = await db
    .select({ id: returnLines.id, quantity: sql<string>`sum(${returnLines.quantity})` })
    .from(returnLines)
    .innerJoin(orderReturns, and(eq(orderReturns.storeId, returnLines.storeId), eq(orderReturns.id, returnLines.returnId)))
    .where(and(eq(orderReturns.originalStoreId, storeId), eq(orderReturns.orderId, orderId)))
    .groupBy(returnLines.id);
  const isTold = sql`EXISTS (SELECT 1 FROM ${orderReturns} WHERE ${orderReturns.storeId} = ${returnReservations.storeId}
    AND ${orderReturns.id} = ${returnReservations.returnId})`;
  const kept = await db
    .select({ id: returnReservations.lineId, quantity: sql<string>`sum(${returnReservations.quantity})` })
    .from(returnReservations)
    .where(
      and(
        eq(returnReservations.originalStoreId, storeId),
        eq(returnReservations.orderId, orderId),
        gt(returnReservations.reservedAt, now - RESERVED_MS),
        except === null ? undefined : ne(returnReservations.returnId, except),
        sql`NOT ${isTold}`,
      ),
    )
    .groupBy(returnReservations.lineId);
  const gone = new Map<string, number>();
  for (const { id, quantity } of [...back, ...kept]) gone.set(id, (gone.get(id) ?? 0) + Number(quantity));
  return gone;
}

export async function findElsewhere(db: Drizzle, typed: string, asking: string, now: number): Promise<ForeignReceipt[]> {
  const found = await db
    .select({
      storeId: orders.storeId,
      orderId: orders.id,
      receipt: orders.receipt,
      businessDate: orders.businessDate,
      occurredAt: orders.occurredAt,
      currency: orders.currency,
      total: orders.total,
      rounding: orders.rounding,
      storeName: stores.name,
    })
    .from(orders)
    .innerJoin(stores, eq(stores.id, orders.storeId))
    .where(
      and(
        eq(orders.receipt, typed.trim().toUpperCase()),
        ne(orders.storeId, asking),
        // Money goes back in the currency in which it came.
        sql`${orders.currency} = (SELECT s.currency FROM ${stores} s WHERE s.id = ${asking})`,
      ),
    )
    .limit(MOST_STORES);
  return Promise.all(
    found.map(async ({ storeName, orderId, receipt, occurredAt, ...sale }) => ({
      storeName,
      sale: {
        ...sale,
        saleId: orderId,
        receipt: receipt ?? '',
        occurredAt: isoTime(occurredAt),
        lines: await linesOf(db, { storeId: sale.storeId, orderId }, now),
        ...(await moneyOf(db, { storeId: sale.storeId, orderId })),
      },
    })),
  );
}

async function linesOf(db: Drizzle, sold: Sold, now: number): Promise<ReturnableSale['lines']> {
  const lines = await db
    .select({
      lineId: orderLines.id,
      productId: orderLines.productId,
      name: orderLines.name,
      quantity: orderLines.quantity,
      quantityScale: orderLines.quantityScale,
      dispensable: orderLines.dispensable,
      net: orderLines.net,
      taxRate: orderLines.taxRate,
      taxAmount: orderLines.tax,
      total: orderLines.total,
    })
    .from(orderLines)
    .where(and(eq(orderLines.storeId, sold.storeId), eq(orderLines.orderId, sold.orderId)))
    .orderBy(orderLines.line);
  const gone = await goneOf(db, sold, { now, except: null });
  return lines.map((line) => {
    const returned = gone.get(line.lineId) ?? 0;
    // Only the node that gave a voucher can cancel it.
    return { ...line, returned, vouchersUsed: line.dispensable ? line.quantity - returned : 0, vouchersOpen: 0 };
  });
}

async function moneyOf(db: Drizzle, { storeId, orderId }: Sold): Promise<Pick<ReturnableSale, 'tenders' | 'cashBefore'>> {
  const taken = await db
    .select({ method: orderTenders.method, amount: sql<string>`sum(${orderTenders.amount})` })
    .from(orderTenders)
    .where(and(eq(orderTenders.storeId, storeId), eq(orderTenders.orderId, orderId)))
    .groupBy(orderTenders.method)
    .orderBy(orderTenders.method);
  const ofOrder = and(eq(orderReturns.originalStoreId, storeId), eq(orderReturns.orderId, orderId));
  const given = await db
    .select({ method: orderRefunds.method, amount: sql<string>`sum(${orderRefunds.amount})` })
    .from(orderRefunds)
    .innerJoin(orderReturns, and(eq(orderReturns.storeId, orderRefunds.storeId), eq(orderReturns.id, orderRefunds.returnId)))
    .where(ofOrder)
    .groupBy(orderRefunds.method);
  const [rounded] = await db
    .select({ sum: sql<string | null>`sum(${orderReturns.rounding})` })
    .from(orderReturns)
    .where(ofOrder);
  const refunded = new Map(given.map(({ method, amount }) => [method, Number(amount)]));
  const tenders = taken.map(({ method, amount }) => ({
    method: method as TenderMethod,
    amount: Number(amount),
    refunded: refunded.get(method) ?? 0,
  }));
  return { tenders, cashBefore: (refunded.get('cash') ?? 0) - Number(rounded?.sum ?? 0) };
}

interface Wanted extends Sold {
  /** Who takes it back, under which id. */
  by: string;
  returnId: string;
  lines: readonly { lineId: string; quantity: number }[];
}

/** The order's row is held, so that stores that ask at once are answered one after the other. */
export async function reserveReturn(
  tx: Tx,
  wanted: Wanted,
  { now }: Context,
): Promise<Result<{ known: boolean }, 'returned-already'>> {
  const { storeId, orderId, by, returnId } = wanted;
  const held = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.storeId, storeId), eq(orders.id, orderId)))
    .for('update');
  if (held.length === 0) return ok({ known: false });
  await releaseReturn(tx, by, returnId);
  const sold = await tx
    .select({ id: orderLines.id, name: orderLines.name, quantity: orderLines.quantity })
    .from(orderLines)
    .where(
      and(
        eq(orderLines.storeId, storeId),
        eq(orderLines.orderId, orderId),
        inArray(
          orderLines.id,
          wanted.lines.map(({ lineId }) => lineId),
        ),
      ),
    );
  const gone = await goneOf(tx, wanted, { now, except: returnId });
  for (const [index, { lineId, quantity }] of wanted.lines.entries()) {
    const line = sold.find(({ id }) => id === lineId);
    const left = (line?.quantity ?? 0) - (gone.get(lineId) ?? 0);
    if (quantity > left)
      return refuse(
        'returned-already',
        `${line?.name ?? 'That line'} came back already, or is coming back at another store now.`,
        {
          field: `lines[${index}].quantity`,
          facts: { lineId, left: Math.max(0, left) },
        },
      );
  }
  await insertMany(
    tx,
    returnReservations,
    wanted.lines.map((line) => ({ storeId: by, returnId, originalStoreId: storeId, orderId, reservedAt: now, ...line })),
  );
  return ok({ known: true });
}

export async function releaseReturn(tx: Tx, storeId: string, returnId: string): Promise<boolean> {
  const released = await tx
    .delete(returnReservations)
    .where(and(eq(returnReservations.storeId, storeId), eq(returnReservations.returnId, returnId)))
    .returning({ id: returnReservations.returnId });
  return released.length > 0;
}
