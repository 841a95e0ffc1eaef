// What travels between a store box and its tills: answers in gzip where it helps, events at once.
import { existsSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestNode, type TestNode } from '../test-node.ts';
import { packageRoot } from './package-root.ts';

const products = Array.from({ length: 200 }, (_, index) => ({ sku: `N-${index}`, name: `Nomor ${index}`, amount: 100_000 }));

describe('answers of a store box', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ products });
  });
  afterAll(() => node.remove());

  /** As on the wire: nothing is unpacked. */
  const ask = (path: string, accepts = 'gzip, deflate, br') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${node.token}`, 'accept-encoding': accepts };
      get(`${node.url}${path}`, { headers }, resolve).on('error', reject);
    });
  const bodyOf = async (answer: IncomingMessage): Promise<Buffer> => Buffer.concat(await answer.toArray());

  it('[PRD-09] sends a catalogue in gzip to whoever takes it, and plain to whoever does not', async () => {
    const packed = await ask('/api/v1/catalogue/products?limit=500');
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: expect.stringMatching(/accept-encoding/i) });
    const bytes = await bodyOf(packed);
    const plain = await ask('/api/v1/catalogue/products?limit=500', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    const text = await bodyOf(plain);
    expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(JSON.parse(text.toString()));
    expect(bytes.length).toBeLessThan(text.length / 4);
  });

  it.each(['/healthz', '/api/v1/status', '/api/v1/nothing-here'])(
    '[IAM-09] %s says that nobody may frame it, guess its type or read it from another site',
    async (path) => {
      const { headers } = await ask(path);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/default-src 'self';.*frame-ancestors 'none'/),
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-request-id': expect.any(String),
      });
    },
  );

  it('leaves a short answer as it is', async () => {
    const answer = await ask('/healthz');
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse((await bodyOf(answer)).toString())).toMatchObject({ status: 'ok' });
  });

  it.skipIf(!existsSync(join(packageRoot(), 'dist/node/till/index.html')))(
    'sends the page’s script in gzip, and says that it may be kept',
    async () => {
      const page = (await bodyOf(await ask('/', 'identity'))).toString();
      const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? '';
      const answer = await ask(script);
      expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': expect.stringContaining('immutable') });
      expect(gunzipSync(await bodyOf(answer)).toString()).toContain('function');
    },
  );

  it('[PRD-09] sends events plain and at once, whatever the page takes', async () => {
    const stream = await ask('/api/v1/events');
    expect(stream.headers).toMatchObject({ 'content-type': expect.stringContaining('text/event-stream') });
    expect(stream.headers['content-encoding']).toBeUndefined();
    const heard: string[] = [];
    stream.setEncoding('utf8').on('data', (text: string) => heard.push(text));
    node.setPrice('N-7', 250_000);
    await expect.poll(() => heard.join('')).toContain(`event: catalogue\ndata: {"productIds":["${node.productId('N-7')}"]}`);
    stream.destroy();
  });
});
