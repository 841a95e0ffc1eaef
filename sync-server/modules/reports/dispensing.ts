// What a store was paid for goods of dispensers and what became of it, from its orders and vouchers: the same rows by the same rule as at the
// store.
import { and, between, eq, isNull, sql } from 'drizzle-orm';
import { dispensingRows, dispensingSum } from '#schema/rules/dispensing';
import { type Days, daysAsked } from '#schema/rules/report';
import { devices } from '#schema/tables/central/device';
import { orderLines, orders } from '#schema/tables/central/order';
import { stores } from '#schema/tables/central/store';
import { vouchers } from '#schema/tables/central/voucher';
import type { Currency } from '#schema/values/currency';
import { ok, type Result, refuse } from '#schema/values/result';
import type { DispensingReport } from '#schema/wire/report';
import type { Drizzle } from '../../base/database.ts';
import { businessDayAt } from '../stores/queries.ts';

export async function showDispensing(
  db: Drizzle,
  storeId: string,
  query: Partial<Days>,
  now: number,
): Promise<Result<DispensingReport, 'unknown-store' | 'bad-range'>> {
  const { currency, timeZone, settings } = stores;
  const [store] = await db.select({ currency, timeZone, settings }).from(stores).where(eq(stores.id, storeId));
  if (!store) return refuse('unknown-store', 'There is no such store.', { field: 'id' });
  const asked = daysAsked(query, businessDayAt(now, store));
  if (!asked.ok) return asked;
  const range = asked.value;
  const rows = dispensingRows(
    await linesOf(db, storeId, range),
    await vouchersOf(db, storeId, range),
    store.currency as Currency,
  );
  const named = await db.select({ id: devices.id, name: devices.name }).from(devices).where(eq(devices.storeId, storeId));
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return ok({
    currency: store.currency,
    ...range,
    rows: rows.map((row) => ({ ...row, dispenserName: row.dispenserId === null ? null : (names.get(row.dispenserId) ?? null) })),
    totals: dispensingSum(rows),
  });
}

/** Of these days: vouchers are issued with the sale that paid for them, on its day, and again later. */
function sold(storeId: string, { from, to }: Days) {
  const issued = sql`SELECT ${vouchers.orderId} FROM ${vouchers}
    WHERE ${vouchers.storeId} = ${storeId} AND ${vouchers.businessDate} BETWEEN ${from} AND ${to}`;
  return and(eq(orders.storeId, storeId), between(orders.businessDate, from, to), sql`${orders.id} IN (${issued})`);
}

/** The units that the centre asked for in these days, whenever they got another voucher. */
const firstAsked = (storeId: string, { from, to }: Days) => sql`SELECT id FROM ${vouchers}
  WHERE store_id = ${storeId} AND order_id IS NULL AND id = first_id AND business_date BETWEEN ${from} AND ${to}`;

const linesOf = (db: Drizzle, storeId: string, range: Days) =>
  db
    .select({
      saleId: orders.id,
      lineId: orderLines.id,
      businessDate: orders.businessDate,
      quantity: orderLines.quantity,
      total: orderLines.total,
    })
    .from(orders)
    .innerJoin(orderLines, and(eq(orderLines.storeId, orders.storeId), eq(orderLines.orderId, orders.id)))
    .where(and(sold(storeId, range), eq(orderLines.dispensable, true)));

async function vouchersOf(db: Drizzle, storeId: string, range: Days) {
  const { id, orderId, lineId, unit, firstId, businessDate, dispenserId, state, refunded } = vouchers;
  const columns = { id, saleId: orderId, lineId, unit, firstId, businessDate, dispenserId, state, refunded };
  const paidHere = await db
    .select(columns)
    .from(orders)
    .innerJoin(vouchers, and(eq(vouchers.storeId, orders.storeId), eq(vouchers.orderId, orders.id)))
    .where(sold(storeId, range));
  const asked = await db
    .select(columns)
    .from(vouchers)
    .where(
      and(eq(vouchers.storeId, storeId), isNull(vouchers.orderId), sql`${vouchers.firstId} IN (${firstAsked(storeId, range)})`),
    );
  return [...paidHere, ...asked];
}
