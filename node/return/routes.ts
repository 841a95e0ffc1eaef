// Returns over HTTP: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { returnContract } from '#schema/wire/return';
import { atTill, type Caller } from '../base/caller.ts';
import type { Journal } from '../journal/commit.ts';
import { type ReturnContext, takeReturn, unknownReceipt } from './commands.ts';

export function returnRoutes(journal: Journal, context: ReturnContext): Handlers<typeof returnContract, Caller> {
  const { returns, stores } = context;
  return {
    find: ({ params }) => {
      const store = stores.current();
      const found = store && returns.original(params.receipt, store.id);
      if (!found) return unknownReceipt();
      const { taken: _, cashBefore: __, ...sale } = found;
      return ok(sale);
    },
    take: ({ body, caller }) => journal.write((commit) => takeReturn(commit, body, atTill(caller), context)),
    show: ({ params }) => {
      const found = returns.show(params.id);
      return found ? ok(found) : refuse('unknown-return', 'There is no such return in this store.', { field: 'id' });
    },
  };
}
