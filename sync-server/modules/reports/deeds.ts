// What a store did within a run of its facts, added up again from the orders, returns and drawers that the centre has.
import { type SQL, sql } from 'drizzle-orm';
import type { DayClosed } from '#schema/facts/day-closed';
import { addDeeds, type Counted, type Deeds, noDeeds, type ShiftTotal, type TaxTotal } from '#schema/rules/report';
import { journal } from '#schema/tables/central/journal';
import { orderLines, orders, orderTenders } from '#schema/tables/central/order';
import { orderRefunds, orderReturns, returnLines, voidedSales } from '#schema/tables/central/return';
import { drawerMovements, shifts } from '#schema/tables/central/shift';
import type { Tx } from '../../base/database.ts';

type Span = DayClosed['covers'][number];

/** Facts of a day that is being closed now: none of them is later than its close. */
export async function deedsIn(tx: Tx, storeId: string, covers: readonly Span[]): Promise<Deeds> {
  let deeds = noDeeds();
  for (const span of covers) deeds = addDeeds(deeds, await deedsOf(tx, storeId, span));
  return deeds;
}

async function deedsOf(tx: Tx, storeId: string, { generation, from, to }: Span): Promise<Deeds> {
  const within = (table: SQL) =>
    sql`${table}.store_id = ${storeId} AND ${table}.generation = ${generation} AND ${table}.seq BETWEEN ${from} AND ${to}`;
  // Orders are found by their time, which never runs backwards within a generation.
  const since = sql`coalesce((SELECT (text::json ->> 'occurredAt')::bigint FROM ${journal} j
    WHERE j.store_id = ${storeId} AND j.generation = ${generation} AND j.seq = ${from}), 0)`;
  const sold = sql`FROM ${orders} s`;
  const inSold = sql`${within(sql`s`)} AND s.occurred_at >= ${since}`;
  const back = sql`FROM ${orderReturns} b`;
  const inBack = within(sql`b`);
  return {
    sales: await rowsOf(
      tx,
      sql`SELECT count(*) AS count, sum(s.total) AS total, count(*) FILTER (WHERE s.discounted > 0) AS discounts,
        sum(s.discounted) AS discounted, sum(s.tip) AS tip, sum(s.rounding) AS rounding ${sold} WHERE ${inSold}`,
    ),
    returns: await rowsOf(
      tx,
      sql`SELECT count(*) AS count, sum(b.total) AS total, sum(b.rounding) AS rounding ${back} WHERE ${inBack}`,
    ),
    voids: await rowsOf<Counted>(
      tx,
      sql`SELECT count(*) AS count, sum(v.total) AS amount FROM ${voidedSales} v WHERE ${within(sql`v`)}`,
    ),
    taken: await rowsOf(
      tx,
      sql`SELECT t.method, t.state, count(*) AS count, sum(t.amount) AS amount ${sold}
        JOIN ${orderTenders} t ON t.store_id = s.store_id AND t.order_id = s.id WHERE ${inSold} GROUP BY t.method, t.state`,
    ),
    givenBack: await rowsOf(
      tx,
      sql`SELECT r.method, count(*) AS count, sum(r.amount) AS amount ${back}
        JOIN ${orderRefunds} r ON r.store_id = b.store_id AND r.return_id = b.id WHERE ${inBack} GROUP BY r.method`,
    ),
    soldTaxes: await rowsOf<TaxTotal>(
      tx,
      sql`SELECT l.tax_rate AS rate, sum(l.net) AS net, sum(l.tax) AS tax ${sold}
        JOIN ${orderLines} l ON l.store_id = s.store_id AND l.order_id = s.id WHERE ${inSold} GROUP BY l.tax_rate`,
    ),
    returnedTaxes: await rowsOf<TaxTotal>(
      tx,
      sql`SELECT l.tax_rate AS rate, sum(l.net) AS net, sum(l.tax) AS tax ${back}
        JOIN ${returnLines} l ON l.store_id = b.store_id AND l.return_id = b.id WHERE ${inBack} GROUP BY l.tax_rate`,
    ),
    movements: await rowsOf(
      tx,
      sql`SELECT m.kind, count(*) AS count, sum(m.amount) AS amount FROM ${drawerMovements} m WHERE ${within(sql`m`)} GROUP BY m.kind`,
    ),
    closedShifts: await rowsOf<ShiftTotal>(
      tx,
      sql`SELECT count(*) AS count, sum(greatest(h.counted - h.expected, 0)) AS over, sum(greatest(h.expected - h.counted, 0)) AS short
        FROM ${shifts} h
        WHERE h.store_id = ${storeId} AND h.closed_generation = ${generation} AND h.closed_seq BETWEEN ${from} AND ${to}`,
    ),
  };
}

/** Sums come as text, and as null where there was nothing to add up. */
async function rowsOf<Row extends object>(tx: Tx, query: SQL): Promise<Row[]> {
  const { rows } = await tx.execute(query);
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])) as Row);
}

function plain(value: unknown): unknown {
  if (value === null) return 0;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
}
