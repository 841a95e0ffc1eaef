// The centre's HTTP server before any route: request ids, security headers, compressed bodies, limits, problems. It refuses a route that
// does not say who may call it.
import type { Socket } from 'node:net';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyRequest, type RouteOptions } from 'fastify';
import { answerErrors } from '#schema/mount';
import { assert } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import type { Log } from './log.ts';
import { type TwoHttp, twoHttp } from './two-http.ts';

export interface HttpOptions {
  clock: Clock;
  makeId: MakeId;
  log: Log;
  production: boolean;
  /** Behind a proxy the caller's address is the one that the proxy names. */
  trustProxy: boolean;
}

const bodyLimit = 1024 * 1024;
/** How long open streams of HTTP/2 may still take when the server stops. */
const STREAMS_END_MS = 2_000;

/** Pages of others that we serve; everything else is ours and declares its access. */
export const DOCS_PREFIX = '/docs';

/** `prepareHttp` must follow before any route. They are two because an instance is a promise of itself: awaiting it would close it to routes. */
export function createHttp({ makeId, trustProxy }: HttpOptions): FastifyInstance {
  let sessions: TwoHttp['sessions'] = new Set();
  const app: FastifyInstance = fastify({
    serverFactory(handler) {
      const two = twoHttp(handler, (socket) => two.server.emit('http2', socket));
      sessions = two.sessions;
      return two.server;
    },
    logger: false,
    bodyLimit,
    trustProxy,
    genReqId: (request) => givenRequestId(request.headers['x-request-id']) ?? makeId(),
    // What a caller sends is what is checked: no text becomes a number, no unknown field disappears.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  app.decorate('http2Sessions', { getter: () => sessions });
  return app;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Connections that speak HTTP/2. */
    http2Sessions: TwoHttp['sessions'];
  }

  interface FastifyContextConfig {
    /** It reads its body by itself, whatever that is packed in. */
    readsBody?: boolean;
  }
}

/**
 * Connections are kept between requests, so a stopping server would wait a minute and more for those that it does not count as idle when
 * it looks: one over which nothing was asked yet, and one that is answering just then.
 */
function leaveNoConnection(app: FastifyInstance, clock: Clock): void {
  const unused = new Set<Socket>();
  let closing = false;
  let endStreams = () => {};
  app.server.on('connection', (socket) => {
    if (closing) return void socket.destroy();
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }, response) => {
    unused.delete(socket);
    response.once('finish', () => {
      if (closing) socket.end();
    });
  });
  app.server.on('http2', (socket: Socket) => unused.delete(socket));
  app.addHook('preClose', async () => {
    closing = true;
    for (const session of app.http2Sessions) session.close(); // takes no new stream, and ends after those that are open
    endStreams = clock.after(STREAMS_END_MS, () => {
      for (const session of app.http2Sessions) session.destroy();
    });
    for (const socket of unused) socket.destroy();
  });
  app.server.once('close', () => endStreams());
}

export async function prepareHttp(app: FastifyInstance, { clock, log, production }: HttpOptions): Promise<void> {
  leaveNoConnection(app, clock);
  app.addHook('onRoute', requireAccess);
  app.addHook('onRequest', async (request, reply) => {
    // Nodes learn their offset from this clock, so it is the one that the centre itself goes by.
    reply.headers({ 'x-request-id': request.id, date: new Date(clock.now()).toUTCString() });
  });
  app.addHook('preParsing', async (request, _reply, payload) => decompressed(request, payload));
  answerErrors(app, (error, request) =>
    log.error({ err: error, requestId: request.id, route: `${request.method} ${request.routeOptions.url}` }, 'a request failed'),
  );
  await app.register(helmet, { hsts: production, contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  await app.register(rateLimit, {
    global: false,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { statusCode, ttl }) =>
      Object.assign(new Error(`Too many calls; wait ${Math.ceil(ttl / 1_000)} seconds.`), {
        statusCode,
        code: 'TOO_MANY_REQUESTS',
      }),
  });
}

function givenRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,100}$/.test(header) ? header : undefined;
}

function requireAccess({ url, method, config }: RouteOptions): void {
  const declared = config?.access !== undefined || url === DOCS_PREFIX || url.startsWith(`${DOCS_PREFIX}/`);
  assert(declared, `${method} ${url} does not say who may call it`);
}

type Payload = NodeJS.ReadableStream & { receivedEncodedLength?: number };

class BadEncoding extends Error {
  readonly statusCode = 415;
  readonly code = 'UNKNOWN_CONTENT_ENCODING';
}

/** The body limit counts what comes out, so a small body that unpacks to a huge one is stopped on the way. */
function decompressed(request: FastifyRequest, payload: Payload): Payload {
  const encoding = request.headers['content-encoding']?.toLowerCase();
  if (request.routeOptions.config.readsBody || encoding === undefined || encoding === 'identity') return payload;
  if (encoding !== 'gzip' && encoding !== 'br') throw new BadEncoding('Send the body plain, or with gzip or br.');
  const unpacked: ReturnType<typeof createGunzip> & Payload = encoding === 'gzip' ? createGunzip() : createBrotliDecompress();
  unpacked.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => {
    unpacked.receivedEncodedLength = (unpacked.receivedEncodedLength ?? 0) + chunk.length;
  });
  payload.on('error', (fault) => unpacked.destroy(fault));
  return payload.pipe(unpacked);
}
