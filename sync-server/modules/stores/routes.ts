// Stores over HTTP, for people; enrolment and status, for their nodes.
import type { Handlers } from '#schema/mount';
import { present } from '#schema/values/assert';
import { ok, refuse } from '#schema/values/result';
import type { storeContract } from '#schema/wire/store';
import type { syncContract } from '#schema/wire/sync';
import { type Caller, node } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { transaction } from '../../base/transaction.ts';
import { createStore, noteNodeStatus } from './commands.ts';
import { createEnrolmentCode, enrolNode } from './enrol.ts';
import { findStore, journalPosition, listStores } from './queries.ts';

/** Dispensers are added at a store's address, by the module of devices. */
type StoreHandlers = Omit<Handlers<typeof storeContract, Caller>, 'addDispenser'>;

export const storeRoutes = (runtime: Runtime): StoreHandlers => ({
  list: ({ query }) => listStores(runtime.database.db, query),
  show: async ({ params }) => {
    const store = await findStore(runtime.database.db, params.id);
    return store ? ok(store) : refuse('unknown-store', 'There is no such store.', { field: 'id' });
  },
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createStore(tx, body, context)),
  createEnrolmentCode: ({ params, caller }) =>
    runCommand(runtime, caller, (tx, context) => createEnrolmentCode(tx, params.id, context)),
});

type NodeHandlers = Pick<Handlers<typeof syncContract, Caller>, 'enrol' | 'status'>;

export const nodeRoutes = (runtime: Runtime, centrePublicKey: string): NodeHandlers => ({
  enrol: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => enrolNode(tx, body, centrePublicKey, context)),
  status: async ({ body, caller }) => {
    const { nodeId, storeId } = node(caller);
    const now = runtime.clock.now();
    await transaction(runtime.database, (tx) => noteNodeStatus(tx, nodeId, body, now));
    const position = await journalPosition(runtime.database.db, storeId);
    return ok({ now, acknowledged: present(position, 'every store has a journal') });
  },
});
