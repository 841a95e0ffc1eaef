// Stores over HTTP, for people; enrolment and status, for their nodes.
import type { KeyPair } from '#schema/facts/chain';
import type { Handlers } from '#schema/mount';
import { present } from '#schema/values/assert';
import { ok, refuse } from '#schema/values/result';
import type { recoveryContract } from '#schema/wire/recovery';
import type { storeContract } from '#schema/wire/store';
import type { syncContract } from '#schema/wire/sync';
import { type Caller, node } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { transaction } from '../../base/transaction.ts';
import { changeSettings, createStore, noteNodeStatus } from './commands.ts';
import { createEnrolmentCode, enrolNode } from './enrol.ts';
import { heldPositions, listGenerations } from './generations.ts';
import { findStore, journalPosition, listStores, storeExists } from './queries.ts';
import { replaceNode, restoreNode, standingOf } from './replace.ts';
import { listNodes, revokeNode } from './revoke.ts';

export const storeRoutes = (runtime: Runtime): Handlers<typeof storeContract, Caller> => ({
  list: ({ query }) => listStores(runtime.database.db, query),
  show: async ({ params }) => {
    const store = await findStore(runtime.database.db, params.id);
    return store ? ok(store) : refuse('unknown-store', 'There is no such store.', { field: 'id' });
  },
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createStore(tx, body, context)),
  settings: async ({ params }) => {
    const store = await findStore(runtime.database.db, params.id);
    return store ? ok(store.settings) : refuse('unknown-store', 'There is no such store.', { field: 'id' });
  },
  changeSettings: ({ params, body, caller }) => runCommand(runtime, caller, (tx) => changeSettings(tx, params.id, body)),
  createEnrolmentCode: ({ params, caller }) =>
    runCommand(runtime, caller, (tx, context) => createEnrolmentCode(tx, params.id, context)),
  nodes: ({ params }) => listNodes(runtime.database.db, params.id),
  revokeNode: ({ params, body, caller }) =>
    runCommand(runtime, caller, (tx, context) => revokeNode(tx, { storeId: params.id, nodeId: body.nodeId }, context)),
});

type NodeHandlers = Pick<Handlers<typeof syncContract, Caller>, 'enrol' | 'status' | 'standing' | 'openGeneration'>;

export const nodeRoutes = (runtime: Runtime, key: KeyPair): NodeHandlers => ({
  enrol: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => enrolNode(tx, body, key.publicKey, context)),
  status: async ({ body, caller }) => {
    const { nodeId, storeId } = node(caller);
    const now = runtime.clock.now();
    await transaction(runtime.database, (tx) => noteNodeStatus(tx, nodeId, body, now));
    const position = await journalPosition(runtime.database.db, storeId);
    const held = await heldPositions(runtime.database.db, storeId);
    return ok({ now, acknowledged: present(position, 'every store has a journal'), held });
  },
  standing: async ({ body: { head }, caller }) =>
    ok(await transaction(runtime.database, (tx) => standingOf(tx, node(caller), head, key))),
  openGeneration: ({ body, caller }) =>
    runCommand(runtime, caller, (tx, context) => restoreNode(tx, node(caller), body, context)),
});

type RecoveryHandlers = Pick<Handlers<typeof recoveryContract, Caller>, 'replaceNode' | 'generations'>;

export const recoveryRoutes = (runtime: Runtime): RecoveryHandlers => ({
  replaceNode: ({ params, caller }) => runCommand(runtime, caller, (tx, context) => replaceNode(tx, params.id, context)),
  generations: async ({ params: { id } }) => {
    const { db } = runtime.database;
    if (!(await storeExists(db, id))) return refuse('unknown-store', 'There is no such store.', { field: 'id' });
    return ok({ items: await listGenerations(db, id) });
  },
});
