// Customers over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { storeCustomerContract } from '#schema/wire/customer';
import { atTill, type Caller } from '../base/caller.ts';
import type { Journal } from '../journal/commit.ts';
import { addCustomer, type CustomerContext } from './commands.ts';

export function customerRoutes(journal: Journal, context: CustomerContext): Handlers<typeof storeCustomerContract, Caller> {
  const { customers } = context;
  return {
    search: ({ query }) => ok({ items: customers.search(query.q, Number(query.limit ?? 20)) }),
    show: ({ params }) => {
      const customer = customers.find(params.id);
      return customer ? ok(customer) : refuse('unknown-customer', 'This store has no such customer.', { field: 'id' });
    },
    add: ({ body, caller }) => journal.write((commit) => addCustomer(commit, body, atTill(caller), context)),
  };
}
