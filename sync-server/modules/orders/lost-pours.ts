// What came out of a dispenser beyond what was paid: for a unit whose money had gone back at a manager's risk, or for a second voucher of one
// unit. Its stock and the books stand as the facts tell; that goods were given away is for a person.
import { sql } from 'drizzle-orm';
import { dispenseFinished } from '#schema/facts/dispense-finished';
import { voucherResolved } from '#schema/facts/voucher-resolved';
import { shareUpTo } from '#schema/rules/refund';
import type { VoucherCase } from '#schema/rules/voucher';
import { devices } from '#schema/tables/central/device';
import { orderLines, orders } from '#schema/tables/central/order';
import { products } from '#schema/tables/central/product';
import { stockMovements } from '#schema/tables/central/stock';
import { stores } from '#schema/tables/central/store';
import { vouchers } from '#schema/tables/central/voucher';
import { present } from '#schema/values/assert';
import type { Currency } from '#schema/values/currency';
import { moneyText } from '#schema/values/money-text';
import type { Tx } from '../../base/database.ts';
import { type AppliedFact, type Finding, factsOf } from '../../base/reaction.ts';

interface LostPour extends Record<string, unknown> {
  place: number | string;
  voucher_id: string;
  serial: number | string;
  refunded: boolean;
  store: string;
  product: string;
  dispenser: string | null;
  receipt: string | null;
  currency: string | null;
  total: number | string | null;
  quantity: number | string | null;
}

/** After the orders of the run are written. One finding a voucher, whoever reports its pour and however often. */
export async function findLostPours(tx: Tx, facts: readonly AppliedFact[]): Promise<Finding[]> {
  const told: AppliedFact<{ voucherId: string }>[] = [
    ...factsOf(facts, dispenseFinished).filter(({ body }) => body.outcome === 'ok'),
    ...factsOf(facts, voucherResolved).filter(({ body }) => body.as === 'poured'),
  ].sort((one, other) => one.generation - other.generation || one.seq - other.seq);
  const [first] = told;
  if (!first) return [];
  const ids = told.map(({ body }) => body.voucherId);
  const generations = told.map(({ generation }) => generation);
  const seqs = told.map(({ seq }) => seq);
  // A fact that repeats what was known has moved no stock.
  const poured = sql`SELECT t.id, t.place FROM unnest(${sql.param(ids)}::uuid[], ${sql.param(generations)}::integer[],
      ${sql.param(seqs)}::bigint[]) WITH ORDINALITY AS t(id, generation, seq, place)
    JOIN ${stockMovements} m ON m.store_id = ${first.storeId} AND m.generation = t.generation AND m.seq = t.seq AND m.kind = 'dispense'`;
  const before = sql`o.store_id = v.store_id AND o.state = 'dispensed' AND o.id <> v.id
    AND NOT EXISTS (SELECT 1 FROM poured later WHERE later.id = o.id AND later.place > poured.place)`;
  const { rows } = await tx.execute<LostPour>(sql`WITH poured AS (${poured})
    SELECT poured.place, v.id AS voucher_id, v.serial, v.refunded, s.code AS store, p.name AS product, d.name AS dispenser,
      ord.receipt, ord.currency, line.total, line.quantity
    FROM poured JOIN ${vouchers} v ON v.store_id = ${first.storeId} AND v.id = poured.id
      JOIN ${stores} s ON s.id = v.store_id LEFT JOIN ${products} p ON p.id = v.product_id LEFT JOIN ${devices} d ON d.id = v.dispenser_id
      LEFT JOIN ${orders} ord ON ord.store_id = v.store_id AND ord.id = v.order_id
      LEFT JOIN ${orderLines} line ON line.store_id = v.store_id AND line.order_id = v.order_id AND line.id = v.line_id
    WHERE v.refunded
      OR EXISTS (SELECT 1 FROM ${vouchers} o WHERE ${before} AND o.order_id = v.order_id AND o.line_id = v.line_id AND o.unit = v.unit)
      OR (v.order_id IS NULL AND EXISTS (SELECT 1 FROM ${vouchers} o WHERE ${before} AND o.id >= v.first_id AND o.first_id = v.first_id))
    ORDER BY poured.place`);
  return rows.map((row) => findingOf(present(told[Number(row.place) - 1], 'it is one of those told'), row));
}

function findingOf(fact: AppliedFact, row: LostPour): Finding {
  const code: VoucherCase = row.refunded ? 'poured-refunded' : 'poured-twice';
  const what = `${row.product ?? 'One unit'} from ${row.dispenser ?? 'a dispenser'} in ${row.store}`;
  const why = row.refunded ? 'was poured although its money went back' : 'was poured once more than it was paid for';
  const sale = row.receipt === null ? '' : ` of receipt ${row.receipt}`;
  return { fact, code, detail: `${what} ${why}: ${worthOf(row)}. Voucher ${row.voucher_id} (${row.serial})${sale}.` };
}

/** What one unit of its line cost. */
function worthOf({ currency, total, quantity }: LostPour): string {
  if (currency === null || total === null || quantity === null) return 'it was paid elsewhere';
  const amount = shareUpTo(Number(total), 1, Number(quantity), currency as Currency);
  return moneyText({ amount, currency: currency as Currency });
}
