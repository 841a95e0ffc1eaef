// Who gets which shape: the only way from a store node to the rows of the centre.
//
//   exact path → token → known name → its own store → words fixed here → Electric or the embedded source → cache headers by scope
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessRefusal } from '#schema/mount';
import type { Result } from '#schema/values/result';
import { PROBLEM_TYPE, problem } from '#schema/wire/problem';
import { shapes as ourShapes, type ShapeDefinition } from '#schema/wire/shape';
import { wordsFor } from './question.ts';
import type { ShapeAnswer, ShapeSource } from './source.ts';

export interface NodeIdentity {
  nodeId: string;
  storeId: string;
}

export interface GateOptions {
  source: ShapeSource;
  /** Who calls, or why a missing, wrong, expired or revoked token is nobody’s. */
  identifyNode: (request: FastifyRequest) => Promise<Result<NodeIdentity, AccessRefusal>>;
  shapes?: Record<string, ShapeDefinition>;
}

interface ShapeParams {
  storeId?: string;
  name: string;
}

export function mountShapeGate(app: FastifyInstance, options: GateOptions): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const admitted = await admit(request, options);
    if ('status' in admitted) return refuse(request, reply, admitted);
    return pass(request, reply, { ...admitted, source: options.source });
  };
  // HEAD would hold a live request open for nothing.
  const route = { exposeHeadRoute: false, config: { access: 'node' as const } };
  app.get('/sync/stores/:storeId/shapes/:name', route, answer);
  app.get('/sync/shapes/:name', route, answer);
}

interface Refused {
  status: 401 | 403 | 404;
  code: string;
  detail: string;
  next?: string;
}

interface Admitted {
  definition: ShapeDefinition;
  storeId: string | undefined;
}

const notThere: Refused = { status: 404, code: 'unknown-shape', detail: 'There is no shape at this address.' };

async function admit(request: FastifyRequest, options: GateOptions): Promise<Admitted | Refused> {
  const { storeId, name } = request.params as ShapeParams;
  // The router decodes; whatever was written in another way than we write it is not our address. Nothing is guessed.
  const path = storeId === undefined ? `/sync/shapes/${name}` : `/sync/stores/${storeId}/shapes/${name}`;
  if (pathOf(request) !== path || !/^[\w/-]+$/.test(path)) return notThere;
  const caller = await options.identifyNode(request);
  if (!caller.ok) {
    const { code, detail, next } = caller;
    return { status: code === 'not-allowed' ? 403 : 401, code, detail, ...(next !== undefined && { next }) };
  }
  const node = caller.value;
  const shapes: Record<string, ShapeDefinition> = options.shapes ?? ourShapes;
  const definition = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (!definition) return notThere;
  const refused = (detail: string): Refused => ({ status: 403, code: 'not-allowed', detail });
  if (storeId !== undefined && storeId !== node.storeId) return refused('This node belongs to another store.');
  if (definition.scope === 'store' && storeId === undefined)
    return refused(`The shape ${name} belongs to a store; ask under the store.`);
  if (definition.scope === 'shared' && storeId !== undefined)
    return refused(`The shape ${name} is shared by all stores; ask without one.`);
  // A store shape without a filter would be every store's rows: a mistake of ours that must not be served.
  if (definition.scope === 'store' && !definition.filter?.includes('$1')) return refused(`The shape ${name} has no filter.`);
  return { definition, storeId: definition.scope === 'store' ? node.storeId : undefined };
}

const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '').split('?', 1)[0] ?? '';
const queryOf = (request: FastifyRequest): string => (request.raw.url ?? '').split('?').slice(1).join('?');

function refuse(request: FastifyRequest, reply: FastifyReply, refused: Refused) {
  const headers = { 'cache-control': 'private, no-store', ...(refused.status === 401 && { 'www-authenticate': 'Bearer' }) };
  return reply
    .code(refused.status)
    .headers(headers)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem({ ...refused, requestId: request.id })));
}

async function pass(
  request: FastifyRequest,
  reply: FastifyReply,
  { definition, storeId, source }: Admitted & { source: ShapeSource },
) {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const words = wordsFor(definition, storeId, new URLSearchParams(queryOf(request)));
  const answer = await source.answer({ words, ifNoneMatch: request.headers['if-none-match'], signal: gone.signal });
  if (answer.status >= 500) return unavailable(request, reply, answer);
  reply.code(answer.status).headers({ ...answer.headers, ...cacheOf(definition) });
  const { body } = answer;
  if (body === undefined) return reply.send();
  if (typeof body === 'string') return reply.send(body);
  return reply.send(
    body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : Readable.from(body),
  );
}

/** A store's rows are kept by nobody on the way, whatever the source says; shared ones keep the source's words, so a CDN can carry them. */
function cacheOf({ scope }: ShapeDefinition): Record<string, string> {
  return scope === 'store'
    ? { 'cache-control': 'private, no-store', 'surrogate-control': 'no-store', vary: 'authorization' }
    : {};
}

function unavailable(request: FastifyRequest, reply: FastifyReply, answer: ShapeAnswer) {
  const parts =
    answer.status === 503
      ? {
          status: 503,
          code: 'shapes-unavailable',
          detail: 'Shapes cannot be served now.',
          next: 'Ask again after the time in Retry-After.',
        }
      : {
          status: 502,
          code: 'shapes-misconfigured',
          detail: 'The sync service refuses this server.',
          next: 'Check ELECTRIC_SECRET.',
        };
  const retryAfter = answer.headers['retry-after'];
  return reply
    .code(parts.status)
    .headers({ 'cache-control': 'no-store', ...(retryAfter !== undefined && { 'retry-after': retryAfter }) })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem({ ...parts, requestId: request.id })));
}
