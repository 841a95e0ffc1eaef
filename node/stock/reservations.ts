// Setting goods aside: for somebody who comes to the store, or as an allotment that the centre asked for; given back when it is time.
import { stockReleased } from '#schema/facts/stock-released';
import { type StockReserved, stockReserved } from '#schema/facts/stock-reserved';
import { available } from '#schema/rules/stock';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { RefusalOf } from '#schema/wire/contract';
import type { Reservation, ReserveStock, reservationContract } from '#schema/wire/reservation';
import type { DirectiveBodies } from '#schema/wire/stock';
import type { Person } from '../base/caller.ts';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Commit } from '../journal/commit.ts';
import type { StockQueries } from './queries.ts';

interface ReservationRow extends Omit<Reservation, 'reservedAt' | 'expiresAt'> {
  reservedAt: number;
  expiresAt: number | null;
}

export interface ReservationQueries {
  row(id: string): ReservationRow | undefined;
  list(): Reservation[];
  overdue(now: number, limit: number): ReservationRow[];
}

const held = `SELECT r.id, r.product_id AS productId, p.name, coalesce(p.quantity_scale, 0) AS quantityScale, r.quantity, r.purpose, r.note,
    r.reserved_at AS reservedAt, r.expires_at AS expiresAt, r.released
  FROM reservations r LEFT JOIN products p ON p.id = r.product_id WHERE`;

export function reservationQueries(sqlite: Sqlite): ReservationQueries {
  const readRow = rowOf<ReservationRow>(sqlite, `${held} r.id = ?`);
  const readHeld = rowsOf<ReservationRow>(
    sqlite,
    `${held} r.released IS NULL ORDER BY coalesce(r.expires_at, ${Number.MAX_SAFE_INTEGER}), r.id`,
  );
  const readOverdue = rowsOf<ReservationRow>(
    sqlite,
    `${held} r.released IS NULL AND r.expires_at <= ? ORDER BY r.expires_at, r.id LIMIT ?`,
  );
  return {
    row: (id) => readRow(id),
    list: () => readHeld().map(viewOf),
    overdue: (now, limit) => readOverdue(now, limit),
  };
}

const viewOf = ({ reservedAt, expiresAt, ...row }: ReservationRow): Reservation => ({
  ...row,
  reservedAt: isoTime(reservedAt),
  expiresAt: expiresAt === null ? null : isoTime(expiresAt),
});

export interface ReservationContext {
  stock: StockQueries;
  reservations: ReservationQueries;
}

type Contract = typeof reservationContract;
type ReserveRefusal = RefusalOf<Contract['reserve']>;
type Wish = Omit<StockReserved, 'directiveId'>;

function setAside(
  commit: Commit,
  { wish, directiveId, staff }: { wish: Wish; directiveId: string | null; staff: string | null },
  { stock, reservations }: ReservationContext,
): Result<Reservation, ReserveRefusal> {
  const show = () => ok(viewOf(present(reservations.row(wish.reservationId), 'what was set aside stands')));
  const known = reservations.row(wish.reservationId);
  if (known) {
    const same =
      known.productId === wish.productId &&
      known.quantity === wish.quantity &&
      known.purpose === wish.purpose &&
      known.note === wish.note;
    return same ? show() : refuse('id-reused', 'That id was used for something else.', { field: 'id', next: 'Make a new id.' });
  }
  const product = stock.product(wish.productId);
  if (!product) return refuse('unknown-product', 'This store does not know that product.', { field: 'productId' });
  const left = available(stock.level(wish.productId));
  if (left < wish.quantity)
    return refuse('out-of-stock', `There is not enough ${product.name} left to set aside.`, {
      field: 'quantity',
      next: 'Set fewer aside, or receive goods first.',
      facts: { productId: wish.productId, available: Math.max(0, left) },
    });
  commit.append(stockReserved, { ...wish, directiveId }, { staff });
  return show();
}

export const reserveStock = (
  commit: Commit,
  { id, productId, quantity, note = null, minutes }: ReserveStock,
  person: Person | null,
  context: ReservationContext,
): Result<Reservation, ReserveRefusal> => {
  const expiresAt = commit.now + minutes * 60_000;
  const wish = { reservationId: id, productId, quantity, purpose: 'customer' as const, note, expiresAt };
  return setAside(commit, { wish, directiveId: null, staff: person?.id ?? null }, context);
};

/** The centre sells a store's goods only from what the store has granted it here. */
export const grantAllotment = (
  commit: Commit,
  directiveId: string,
  body: DirectiveBodies['stock.reserve'],
  context: ReservationContext,
): Result<Reservation, ReserveRefusal> =>
  setAside(commit, { wish: { ...body, purpose: 'allotment', note: null }, directiveId, staff: null }, context);

/** Given back already is given back: asked again, nothing more happens. */
export function releaseReservation(
  commit: Commit,
  id: string,
  person: Person | null,
  { reservations }: ReservationContext,
): Result<Reservation, RefusalOf<Contract['release']>> {
  const row = reservations.row(id);
  if (!row) return refuse('unknown-reservation', 'Nothing was set aside under that id.', { field: 'id' });
  if (row.purpose === 'allotment')
    return refuse('not-yours', 'The centre may have sold it already; only the centre gives it back.', {
      next: 'Ask the centre to give it back.',
    });
  if (row.released === null) release(commit, row, { why: 'cancelled', directiveId: null, staff: person?.id ?? null });
  return ok(viewOf(present(reservations.row(id), 'what was set aside stands')));
}

export function takeBackAllotment(
  commit: Commit,
  directiveId: string,
  { reservationId }: DirectiveBodies['stock.release'],
  { reservations }: ReservationContext,
): Result<null, 'unknown-reservation'> {
  const row = reservations.row(reservationId);
  if (!row) return refuse('unknown-reservation', 'This store has not granted that allotment.');
  release(commit, row, { why: 'cancelled', directiveId, staff: null });
  return ok(null);
}

type Released = { why: 'expired' | 'cancelled'; directiveId: string | null; staff: string | null };

const release = (commit: Commit, { id, productId, quantity, released }: ReservationRow, { staff, ...how }: Released) =>
  commit.append(stockReleased, { reservationId: id, productId, quantity: released === null ? quantity : 0, ...how }, { staff });

export function releaseOverdue(commit: Commit, limit: number, { reservations }: ReservationContext): Result<number, never> {
  const over = reservations.overdue(commit.now, limit);
  for (const row of over) release(commit, row, { why: 'expired', directiveId: null, staff: null });
  return ok(over.length);
}
