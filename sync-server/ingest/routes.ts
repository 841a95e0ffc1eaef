// The routes of what comes up: a run of facts from a node; exceptions and journals for people.
import type { KeyPair } from '#schema/facts/chain';
import type { Handlers } from '#schema/mount';
import { present } from '#schema/values/assert';
import { ok, refuse } from '#schema/values/result';
import type { exceptionContract } from '#schema/wire/exception';
import type { journalContract } from '#schema/wire/journal';
import type { syncContract } from '#schema/wire/sync';
import { type Caller, node } from '../base/caller.ts';
import type { Reaction } from '../base/reaction.ts';
import { type Runtime, runCommand } from '../base/runtime.ts';
import { storeExists } from '../modules/stores/queries.ts';
import { findException, listExceptions, readJournal } from './queries.ts';
import { receiveRun } from './receive.ts';
import { resolveException } from './resolve.ts';
import { listWitnesses } from './witness.ts';

/** Called after the commit with how many facts were new, so that apply need not wait for its clock. */
export type OnStored = (facts: number) => void;

export const factRoutes = (
  runtime: Runtime,
  key: KeyPair,
  onStored: OnStored,
): Pick<Handlers<typeof syncContract, Caller>, 'facts'> => ({
  facts: async ({ body, caller }) => {
    const received = await receiveRun(runtime, key, node(caller), body);
    if (!received.ok) return received;
    const { witness, stored } = received.value;
    if (stored > 0) onStored(stored);
    return ok(witness);
  },
});

export const exceptionRoutes = (
  runtime: Runtime,
  reactions: readonly Reaction[],
): Handlers<typeof exceptionContract, Caller> => ({
  list: ({ query }) => listExceptions(runtime.database.db, query),
  resolve: ({ params, body, caller }) =>
    runCommand(runtime, caller, async (tx, context) => {
      const resolved = await resolveException(tx, reactions, params.id, body, context);
      return resolved.ok ? ok(present(await findException(tx, params.id), 'it was just resolved')) : resolved;
    }),
});

const unknownStore = () => refuse('unknown-store', 'There is no such store.', { field: 'storeId' });

export const journalRoutes = ({ database: { db } }: Runtime, key: KeyPair): Handlers<typeof journalContract, Caller> => ({
  witnesses: async ({ params: { storeId } }) =>
    (await storeExists(db, storeId)) ? ok({ publicKey: key.publicKey, items: await listWitnesses(db, storeId) }) : unknownStore(),
  facts: async ({ params: { storeId }, query }) =>
    (await storeExists(db, storeId)) ? ok(await readJournal(db, storeId, query)) : unknownStore(),
});
