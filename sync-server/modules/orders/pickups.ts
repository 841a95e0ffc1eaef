// Pickups: asked of the store as one directive for all units, again for those that were not poured. What became of them its facts say.
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { pickups, pickupUnits } from '#schema/tables/central/pickup';
import { directives, stores } from '#schema/tables/central/store';
import { vouchers } from '#schema/tables/central/voucher';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { BodyOf } from '#schema/wire/contract';
import { limitOf } from '#schema/wire/parts';
import { PICKUP_UNITS_MAX, type Pickup, type pickupContract } from '#schema/wire/pickup';
import type { Drizzle, Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';
import type { Context } from '../../base/runtime.ts';
import { findFlags } from '../catalog/queries.ts';
import { sendDirective } from '../stores/commands.ts';
import { storeExists } from '../stores/queries.ts';

type CreatePickup = BodyOf<typeof pickupContract.create>;
type CreateRefusal = 'unknown-store' | 'unknown-product' | 'not-dispensable' | 'too-many-units' | 'id-reused';

export async function createPickup(tx: Tx, input: CreatePickup, context: Context): Promise<Result<Pickup, CreateRefusal>> {
  const { id, storeId, reference, lines } = input;
  const claimed = await claimId(tx, id, { kind: 'pickup', ...input }, context.now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again') return ok(present(await findPickup(tx, id), 'the id of a pickup was claimed without it'));
  if (!(await storeExists(tx, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
  const goods = await checkGoods(tx, lines);
  if (!goods.ok) return goods;
  const units = lines.flatMap(({ productId, quantity }) => Array.from({ length: quantity }, () => productId));
  if (units.length > PICKUP_UNITS_MAX)
    return refuse('too-many-units', `A pickup has at most ${PICKUP_UNITS_MAX} units; these are ${units.length}.`, {
      field: 'lines',
      next: 'Make several pickups of it.',
    });
  await tx.insert(pickups).values({ storeId, id, reference, askedAt: context.now, askedBy: context.by });
  const wanted = units.map((productId, unit) => ({ unit, attempt: 1, productId, replaces: null }));
  await askFor(tx, { storeId, pickupId: id, wanted }, context);
  return ok(present(await findPickup(tx, id), 'the pickup was just made'));
}

async function checkGoods(tx: Tx, lines: CreatePickup['lines']): Promise<Result<null, 'unknown-product' | 'not-dispensable'>> {
  const goods = await findFlags(
    tx,
    lines.map(({ productId }) => productId),
  );
  for (const [index, { productId }] of lines.entries()) {
    const product = goods.get(productId);
    const field = `lines[${index}].productId`;
    if (!product) return refuse('unknown-product', 'There is no such product.', { field });
    if (!product.dispensable) return refuse('not-dispensable', `${product.name} is not sold from a dispenser.`, { field });
  }
  return ok(null);
}

interface Wanted {
  unit: number;
  attempt: number;
  productId: string;
  /** The voucher before it, if its store ever minted that. */
  replaces: string | null;
}

async function askFor(
  tx: Tx,
  { storeId, pickupId, wanted }: { storeId: string; pickupId: string; wanted: readonly Wanted[] },
  context: Context,
): Promise<void> {
  const directiveId = context.makeId();
  const units = wanted.map((one) => ({ ...one, voucherId: context.makeId() }));
  const body = { units: units.map(({ voucherId, productId, replaces }) => ({ voucherId, productId, replaces })) };
  const sent = await sendDirective(tx, { id: directiveId, storeId, kind: 'voucher.mint', body }, context);
  if (!sent.ok) throw new Error('an id that was just made was used before');
  await tx.insert(pickupUnits).values(
    units.map(({ unit, attempt, productId, voucherId }) => ({
      storeId,
      pickupId,
      unit,
      attempt,
      productId,
      voucherId,
      directiveId,
    })),
  );
}

type AgainRefusal = 'unknown-pickup' | 'nothing-owed' | 'not-answered' | 'id-reused';

export async function pickUpAgain(
  tx: Tx,
  { pickupId, id }: { pickupId: string; id: string },
  context: Context,
): Promise<Result<Pickup, AgainRefusal>> {
  // Two at once take turns: the second finds the vouchers of the first.
  const [row] = await tx.select({ storeId: pickups.storeId }).from(pickups).where(eq(pickups.id, pickupId)).for('update');
  if (!row) return refuse('unknown-pickup', 'There is no such pickup.', { field: 'id' });
  const claimed = await claimId(tx, id, { kind: 'pickup-again', pickupId }, context.now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'new') {
    const units = (await unitsOf(tx, [pickupId])).get(pickupId) ?? [];
    if (units.some(({ asked }) => asked === 'sent'))
      return refuse('not-answered', 'Its store has not answered the last that was asked for.', { next: 'Wait until it has.' });
    const owed = units.filter(({ state }) => state !== 'dispensed' && state !== 'open');
    if (owed.length === 0) return refuse('nothing-owed', 'Each unit of it was poured, or has a voucher that is good.');
    const wanted = owed.map(({ unit, attempt, productId, voucherId, state, minted }) => ({
      unit,
      attempt: attempt + 1,
      productId,
      replaces: state === null ? minted : voucherId,
    }));
    await askFor(tx, { storeId: row.storeId, pickupId, wanted }, context);
  }
  return ok(present(await findPickup(tx, pickupId), 'the pickup stands'));
}

interface UnitRow extends Omit<Wanted, 'replaces'> {
  voucherId: string;
  /** The last voucher of the unit that its store minted; null for none. */
  minted: string | null;
  state: NonNullable<Pickup['units'][number]['state']> | null;
  expiresAt: number | null;
  asked: 'sent' | 'done' | 'refused';
  code: string | null;
  detail: string | null;
}

/** The newest of each unit, in their order. */
async function unitsOf(db: Drizzle, pickupIds: readonly string[]): Promise<Map<string, UnitRow[]>> {
  const rows = await db
    .select({
      pickupId: pickupUnits.pickupId,
      unit: pickupUnits.unit,
      attempt: pickupUnits.attempt,
      productId: pickupUnits.productId,
      voucherId: pickupUnits.voucherId,
      state: vouchers.state,
      expiresAt: vouchers.expiresAt,
      asked: directives.state,
      code: directives.code,
      detail: directives.detail,
    })
    .from(pickupUnits)
    .innerJoin(directives, and(eq(directives.storeId, pickupUnits.storeId), eq(directives.id, pickupUnits.directiveId)))
    .leftJoin(vouchers, and(eq(vouchers.storeId, pickupUnits.storeId), eq(vouchers.id, pickupUnits.voucherId)))
    .where(inArray(pickupUnits.pickupId, [...pickupIds]))
    .orderBy(pickupUnits.pickupId, pickupUnits.unit, pickupUnits.attempt);
  const newest = new Map<string, UnitRow[]>();
  for (const { pickupId, ...row } of rows) {
    const units = newest.get(pickupId) ?? [];
    newest.set(pickupId, units);
    units[row.unit] = { ...row, minted: row.state === null ? (units[row.unit]?.minted ?? null) : row.voucherId };
  }
  return newest;
}

function stateOf(units: readonly UnitRow[]): Pickup['state'] {
  if (units.every(({ state }) => state === 'dispensed')) return 'done';
  if (units.some(({ state }) => state === 'open')) return 'ready';
  if (units.some(({ asked, state }) => asked === 'sent' && state === null)) return 'sent';
  return units.some(({ asked }) => asked === 'refused') ? 'refused' : 'lapsed';
}

const summary = {
  id: pickups.id,
  storeId: pickups.storeId,
  storeCode: stores.code,
  reference: pickups.reference,
  askedAt: pickups.askedAt,
};

function pickupOf(
  row: Omit<Pickup, 'state' | 'code' | 'detail' | 'units' | 'askedAt'> & { askedAt: number },
  units: readonly UnitRow[],
): Pickup {
  const refused = units.find(({ asked }) => asked === 'refused');
  return {
    ...row,
    askedAt: isoTime(row.askedAt),
    state: stateOf(units),
    code: refused?.code ?? null,
    detail: refused?.detail ?? null,
    units: units.map(({ voucherId, productId, state, expiresAt }) => ({
      voucherId,
      productId,
      state,
      expiresAt: expiresAt === null ? null : isoTime(expiresAt),
    })),
  };
}

export async function findPickup(db: Drizzle, id: string): Promise<Pickup | undefined> {
  const [row] = await db
    .select(summary)
    .from(pickups)
    .innerJoin(stores, eq(stores.id, pickups.storeId))
    .where(eq(pickups.id, id));
  return row && pickupOf(row, (await unitsOf(db, [id])).get(id) ?? []);
}

interface PickupQuery {
  storeId?: string;
  reference?: string;
  limit?: string;
  after?: string;
}

export async function listPickups(db: Drizzle, query: PickupQuery): Promise<Result<Page<Pickup>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { storeId, reference, askedAt, id } = pickups;
  const where = [
    query.storeId === undefined ? undefined : eq(storeId, query.storeId),
    query.reference === undefined ? undefined : eq(reference, query.reference),
    cursor.value && sql`(${askedAt}, ${id}) < (${cursor.value[0]}, ${cursor.value[1]}::uuid)`,
  ];
  const rows = await db
    .select(summary)
    .from(pickups)
    .innerJoin(stores, eq(stores.id, storeId))
    .where(and(...where))
    .orderBy(desc(askedAt), desc(id))
    .limit(limit + 1);
  const units = await unitsOf(
    db,
    rows.map((row) => row.id),
  );
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [row.askedAt, row.id],
      (row) => pickupOf(row, units.get(row.id) ?? []),
    ),
  );
}
