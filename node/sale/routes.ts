// Sales over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { saleContract } from '#schema/wire/sale';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import { closeSale, type SaleContext } from './commands.ts';
import { voidSale } from './void.ts';

export function saleRoutes(journal: Journal, context: SaleContext): Handlers<typeof saleContract, Caller> {
  return {
    close: ({ body, caller }) => journal.write((commit) => closeSale(commit, body, atTill(caller), context)),
    void: ({ params, body, caller }) => journal.write((commit) => voidSale(commit, params.id, body, atTill(caller), context)),
    show: ({ params }) =>
      context.sales.intent(params.id) === undefined
        ? refuse('unknown-sale', 'There is no such sale in this store.', { field: 'id' })
        : ok(context.sales.show(params.id)),
    list: ({ query }) => {
      const cursor = readCursor(query.after, 2);
      if (!cursor.ok) return cursor;
      const [occurredAt, id] = cursor.value;
      const after = id === undefined ? undefined : { occurredAt: Number(occurredAt), id };
      const limit = limitOf(query);
      const rows = context.sales.list(after, query.businessDate, limit + 1);
      return ok(pageOf(rows, limit, (sale) => [String(Date.parse(sale.occurredAt)), sale.id]));
    },
  };
}
