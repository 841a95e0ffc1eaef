// Who calls the centre: a signed-in person, a store's node, or anybody.
import type { Role } from '#schema/rules/access';
import { assert } from '#schema/values/assert';

export interface PersonCaller {
  kind: 'person';
  userId: string;
  login: string;
  name: string;
  role: Role;
  tokenHash: string;
}

export interface NodeCaller {
  kind: 'node';
  nodeId: string;
  storeId: string;
  publicKey: string;
  /** Only routes for known nodes let in one that was replaced. */
  replacedAt: number | null;
}

export type Caller = PersonCaller | NodeCaller | { kind: 'anyone' };

/** For handlers of routes whose access rule lets only such callers in. */
export function person(caller: Caller): PersonCaller {
  assert(caller.kind === 'person', 'the access rule of this route lets only people in');
  return caller;
}

export function node(caller: Caller): NodeCaller {
  assert(caller.kind === 'node', 'the access rule of this route lets only nodes in');
  return caller;
}
