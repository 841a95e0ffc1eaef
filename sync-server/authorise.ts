// Decides for every route who may call it: nobody comes further without the token that the route's access rule asks for.
import type { FastifyRequest } from 'fastify';
import type { Authorise } from '#schema/mount';
import { type Access, allows } from '#schema/rules/access';
import type { Clock } from '#schema/values/clock';
import { ok, type Result, refuse } from '#schema/values/result';
import type { Caller } from './base/caller.ts';
import type { Drizzle } from './base/database.ts';
import type { Runtime } from './base/runtime.ts';
import { findCaller } from './modules/identity/queries.ts';
import { type IdentifyNode, looksLikeNodeToken, nodeIdentifier } from './modules/stores/node-token.ts';

type Answer = Result<Caller, 'not-signed-in' | 'not-allowed'>;

export function authoriseWith({ database: { db }, clock }: Runtime): Authorise<Caller> {
  const identifyNode = nodeIdentifier(db);
  return async (access, request): Promise<Answer> => {
    if (access === 'public') return ok({ kind: 'anyone' });
    const caller = await identify({ db, clock, identifyNode }, request, access === 'known-node');
    if (!caller.ok) return caller;
    const mayCall = permits(access, caller.value);
    return mayCall === true ? caller : refuse('not-allowed', mayCall);
  };
}

interface Known {
  db: Drizzle;
  clock: Clock;
  identifyNode: IdentifyNode;
}

async function identify({ db, clock, identifyNode }: Known, request: FastifyRequest, mayBeReplaced: boolean): Promise<Answer> {
  const [, token] = /^Bearer ([\x21-\x7e]{1,4000})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return refuse('not-signed-in', 'This needs a token.', { next: 'Sign in with: lapak login' });
  if (looksLikeNodeToken(token)) return identifyNode(token, { now: clock.now(), mayBeReplaced });
  const person = await findCaller(db, token, clock.now());
  if (person) return ok(person);
  return refuse('not-signed-in', 'The token is unknown, ended or too old.', { next: 'Sign in again with: lapak login' });
}

/** True, or why not. What the centre does not serve (tills, programs beside a node) it lets nobody do. */
function permits(access: Access, caller: Caller): true | string {
  if (access === 'node' || access === 'known-node') return caller.kind === 'node' || 'Only a store’s node may do this.';
  if (caller.kind !== 'person') return 'This is for people, not for store nodes.';
  if (access === 'session') return true;
  if (typeof access === 'string') return 'Nobody may do this at the centre.';
  return allows(caller.role, access.can) || `The role “${caller.role}” may not do this: it needs ${access.can}.`;
}
