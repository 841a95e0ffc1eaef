// What the centre wants done with a store's stock: directives to its node, which alone moves goods and mints vouchers.
import { isMovementOf } from '#schema/rules/stock';
import { type Result, refuse } from '#schema/values/result';
import type { BodyOf } from '#schema/wire/contract';
import type { allotmentContract } from '#schema/wire/reservation';
import type { inventoryContract } from '#schema/wire/stock';
import type { Tx } from '../../base/database.ts';
import type { Context } from '../../base/runtime.ts';
import { findFlags } from '../catalog/queries.ts';
import { type SentDirective, sendDirective } from '../stores/commands.ts';
import { storeExists } from '../stores/queries.ts';
import { findAllotment } from './allotments.ts';

const unknownStore = () => refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
const unknownProduct = () => refuse('unknown-product', 'There is no such product.', { field: 'productId' });

type MoveStock = BodyOf<typeof inventoryContract.direct>;
type MoveRefusal = 'unknown-store' | 'unknown-product' | 'wrong-direction' | 'id-reused';

export async function directMovement(tx: Tx, input: MoveStock, context: Context): Promise<Result<SentDirective, MoveRefusal>> {
  const { id, storeId, productId, movement, quantity, reason = null, cost = null, lotCode = null, expiresOn = null } = input;
  if (!(await storeExists(tx, storeId))) return unknownStore();
  if (!(await findFlags(tx, [productId])).has(productId)) return unknownProduct();
  if (!isMovementOf(movement, quantity))
    return refuse('wrong-direction', `A movement “${movement}” does not have the quantity ${quantity}.`, {
      field: 'quantity',
      next: 'Goods that come in are positive, goods that go out are negative.',
    });
  const brought = { cost, lotCode, expiresOn };
  if (quantity < 0 && Object.values(brought).some((value) => value !== null))
    return refuse('wrong-direction', 'Only goods that come in bring a cost, a lot code or an expiry along.', {
      field: 'quantity',
      next: 'Leave them out: goods that go out have those of their lots.',
    });
  const body = { movementId: id, productId, movement, quantity, reason, ...brought };
  return sendDirective(tx, { id, storeId, kind: 'stock.move', body }, context);
}

type TrackTags = BodyOf<typeof inventoryContract.trackTags>;

export async function directTags(
  tx: Tx,
  { id, storeId, place, effect, tags }: TrackTags,
  context: Context,
): Promise<Result<SentDirective, 'unknown-store' | 'id-reused'>> {
  if (!(await storeExists(tx, storeId))) return unknownStore();
  return sendDirective(tx, { id, storeId, kind: 'tags.track', body: { readId: id, place, effect, tags } }, context);
}

type AskAllotment = BodyOf<typeof allotmentContract.ask>;

export async function directAllotment(
  tx: Tx,
  { id, storeId, productId, quantity, expiresAt = null }: AskAllotment,
  context: Context,
): Promise<Result<SentDirective, 'unknown-store' | 'unknown-product' | 'id-reused'>> {
  if (!(await storeExists(tx, storeId))) return unknownStore();
  if (!(await findFlags(tx, [productId])).has(productId)) return unknownProduct();
  const until = expiresAt === null ? null : Date.parse(expiresAt);
  const body = { reservationId: id, productId, quantity, expiresAt: until };
  return sendDirective(tx, { id, storeId, kind: 'stock.reserve', body }, context);
}

export async function directReturn(
  tx: Tx,
  { id, allotmentId }: { id: string; allotmentId: string },
  context: Context,
): Promise<Result<SentDirective, 'unknown-allotment' | 'id-reused'>> {
  const allotment = await findAllotment(tx, allotmentId);
  if (!allotment) return refuse('unknown-allotment', 'No store has granted that allotment.', { field: 'id' });
  const body = { reservationId: allotmentId };
  return sendDirective(tx, { id, storeId: allotment.storeId, kind: 'stock.release', body }, context);
}

type MintVoucher = BodyOf<typeof inventoryContract.mintVoucher>;
type MintRefusal = 'unknown-store' | 'unknown-product' | 'not-dispensable' | 'id-reused';

export async function directVoucher(tx: Tx, input: MintVoucher, context: Context): Promise<Result<SentDirective, MintRefusal>> {
  const { id, storeId, productId } = input;
  if (!(await storeExists(tx, storeId))) return unknownStore();
  const product = (await findFlags(tx, [productId])).get(productId);
  if (!product) return unknownProduct();
  if (!product.dispensable)
    return refuse('not-dispensable', `${product.name} is not sold from a dispenser.`, { field: 'productId' });
  return sendDirective(
    tx,
    { id, storeId, kind: 'voucher.mint', body: { units: [{ voucherId: id, productId, replaces: null }] } },
    context,
  );
}
