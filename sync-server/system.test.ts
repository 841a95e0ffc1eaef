// The server itself: its description, its health, its manners.
import { beforeAll, describe, expect, it } from 'vitest';
import { centreContracts } from '#schema/wire/centre';
import { routesOf } from '#schema/wire/contract';
import { startTestCentre, type TestCentre } from './test-centre.ts';
import { post } from './test-node.ts';

describe('the server', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
  });
  const get = (path: string, headers: Record<string, string> = {}) => fetch(centre.url + path, { headers });

  it('[OPS-07] describes every contract in OpenAPI 3.1, and shows it in a browser', async () => {
    const document = (await (await get('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toBe('3.1.0');
    for (const { route } of routesOf(centreContracts))
      expect(document.paths[route.path]).toHaveProperty(route.method.toLowerCase());
    const page = await get('/docs/');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await (await get('/docs/json')).json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('[OPS-04] tells its health, whether it can serve, and its metrics', async () => {
    expect((await get('/healthz')).status).toBe(200);
    await expect.poll(async () => (await get('/readyz')).status).toBe(200);
    const metrics = await (await get('/metrics')).text();
    for (const name of [
      'lapak_facts_received_total',
      'lapak_exceptions',
      'lapak_http_request_seconds_bucket',
      'lapak_outbox_events',
    ])
      expect(metrics).toContain(name);
  });

  it('answers every request with its id, and keeps the one that the caller gave', async () => {
    expect((await get('/healthz')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await get('/healthz', { 'x-request-id': 'till-7:42' })).headers.get('x-request-id')).toBe('till-7:42');
    expect((await get('/healthz', { 'x-request-id': 'has spaces' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const lost = await get('/nowhere', { 'x-request-id': 'lost' });
    expect(await lost.json()).toMatchObject({ status: 404, code: 'no-such-route', requestId: 'lost' });
    expect(lost.headers.get('content-type')).toContain('application/problem+json');
    expect(lost.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('tells malformed from wrong from too large', async () => {
    const login = `${centre.url}/api/v1/auth/login`;
    const broken = await fetch(login, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect(broken.status).toBe(400);
    expect((await post(login, { login: 'admin' })).status).toBe(422);
    expect((await post(login, { login: 'a', password: 'x'.repeat(2 * 1024 * 1024) })).status).toBe(413);
  });
});
