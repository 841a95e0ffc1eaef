// The node's web server: who may call, from which page, and what goes wrong. Names other than its own are refused, so that a web page
// elsewhere cannot reach it by a name that points here.
import compress from '@fastify/compress';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Authorise, answerErrors, sendRefusal } from '#schema/mount';
import type { Access } from '#schema/rules/access';
import { assert } from '#schema/values/assert';
import type { MakeId } from '#schema/values/id';
import { ok, refuse } from '#schema/values/result';
import { STAFF_HEADER } from '#schema/wire/staff';
import type { OwnHosts } from '../lan/own-hosts.ts';
import type { People } from '../staff/people.ts';
import type { StaffSessions } from '../staff/sessions.ts';
import type { Tills } from '../tills/pairing.ts';
import type { Caller } from './caller.ts';
import { lateSchemas } from './late-schemas.ts';
import type { Log } from './log.ts';

const BODY_LIMIT = 1_000_000;
/** Above what a sale is answered with, which is sent sooner than packed. */
const COMPRESSED_FROM_BYTES = 8_192;

/**
 * What browsers may do with an answer. Always the same, so it stands here as it is sent: a plugin that puts it together anew for each
 * answer would take a twentieth of the time of a sale. A browser is not told to insist on TLS: plain HTTP stays for those that
 * do not trust the box yet.
 */
const pageRules = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const nameOf = (host: string): string => host.replace(/:\d+$/, '');

export async function createHttp(log: Log, makeId: MakeId, hosts: Pick<OwnHosts, 'has'>): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestIdHeader: 'x-request-id',
    genReqId: makeId,
    schemaController: { compilersFactory: lateSchemas() },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    // Open event streams must not keep a stopping node alive.
    forceCloseConnections: true,
  });
  answerErrors(app, (error, request) =>
    log.error({ error, requestId: request.id, url: request.routeOptions.url }, 'a request failed'),
  );
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(pageRules).header('x-request-id', request.id);
    const refusal = refuseStranger(request, hosts);
    if (refusal) sendRefusal(reply, refusal, 403);
    else next();
  });
  // An event stream answers by itself and is not touched by it. gzip, because browsers offer more only to what is encrypted.
  await app.register(compress, { threshold: COMPRESSED_FROM_BYTES, encodings: ['gzip'], globalDecompression: false });
  return app;
}

function refuseStranger({ headers }: FastifyRequest, hosts: Pick<OwnHosts, 'has'>) {
  const { host = '', origin } = headers;
  if (!hosts.has(nameOf(host)))
    return refuse('unknown-host', `This store box does not answer to the name “${nameOf(host)}”.`, {
      next: 'Open it by its own address, or have the name added with LAPAK_LAN_NAMES.',
    });
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return refuse('other-origin', 'A page of another site may not call this store box.', {
      next: 'Open the till from the store box.',
    });
  return undefined;
}

/** The token of a till or of this machine; an event stream, which cannot set headers, brings it in its address. */
function tokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return header.slice(7);
  const { token } = (request.query ?? {}) as { token?: unknown };
  return request.routeOptions.url === '/api/v1/events' && typeof token === 'string' ? token : undefined;
}

interface Doors {
  tills: Tills;
  people: People;
  staffSessions: StaffSessions;
  isMachineToken: (token: string) => boolean;
}

const served: readonly Access[] = ['public', 'till', 'staff', 'machine'];

export function authoriser({ tills, people, staffSessions, isMachineToken }: Doors): Authorise<Caller> {
  return (access, request) => {
    assert(served.includes(access), 'a store node knows tills, their people and its own machine');
    if (access === 'public') return ok({ kind: 'anyone' });
    const token = tokenOf(request);
    if (token === undefined)
      return refuse('not-signed-in', 'This call needs the token of a paired till.', {
        next: 'Pair the till, then send its token as “Authorization: Bearer …”.',
      });
    if (isMachineToken(token)) return ok({ kind: 'machine', till: tills.own(), person: null });
    const till = tills.byToken(token);
    if (!till) return refuse('not-signed-in', 'That token is not of a till paired here.', { next: 'Pair the till again.' });
    if (access === 'machine') return refuse('not-allowed', 'Only a program on the store box itself may ask this.');
    const session = request.headers[STAFF_HEADER];
    const person = (typeof session === 'string' && staffSessions.person(till.id, session)) || null;
    if (access === 'staff' && person === null && people.any())
      return refuse('sign-in-needed', 'Nobody is signed in at this till.', { next: 'Sign in with a PIN or a badge.' });
    return ok({ kind: 'till', till, person });
  };
}
