// The routes of what comes up: a run of facts from a node; exceptions and journals for people.
import type { KeyPair } from '#schema/facts/chain';
import type { Handlers } from '#schema/mount';
import { present } from '#schema/values/assert';
import { ok, refuse } from '#schema/values/result';
import type { exceptionContract } from '#schema/wire/exception';
import type { journalContract } from '#schema/wire/journal';
import type { recoveryContract } from '#schema/wire/recovery';
import type { syncContract } from '#schema/wire/sync';
import { type Caller, node } from '../base/caller.ts';
import type { Reaction } from '../base/reaction.ts';
import { type Runtime, runCommand } from '../base/runtime.ts';
import { listGenerations } from '../modules/stores/generations.ts';
import { storeExists } from '../modules/stores/queries.ts';
import { decideQuarantine, keepApart } from './quarantine.ts';
import { findException, listExceptions, listQuarantine, readJournal } from './queries.ts';
import { receiveRun } from './receive.ts';
import { resolveException } from './resolve.ts';
import { listWitnesses } from './witness.ts';

/** Called after the commit with how many facts were new, so that apply need not wait for its clock. */
export type OnStored = (facts: number) => void;

export const factRoutes = (
  runtime: Runtime,
  key: KeyPair,
  onStored: OnStored,
): Pick<Handlers<typeof syncContract, Caller>, 'facts' | 'history' | 'readFacts' | 'quarantine'> => ({
  facts: async ({ body, caller }) => {
    const received = await receiveRun(runtime, key, node(caller), body);
    if (!received.ok) return received;
    const { witness, stored } = received.value;
    if (stored > 0) onStored(stored);
    return ok(witness);
  },
  history: async ({ caller }) => {
    const { db } = runtime.database;
    const { storeId } = node(caller);
    // Before the generations: what is signed between the two reads is only learned the next time.
    const witnesses = await listWitnesses(db, storeId);
    return ok({ generations: await listGenerations(db, storeId), witnesses });
  },
  readFacts: async ({ query, caller }) => ok(await readJournal(runtime.database.db, node(caller).storeId, query)),
  quarantine: ({ body, caller }) => runCommand(runtime, caller, (tx, { now }) => keepApart(tx, node(caller), body, now)),
});

export const quarantineRoutes = (
  runtime: Runtime,
  { key, reactions, onStored }: { key: KeyPair; reactions: readonly Reaction[]; onStored: OnStored },
): Pick<Handlers<typeof recoveryContract, Caller>, 'quarantined' | 'decide'> => ({
  quarantined: ({ query }) => listQuarantine(runtime.database.db, query),
  decide: async ({ body, caller }) => {
    const decided = await runCommand(runtime, caller, (tx, context) => decideQuarantine(tx, { key, reactions }, body, context));
    // Where apply had not come so far, it takes them in its turn.
    if (decided.ok && body.how === 'accept') onStored(decided.value.decided);
    return decided;
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
