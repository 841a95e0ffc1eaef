// The books over HTTP: balances and entries.
import type { Handlers } from '#schema/mount';
import { ok } from '#schema/values/result';
import type { ledgerContract } from '#schema/wire/ledger';
import type { Caller } from '../../base/caller.ts';
import type { Runtime } from '../../base/runtime.ts';
import { listBalances, listEntries } from './queries.ts';

export const ledgerRoutes = ({ database: { db } }: Runtime): Handlers<typeof ledgerContract, Caller> => ({
  balances: async ({ query }) => ok({ items: await listBalances(db, query) }),
  entries: ({ query }) => listEntries(db, query),
});
