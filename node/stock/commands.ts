// Goods were found to differ, or the centre asked for a movement: one fact a movement, named by the id of whoever asked.
import { stockMoved } from '#schema/facts/stock-moved';
import { isMovementOf } from '#schema/rules/stock';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { AdjustStock, MoveStock, storeStockContract } from '#schema/wire/stock';
import type { Commit } from '../journal/commit.ts';
import { type AtTill, broughtBy, type GoodsContext } from './goods.ts';

export interface MovedLevel {
  id: string;
  productId: string;
  onHand: number;
  reserved: number;
}

type AdjustRefusal = RefusalOf<typeof storeStockContract.adjust>;
type MoveRefusal = Exclude<AdjustRefusal, 'needs-approval'>;

/** What the centre asks for; nobody at the store answers for it. */
export const moveStock = (
  commit: Commit,
  input: MoveStock & { directiveId?: string },
  context: GoodsContext,
): Result<MovedLevel, MoveRefusal> =>
  recordOnce(input, context, (currency) => {
    const { id: movementId, productId, movement, quantity, reason = null, directiveId = null } = input;
    const brought = broughtBy(input);
    const cost = { ...brought, currency: brought.cost === null ? null : currency };
    commit.append(stockMoved, { movementId, productId, movement, quantity, reason, ...cost, approvedBy: null, directiveId });
    return ok(null);
  });

export const adjustStock = (
  commit: Commit,
  input: AdjustStock,
  { till, person }: AtTill,
  context: GoodsContext,
): Result<MovedLevel, AdjustRefusal> =>
  recordOnce({ ...input, movement: 'adjust' }, context, (_, settings) => {
    const { id: movementId, productId, quantity, reason, approvalId } = input;
    const amount = quantity > 0 ? 0 : (context.stock.costOf(productId, -quantity) ?? 0);
    const approved = context.approvals.approve(commit, { action: 'count', amount, approvalId, till, person, settings });
    if (!approved.ok) return approved;
    const brought = { ...broughtBy({}), currency: null };
    const said = { movementId, productId, movement: 'adjust' as const, quantity, reason, directiveId: null };
    commit.append(stockMoved, { ...said, ...brought, approvedBy: approved.value }, { staff: person?.id ?? null });
    return ok(null);
  });

type Wish = Pick<MoveStock, 'id' | 'productId' | 'movement' | 'quantity' | 'reason'>;
type Settings = NonNullable<ReturnType<GoodsContext['stores']['current']>>['settings'];

/** The same id again is the same movement, done once; another one under it is refused. */
function recordOnce<Code extends string>(
  { id, productId, movement, quantity, reason = null }: Wish,
  { stores, stock }: GoodsContext,
  record: (currency: string, settings: Settings) => Result<null, Code>,
): Result<MovedLevel, Code | MoveRefusal> {
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
  if (!stock.product(productId))
    return refuse('unknown-product', 'This store does not know that product.', { field: 'productId' });
  if (!isMovementOf(movement, quantity))
    return refuse('wrong-direction', `A quantity of ${quantity} cannot be a movement of the kind “${movement}”.`, {
      field: 'quantity',
      next: 'Receiving is positive, waste and transfers out are negative, and none is zero.',
    });
  const recorded = record(store.currency, store.settings);
  return recorded.ok ? answer() : recorded;
}
