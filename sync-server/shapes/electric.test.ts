// The forwarder against an upstream that plays recorded answers over real HTTP.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openElectricSource } from './electric.ts';
import type { ShapeSource } from './source.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { recordings } from './test-replay.ts';

let upstream: Server;
let source: ShapeSource;
let clock: TestClock;
let respond: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  upstream = createServer((request, response) => respond(request, response));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  clock = createTestClock();
  source = openElectricSource({ url: `http://127.0.0.1:${port}`, secret: 'our secret', fetch, clock });
});

afterEach(async () => {
  await source.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

const ask = (words: Record<string, string>, ifNoneMatch?: string, signal = new AbortController().signal) =>
  source.answer({ words: new URLSearchParams(words), ifNoneMatch, signal });

async function textOf(body: unknown): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of body as AsyncIterable<Uint8Array>) text += decoder.decode(piece, { stream: true });
  return text;
}

describe('the forwarder to Electric', () => {
  it.each(recordings)('[SYN-05] gives back what Electric said: $name', async ({ steps }) => {
    for (const step of steps) {
      if ('sql' in step) continue;
      let heard: URL | undefined;
      respond = (request, response) => {
        heard = new URL(request.url ?? '', 'http://upstream');
        response.writeHead(step.response.status, { ...step.response.headers, 'x-internal': 'not for nodes' });
        response.end(JSON.stringify(step.response.body));
      };
      const answer = await ask(step.request);
      expect(answer.status).toBe(step.response.status);
      expect(answer.headers).toEqual(step.response.headers);
      expect(JSON.parse(await textOf(answer.body))).toEqual(step.response.body);
      expect(heard?.pathname).toBe('/v1/shape');
      expect(Object.fromEntries(heard?.searchParams ?? [])).toEqual({ ...step.request, secret: 'our secret' });
    }
  });

  it('[SYN-05] passes If-None-Match up and 304 down', async () => {
    respond = (request, response) => response.writeHead(request.headers['if-none-match'] === '"h:0:1"' ? 304 : 200).end();
    const answer = await ask({ offset: '-1' }, '"h:0:1"');
    expect([answer.status, answer.body]).toEqual([304, undefined]);
  });

  it('[SYN-05] sends on each piece as it comes', async () => {
    let finish = () => {};
    respond = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"one":1}\n\n');
      finish = () => response.end('data: {"two":2}\n\n');
    };
    const { body } = await ask({ offset: '0_0', live_sse: 'true' });
    const pieces = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    expect(new TextDecoder().decode((await pieces.next()).value)).toContain('one');
    finish();
    expect(new TextDecoder().decode((await pieces.next()).value)).toContain('two');
  });

  it('[SYN-05] answers 503 with retry-after when Electric fails, hangs or is away, and 502 when it refuses our secret', async () => {
    respond = (_, response) => response.writeHead(503, { 'retry-after': '9' }).end();
    expect(await ask({})).toEqual({ status: 503, headers: { 'retry-after': '9' } });
    respond = (_, response) => response.writeHead(500).end('stack trace');
    expect(await ask({})).toEqual({ status: 503, headers: { 'retry-after': '5' } });
    respond = (_, response) => response.writeHead(401).end();
    expect(await ask({})).toEqual({ status: 502, headers: {} });
    respond = (_, response) => response.destroy();
    expect(await ask({})).toEqual({ status: 503, headers: { 'retry-after': '5' } });
    respond = () => clock.pass(45_000);
    expect(await ask({})).toEqual({ status: 503, headers: { 'retry-after': '5' } });
    upstream.close();
    upstream.closeAllConnections();
    expect(await ask({})).toEqual({ status: 503, headers: { 'retry-after': '5' } });
  });

  it('[SYN-05] lets go of Electric when the caller hangs up', async () => {
    const gone = new AbortController();
    const left = new Promise((resolve) => {
      respond = (_, response) => {
        response.on('close', resolve);
        gone.abort();
      };
    });
    await ask({ live: 'true' }, undefined, gone.signal);
    await left;
  });
});
