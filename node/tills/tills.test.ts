// Tills and their node over real HTTP: every route asks who is calling; what changes arrives as events, also what was missed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '#schema/wire/contract';
import { nodeContracts } from '#schema/wire/node';
import { WIRE_VERSION } from '#schema/wire/version';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

describe('tills', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ demo: true });
  });
  afterAll(() => node.remove());

  /** Once it has answered: what changes from then on is told on it. */
  async function openEvents(lastEventId?: string) {
    const stop = new AbortController();
    const headers = new Headers(lastEventId === undefined ? {} : { 'last-event-id': lastEventId });
    const answer = await fetch(`${node.url}/api/v1/events?token=${node.token}`, { headers, signal: stop.signal });
    return eventsOf(answer, stop);
  }

  async function* eventsOf(
    answer: Response,
    stop: AbortController,
  ): AsyncGenerator<{ id: string; event: string; value: unknown }> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
          const [id, event] = [field('id'), field('event')];
          if (id && event) yield { id, event, value: JSON.parse(field('data') ?? 'null') };
        }
      }
    } finally {
      stop.abort();
    }
  }

  it('[IAM-04] every route of the node is closed without a token, or says that it is public', async () => {
    for (const { route, noun, verb } of routesOf(nodeContracts)) {
      const path = route.path.replace(/\{\w+\}/g, node.makeId());
      const answer = await fetch(`${node.url}${path}`, { method: route.method });
      const expected = route.access === 'public' ? [201, 404, 415, 422] : [401];
      expect(expected, `${noun}.${verb}`).toContain(answer.status);
    }
  });

  it('[IAM-04] a till may not ask what only the machine may', async () => {
    const answer = await fetch(`${node.url}/api/v1/node/status`, { headers: { authorization: `Bearer ${node.token}` } });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'not-allowed']);
  });

  it('[PRD-09] a price that comes down is told to open tills, and what was missed comes again', async () => {
    const next = async (events: Awaited<ReturnType<typeof openEvents>>) => {
      for await (const event of events) if (event.event === 'catalogue') return event;
      return undefined;
    };
    const events = await openEvents();
    node.setPrice('KOPI-SUSU', 1_900_000);
    const heard = await next(events);
    expect(heard?.value).toEqual({ productIds: [node.productId('KOPI-SUSU')] });
    const { items } = await node.till.products({ query: { ids: node.productId('KOPI-SUSU') } });
    expect(items[0]?.price).toMatchObject({ amount: 1_900_000, version: 2 });
    node.setPrice('TEH-MANIS', 700_000);
    expect((await next(await openEvents(heard?.id)))?.value).toEqual({ productIds: [node.productId('TEH-MANIS')] });
    for await (const event of await openEvents('1')) {
      expect(event).toMatchObject({ event: 'catalogue', value: { productIds: 'all' } });
      break;
    }
  });

  it('[PRD-07] says of each item whether it is poured, and whether its last one is sold only once', async () => {
    const { items } = await node.till.products({});
    const told = Object.fromEntries(items.map(({ sku, dispensable, stockPolicy }) => [sku, { dispensable, stockPolicy }]));
    expect(told['AIR-600']).toEqual({ dispensable: true, stockPolicy: 'forbid' });
    expect(told['KOPI-SUSU']).toEqual({ dispensable: false, stockPolicy: 'warn' });
  });

  it('[ORD-13] lists sales newest first, page by page, and refuses a cursor of another list', async () => {
    for (let count = 0; count < 5; count++) await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
    const first = await node.sale.list({ query: { limit: '2' } });
    const second = await node.sale.list({ query: { limit: '2', after: first.next ?? '' } });
    const receipts = [...first.items, ...second.items].map(({ receipt }) => receipt);
    expect(receipts).toEqual(receipts.toSorted().toReversed());
    await expect(node.sale.list({ query: { after: 'nonsense' } })).rejects.toMatchObject({
      problem: { status: 422, field: 'after' },
    });
  });

  it('[OPS-07] describes itself, and says whether it lives and can serve', async () => {
    const read = async (path: string) => (await fetch(`${node.url}${path}`)).json() as Promise<Record<string, unknown>>;
    expect(await read('/openapi.json')).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/v1/sales': { post: { operationId: 'sale.close' } } },
    });
    expect(await read('/healthz')).toMatchObject({ status: 'ok', wireVersion: WIRE_VERSION });
    expect(await read('/readyz')).toEqual({ ready: true, reasons: [] });
    expect(await (await fetch(`${node.url}/metrics`)).text()).toMatch(/lapak_node_journal_seq \d+/);
  });
});
