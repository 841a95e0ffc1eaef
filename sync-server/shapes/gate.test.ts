// The gate over real HTTP, with a source that writes down what it was asked.
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok, refuse } from '#schema/values/result';
import { mountShapeGate } from './gate.ts';
import type { ShapeAnswer } from './source.ts';

const ownStore = '01900000-0000-7000-8000-00000000000a';
const otherStore = '01900000-0000-7000-8000-00000000000b';
const fromSource: ShapeAnswer = {
  status: 200,
  headers: { 'cache-control': 'public, max-age=60', 'content-type': 'application/json', 'electric-handle': 'h', etag: '"h:0:1"' },
  body: '[]',
};

let app: FastifyInstance;
let asked: Record<string, string>[];
let next: ShapeAnswer;

beforeEach(async () => {
  asked = [];
  next = fromSource;
  app = Fastify();
  mountShapeGate(app, {
    source: {
      answer: async ({ words }) => {
        asked.push(Object.fromEntries(words));
        return next;
      },
      close: async () => {},
    },
    identifyNode: async ({ headers }) =>
      headers.authorization === 'Bearer good'
        ? ok({ nodeId: 'node-1', storeId: ownStore })
        : refuse('not-signed-in', 'This needs the token of an enrolled store node.'),
    shapes: {
      products: { table: 'products', scope: 'shared', columns: ['id', 'name'] },
      directives: { table: 'directives', scope: 'store', filter: 'store_id = $1', columns: ['id', 'body'] },
      open: { table: 'secrets', scope: 'store', columns: ['id'] },
    },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(() => app.close());

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Sends the path as it is written; `fetch` would tidy it first. */
function get(path: string, token: string | undefined = 'good', method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { port } = app.server.address() as AddressInfo;
    const headers = token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` };
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (piece) => {
        body += piece;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

const ownShape = `/sync/stores/${ownStore}/shapes/directives`;

describe('the gate', () => {
  it('[IAM-04] answers 401 without a token and with a bad one, and asks no source', async () => {
    for (const path of [ownShape, '/sync/shapes/products', '/sync/shapes/nothing'])
      for (const token of ['', 'bad']) {
        const { status, headers, body } = await get(path, token);
        expect([status, headers['content-type'], JSON.parse(body).code]).toEqual([
          401,
          expect.stringContaining('application/problem+json'),
          'not-signed-in',
        ]);
      }
    expect(asked).toEqual([]);
  });

  it.each([
    ['another store', `/sync/stores/${otherStore}/shapes/directives`, 403],
    ['its own store in capitals', `/sync/stores/${ownStore.toUpperCase()}/shapes/directives`, 403],
    ['a store shape as a shared one', '/sync/shapes/directives', 403],
    ['a shared shape under a store', `/sync/stores/${ownStore}/shapes/products`, 403],
    ['a store shape that we forgot to filter', `/sync/stores/${ownStore}/shapes/open`, 403],
    ['an unknown name', `/sync/stores/${ownStore}/shapes/nothing`, 404],
    ['a name of every object', '/sync/shapes/constructor', 404],
    ['another prototype name', '/sync/shapes/__proto__', 404],
    ['an encoded slash', `/sync/stores/${ownStore}%2Fshapes%2Fdirectives`, 404],
    ['an encoded slash in the name', `/sync/shapes/..%2Fstores%2F${otherStore}%2Fshapes%2Fdirectives`, 404],
    ['dot segments', `/sync/stores/${ownStore}/../${otherStore}/shapes/directives`, 404],
    ['dot segments within', `/sync/shapes/./products`, 404],
    ['encoded dots', `/sync/shapes/%2e%2e/products`, 404],
    ['an encoded letter', '/sync/shapes/%70roducts', 404],
    ['double slashes', '/sync//shapes/products', 404],
    ['a slash at the end', '/sync/shapes/products/', 404],
    ['another case', '/sync/shapes/Products', 404],
    ['another case of the route', '/Sync/shapes/products', 404],
    ['a semicolon', '/sync/shapes/products;x=1', 404],
    ['a backslash', `/sync/stores/${ownStore}\\..\\${otherStore}/shapes/directives`, 404],
    ['a zero byte', '/sync/shapes/products%00', 404],
  ])('[IAM-04] refuses %s', async (_, path, expected) => {
    const { status } = await get(path);
    expect(status).toBe(expected);
    expect(asked).toEqual([]);
  });

  it('[IAM-04] answers no HEAD and no POST', async () => {
    expect((await get(ownShape, 'good', 'HEAD')).status).toBe(404);
    expect((await get(ownShape, 'good', 'POST')).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('[IAM-04] fixes table, filter and columns itself, and hears only where the caller stands', async () => {
    const said = 'offset=5_0&handle=h&live=true&live_sse=true&cursor=7&log=full&expired_handle=e&cache-buster=c';
    const evil = `table=users&where=true&columns=pin&params[1]=${otherStore}&params={"1":"x"}&replica=full&secret=s&api_secret=s&subset__where=true`;
    await get(`${ownShape}?${evil}&${said}&offset=9_9`);
    expect(asked).toEqual([
      {
        table: 'directives',
        columns: 'id,body',
        where: 'store_id = $1',
        'params[1]': ownStore,
        ...Object.fromEntries(new URLSearchParams(said)),
      },
    ]);
  });

  it('[SYN-05] sends store shapes so that nobody keeps them, and shared ones as the source says', async () => {
    const own = await get(ownShape);
    expect([own.status, own.headers['cache-control'], own.headers['electric-handle']]).toEqual([200, 'private, no-store', 'h']);
    const shared = await get('/sync/shapes/products');
    expect([shared.headers['cache-control'], shared.headers.etag]).toEqual(['public, max-age=60', '"h:0:1"']);
    next = { ...fromSource, status: 409, headers: { 'cache-control': 'public, max-age=1' } };
    expect((await get(ownShape)).headers['cache-control']).toBe('private, no-store');
  });

  it('[SYN-05] says as a problem when the source is down, and when to come back', async () => {
    next = { status: 503, headers: { 'retry-after': '5', 'cache-control': 'public, max-age=60' } };
    const { status, headers, body } = await get('/sync/shapes/products');
    expect([status, headers['retry-after'], headers['cache-control'], JSON.parse(body).code]).toEqual([
      503,
      '5',
      'no-store',
      'shapes-unavailable',
    ]);
  });
});
