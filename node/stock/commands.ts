// Goods came, went or were found to differ: one fact a movement. A directive of the centre comes the same way and is named in it.
import { stockMoved } from '#schema/facts/stock-moved';
import { isMovementOf } from '#schema/rules/stock';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { MoveStock, storeStockContract } from '#schema/wire/stock';
import type { Commit } from '../journal/commit.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { StockQueries } from './queries.ts';

export interface StockContext {
  stores: StoreReplica;
  catalogue: Catalogue;
  stock: StockQueries;
}

type MoveRefusal = RefusalOf<typeof storeStockContract.move>;

interface MovedLevel {
  id: string;
  productId: string;
  onHand: number;
  reserved: number;
}

export function moveStock(
  commit: Commit,
  input: MoveStock & { directiveId?: string },
  { stores, catalogue, stock }: StockContext,
): Result<MovedLevel, MoveRefusal> {
  const { id, productId, movement, quantity, reason = null, directiveId = null } = input;
  const answer = () => ok({ id, productId, ...stock.level(productId) });
  const known = stock.movement(id);
  if (known) {
    const same =
      known.productId === productId && known.kind === movement && known.quantity === quantity && known.reason === reason;
    return same ? answer() : refuse('id-reused', 'That movement id was used for another movement.', { field: 'id' });
  }
  const store = stores.current();
  if (!store)
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  if (!catalogue.priceBook(store).product(productId))
    return refuse('unknown-product', 'This store does not know that product.', { field: 'productId' });
  if (!isMovementOf(movement, quantity))
    return refuse('wrong-direction', `A quantity of ${quantity} cannot be a movement of the kind “${movement}”.`, {
      field: 'quantity',
      next: 'Receiving is positive, waste and transfers out are negative, and none is zero.',
    });
  commit.append(stockMoved, { movementId: id, productId, movement, quantity, reason, directiveId });
  return answer();
}
