// Returns over HTTP: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { ReturnableSale, returnContract, SaleReturn, TakeReturn } from '#schema/wire/return';
import { atTill, type Caller } from '../base/caller.ts';
import type { Seller } from '../sale/commands.ts';
import { type ReturnContext, takeReturn, unknownReceipt } from './commands.ts';
import type { Elsewhere } from './elsewhere.ts';

interface RouteContext extends ReturnContext {
  elsewhere: Elsewhere;
  /** Whether the centre answered when it was last asked. */
  isOnline: () => boolean;
}

export function returnRoutes(context: RouteContext): Handlers<typeof returnContract, Caller> {
  const { returns, stores, elsewhere, clearer, isOnline } = context;

  /** Goods of another store come back only with the centre's word; of this store's own receipts it is asked where that costs nothing. */
  async function take(input: TakeReturn, seller: Seller): Promise<Result<SaleReturn, RefusalOf<typeof returnContract.take>>> {
    const write = (foreign?: ReturnableSale) =>
      clearer.write((answers) => (commit) => takeReturn(commit, input, seller, context, { foreign, answers }));
    const storeId = stores.current()?.id;
    if (storeId === undefined || returns.intent(input.id) !== undefined) return write();
    const isOwn = input.storeId === undefined || input.storeId === storeId;
    if (isOwn && !isOnline()) return write();
    const found = isOwn ? ok(returns.original(input.receipt, storeId)) : await foreignReceipt(input);
    if (!found.ok) return found;
    const original = found.value;
    if (!original) return unknownReceipt();
    const { saleId } = original;
    const reserved = await elsewhere.reserve({ id: input.id, storeId: original.storeId, saleId, lines: input.lines });
    if (!reserved.ok && !(isOwn && reserved.code === 'centre-unreachable')) return reserved;
    const taken = await write(original);
    if (!taken.ok) await elsewhere.release(input.id);
    return taken;
  }

  async function foreignReceipt({ receipt, storeId }: TakeReturn) {
    const found = await elsewhere.find(receipt);
    return found.ok ? ok(found.value.find(({ sale }) => sale.storeId === storeId)?.sale) : found;
  }

  return {
    find: ({ params }) => {
      const store = stores.current();
      const found = store && returns.original(params.receipt, store.id);
      return found ? ok(found) : unknownReceipt();
    },
    async elsewhere({ params }) {
      const found = await elsewhere.find(params.receipt);
      return found.ok ? ok({ items: found.value }) : found;
    },
    take: ({ body, caller }) => take(body, atTill(caller)),
    show: ({ params }) => {
      const found = returns.show(params.id);
      return found ? ok(found) : refuse('unknown-return', 'There is no such return in this store.', { field: 'id' });
    },
  };
}
