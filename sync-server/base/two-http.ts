// One port for HTTP/1.1 and for HTTP/2 without TLS, which gRPC needs: the first bytes of a connection tell which it speaks. Both end at the
// same handler.
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createHttp2,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { Socket } from 'node:net';

/** No method of HTTP/1.1 begins so. */
const PREFACE = Buffer.from('PRI');
/** As Node waits for the head of a request. */
const FIRST_BYTES_MS = 60_000;
const KEEP_ALIVE_MS = 72_000;
const STREAMS_AT_ONCE = 100;

export interface TwoHttp {
  server: Server;
  /** Those of HTTP/2, which the server does not know how to end. */
  sessions: ReadonlySet<ServerHttp2Session>;
}

export function twoHttp(handler: RequestListener, onHttp2: (socket: Socket) => void): TwoHttp {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer(handler);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = 0;
  const http2 = createHttp2({ settings: { maxConcurrentStreams: STREAMS_AT_ONCE } });
  // What a handler of requests uses of both is the same.
  http2.on('request', handler as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void);
  http2.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  const [serveHttp1] = server.listeners('connection') as [(socket: Socket) => void];
  server.removeListener('connection', serveHttp1);
  server.on('connection', (socket: Socket) => {
    const onError = () => socket.destroy();
    socket.on('error', onError);
    socket.setTimeout(FIRST_BYTES_MS, onError);
    readFirst(socket, (speaksHttp2) => {
      socket.removeListener('error', onError);
      socket.removeListener('timeout', onError);
      socket.setTimeout(0);
      if (!speaksHttp2) return serveHttp1.call(server, socket);
      onHttp2(socket);
      http2.emit('connection', socket);
    });
  });
  return { server, sessions };
}

/** Looks at the first bytes and puts them back; they may come one by one. */
function readFirst(socket: Socket, then: (speaksHttp2: boolean) => void, before = Buffer.alloc(0)): void {
  const bytes: Buffer | null = socket.read();
  const seen = bytes === null ? before : Buffer.concat([before, bytes]);
  const head = seen.subarray(0, PREFACE.length);
  const mayBe = head.equals(PREFACE.subarray(0, head.length));
  if (mayBe && head.length < PREFACE.length) {
    if (!socket.destroyed && !socket.readableEnded) socket.once('readable', () => readFirst(socket, then, seen));
    return;
  }
  socket.unshift(seen);
  then(mayBe);
}
