// Stock over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { storeStockContract } from '#schema/wire/stock';
import type { Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import { moveStock, type StockContext } from './commands.ts';

export function stockRoutes(journal: Journal, context: StockContext): Handlers<typeof storeStockContract, Caller> {
  return {
    move: ({ body }) => journal.write((commit) => moveStock(commit, body, context)),
    levels: ({ query }) => {
      const after = readCursor(query.after, 1);
      if (!after.ok) return after;
      const limit = limitOf(query);
      return ok(pageOf(context.stock.levels(after.value[0] ?? '', limit + 1), limit, (level) => [level.productId]));
    },
  };
}
