// One port, two protocols: whatever the first bytes are and however they come.
import { request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { idMaker } from '#schema/values/id';
import { handClock } from '#schema/values/test-clock';
import { randomBytes, systemClock } from './clock.ts';
import { createHttp, prepareHttp } from './http.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** On a clock that stands still: what a stopping server grants a call is over in a time that a slow machine may take. */
async function startServer() {
  const makeId = idMaker(systemClock, randomBytes);
  const options = { clock: handClock(), makeId, log: silent, production: false, trustProxy: false };
  const app = createHttp(options);
  await prepareHttp(app, options);
  const open = { config: { access: 'public' as const } };
  for (const method of ['GET', 'POST', 'PUT', 'PATCH'] as const)
    app.route({
      method,
      url: '/echo',
      ...open,
      handler: ({ raw, body }) => ({ version: raw.httpVersion, method: raw.method, body: body ?? null }),
    });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let entered = () => {};
  const inside = new Promise<void>((resolve) => {
    entered = resolve;
  });
  app.get('/slow', open, async () => {
    entered();
    await held;
    return { done: true };
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return { app, url, port: Number(new URL(url).port), release, inside };
}

/** One request over HTTP/2 without TLS, as gRPC opens its connections. */
function ask(url: string, path: string, method = 'GET', body?: string) {
  const session = connectHttp2(url);
  onTestFinished(() => session.destroy());
  const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
    const stream = session.request({ ':path': path, ':method': method, ...(body && { 'content-type': 'application/json' }) });
    let status = 0;
    let text = '';
    stream.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    stream.on('data', (chunk) => {
      text += chunk;
    });
    stream.on('end', () => resolve({ status, body: text }));
    stream.on('error', reject);
    session.on('error', reject);
    stream.end(body);
  });
  return { session, answer };
}

/** Sends these pieces one by one, each after the last has left, and gathers what comes until the other end closes. */
function raw(port: number, pieces: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const send = (at: number): void => {
      const piece = pieces[at];
      if (piece !== undefined) socket.write(piece, () => setImmediate(send, at + 1));
    };
    socket.on('connect', () => send(0));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('one port', () => {
  it('[IOT-06] answers HTTP/1.1 and HTTP/2 by the same routes, with their headers and their refusals', async () => {
    const { url } = await startServer();
    const body = JSON.stringify({ a: 1 });
    const first = await fetch(`${url}/echo`, { method: 'PUT', body, headers: { 'content-type': 'application/json' } });
    expect(await first.json()).toEqual({ version: '1.1', method: 'PUT', body: { a: 1 } });
    const second = await ask(url, '/echo', 'PUT', body).answer;
    expect(JSON.parse(second.body)).toEqual({ version: '2.0', method: 'PUT', body: { a: 1 } });
    expect(await ask(url, '/nothing').answer).toMatchObject({ status: 404 });
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH'])('[IOT-06] takes a %s whose first bytes come one by one', async (method) => {
    const { port } = await startServer();
    const text = `${method} /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    const answer = await raw(port, [...text.slice(0, 6), text.slice(6)]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(answer).toContain(`"method":"${method}"`);
  });

  it('[IOT-06] takes the beginning of HTTP/2 in pieces, and refuses what is neither', async () => {
    const { port } = await startServer();
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
    const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    const goAway = Buffer.from([0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const answer = await raw(port, ['P', 'R', preface.slice(2), settings, goAway]);
    expect(answer.charCodeAt(3), 'a SETTINGS frame').toBe(4);
    expect(await raw(port, ['P', 'RX / HTTP/1.1\r\n\r\n'])).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw(port, [Buffer.from([0, 1, 2, 3]), '\r\n\r\n'])).toMatch(/^HTTP\/1\.1 400/);
  });

  it('[IOT-06] closes with a connection of each that says nothing, and lets a call that is being answered end', async () => {
    const { app, url, port, release, inside } = await startServer();
    const quiet = raw(port, []);
    const half = raw(port, ['P']);
    const idle = ask(url, '/echo');
    await idle.answer;
    const slow = ask(url, '/slow');
    await inside;
    const kept = request(`${url}/echo`, { agent: false });
    kept.on('error', () => undefined);
    kept.flushHeaders();
    const closed = app.close();
    release();
    expect(await slow.answer).toEqual({ status: 200, body: '{"done":true}' });
    await closed;
    expect(await Promise.all([quiet, half])).toEqual(['', '']);
  });
});
