// Reads of orders: the list, newest first, and one order with everything behind it.
import { and, asc, desc, eq, gte, lte, type SQL, sql } from 'drizzle-orm';
import type { OrderState } from '#schema/rules/order';
import { journal } from '#schema/tables/central/journal';
import { orderLines, orders, orderTenders } from '#schema/tables/central/order';
import { orderReturns, returnLines } from '#schema/tables/central/return';
import { stores } from '#schema/tables/central/store';
import { present } from '#schema/values/assert';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { Order, OrderSummary } from '#schema/wire/order';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';
import { postingsOf } from '../ledger/queries.ts';
import { vouchersOf } from '../stock/queries.ts';

const summary = {
  id: orders.id,
  storeId: orders.storeId,
  storeCode: stores.code,
  state: orders.state,
  receipt: orders.receipt,
  businessDate: orders.businessDate,
  occurredAt: orders.occurredAt,
  receivedAt: orders.receivedAt,
  currency: orders.currency,
  discounted: orders.discounted,
  net: orders.net,
  tax: orders.tax,
  total: orders.total,
  tip: orders.tip,
  rounding: orders.rounding,
};

interface SummaryRow extends Omit<OrderSummary, 'channel' | 'occurredAt' | 'receivedAt' | 'due'> {
  occurredAt: number;
  receivedAt: number;
}

const summaryOf = (row: SummaryRow): OrderSummary => ({
  ...row,
  channel: 'till',
  due: row.total + row.tip + row.rounding,
  occurredAt: isoTime(row.occurredAt),
  receivedAt: isoTime(row.receivedAt),
});

interface OrderQuery {
  storeId?: string;
  channel?: string;
  state?: string;
  receipt?: string;
  from?: string;
  to?: string;
  limit?: string;
  after?: string;
}

export async function listOrders(db: Drizzle, query: OrderQuery): Promise<Result<Page<OrderSummary>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const where: SQL[] = [];
  if (query.storeId !== undefined) where.push(eq(orders.storeId, query.storeId));
  if (query.channel !== undefined) where.push(eq(orders.channel, query.channel));
  if (query.state !== undefined) where.push(eq(orders.state, query.state as OrderState));
  if (query.receipt !== undefined) where.push(eq(orders.receipt, query.receipt));
  if (query.from !== undefined) where.push(gte(orders.businessDate, query.from));
  if (query.to !== undefined) where.push(lte(orders.businessDate, query.to));
  if (cursor.value) where.push(sql`(${orders.occurredAt}, ${orders.id}) < (${cursor.value[0]}, ${cursor.value[1]}::uuid)`);
  const rows = await db
    .select(summary)
    .from(orders)
    .innerJoin(stores, eq(stores.id, orders.storeId))
    .where(and(...where))
    .orderBy(desc(orders.occurredAt), desc(orders.id))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, ({ occurredAt, id }) => [occurredAt, id], summaryOf));
}

export async function findOrder(db: Drizzle, id: string): Promise<Order | undefined> {
  const [row] = await db
    .select({ ...summary, generation: orders.generation, seq: orders.seq })
    .from(orders)
    .innerJoin(stores, eq(stores.id, orders.storeId))
    .where(eq(orders.id, id));
  if (!row) return undefined;
  const { generation, seq, ...rest } = row;
  const { storeId } = rest;
  return {
    ...summaryOf(rest),
    lines: await linesOf(db, storeId, id),
    tenders: await tendersOf(db, storeId, id),
    returns: await returnsOf(db, storeId, id),
    vouchers: await vouchersOf(db, storeId, id),
    postings: await postingsOf(db, storeId, id),
    fact: { generation, seq, hash: await hashOf(db, storeId, generation, seq) },
  };
}

function linesOf(db: Drizzle, storeId: string, orderId: string) {
  const { id, productId, name, quantity, quantityScale, unitPrice, gross, discounted, net, tax, total } = orderLines;
  return db
    .select({ id, productId, name, quantity, quantityScale, unitPrice, gross, discounted, net, tax, total })
    .from(orderLines)
    .where(and(eq(orderLines.storeId, storeId), eq(orderLines.orderId, orderId)))
    .orderBy(asc(orderLines.line));
}

async function returnsOf(db: Drizzle, storeId: string, orderId: string): Promise<Order['returns']> {
  const heads = await db
    .select()
    .from(orderReturns)
    .where(and(eq(orderReturns.originalStoreId, storeId), eq(orderReturns.orderId, orderId)))
    .orderBy(asc(orderReturns.occurredAt), asc(orderReturns.id));
  const found: Order['returns'] = [];
  for (const { storeId: takenAt, id, receipt, occurredAt, total, rounding, reason } of heads) {
    const { id: lineId, name, quantity, quantityScale, total: lineTotal } = returnLines;
    const lines = await db
      .select({ id: lineId, name, quantity, quantityScale, total: lineTotal })
      .from(returnLines)
      .where(and(eq(returnLines.storeId, takenAt), eq(returnLines.returnId, id)))
      .orderBy(asc(returnLines.line));
    found.push({ id, receipt, occurredAt: isoTime(occurredAt), total, rounding, reason, lines });
  }
  return found;
}

function tendersOf(db: Drizzle, storeId: string, orderId: string) {
  const { id, method, amount, tendered, change, reference, state } = orderTenders;
  return db
    .select({ id, method, amount, tendered, change, reference, state })
    .from(orderTenders)
    .where(and(eq(orderTenders.storeId, storeId), eq(orderTenders.orderId, orderId)))
    .orderBy(asc(id));
}

async function hashOf(db: Drizzle, storeId: string, generation: number, seq: number): Promise<string> {
  const [fact] = await db
    .select({ hash: journal.hash })
    .from(journal)
    .where(and(eq(journal.storeId, storeId), eq(journal.generation, generation), eq(journal.seq, seq)));
  return present(fact, 'an order of a till stands in its journal').hash;
}
