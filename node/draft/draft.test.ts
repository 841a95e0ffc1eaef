// Held sales over real HTTP: kept, taken by one till, never resurrected, and gone with their sale.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, type ProblemError } from '#schema/client';
import { textHash } from '#schema/facts/chain';
import { draftContract } from '#schema/wire/draft';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error as ProblemError).problem,
  );

describe('held sales', () => {
  let node: TestNode;
  let first: ReturnType<typeof draftsOf>;
  let second: ReturnType<typeof draftsOf>;
  const pages = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'] as const;
  const draftsOf = (token: string) =>
    client(draftContract, { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) });
  beforeAll(async () => {
    node = await startTestNode();
    first = draftsOf(node.token);
    second = draftsOf(anotherTill());
  });
  afterAll(() => node.remove());

  /** As pairing by a code on another machine would leave it. */
  function anotherTill(): string {
    const { sqlite } = node.store;
    const id = node.makeId();
    sqlite.prepare("INSERT INTO tills (id, code, name, paired_at) VALUES (?, 'T2', 'Till 2', 0)").run(id);
    sqlite.prepare('INSERT INTO till_tokens (token_hash, till_id, created_at) VALUES (?, ?, 0)').run(textHash('second'), id);
    return 'second';
  }

  const till = (which: 1 | 2) => (which === 1 ? first : second);
  const take = (id: string, revision: number, page: 1 | 2 = 1, which: 1 | 2 = 1) =>
    till(which).take({ params: { id }, body: { revision, pageId: pages[page - 1] ?? '' } });
  const content = JSON.stringify({ lines: [{ lineId: 'a', quantity: 2 }] });
  const keep = (id: string, revision: number, state: 'open' | 'held' | 'binned', which: 1 | 2 = 1) =>
    till(which).keep({
      params: { id },
      body: { revision, pageId: pages[which - 1] ?? '', state, name: 'Table 4', items: 2, total: 3_600_000, content },
    });

  const listedAt = async (which: 1 | 2, id: string) => (await till(which).list({})).items.find((draft) => draft.id === id);

  it('[ORD-13] shows a held sale at every till, by name', async () => {
    const id = node.makeId();
    await keep(id, 1, 'held');
    expect(await listedAt(2, id)).toMatchObject({ name: 'Table 4', state: 'held', revision: 1, items: 2 });
  });

  it('[SYN-10] lets a till that died be continued at another, and tells it if it lives on', async () => {
    const id = node.makeId();
    await keep(id, 1, 'open');
    expect(await listedAt(2, id)).toMatchObject({ state: 'open', tillName: 'Till 1' });
    expect(await take(id, 1, 2, 2)).toMatchObject({ state: 'open', tillName: 'Till 2', revision: 2, content });
    expect(await problemOf(keep(id, 2, 'open'))).toMatchObject({ code: 'stale-draft', facts: { draft: { tillName: 'Till 2' } } });
  });

  it('forgets an open sale that nothing is left of', async () => {
    const id = node.makeId();
    await keep(id, 1, 'open');
    await first.keep({
      params: { id },
      body: { revision: 2, pageId: pages[0], state: 'open', items: 0, total: 0, content: '{}' },
    });
    expect(await listedAt(1, id)).toBeUndefined();
  });

  it('[ORD-13] gives a held sale to one of the pages and tills that ask at once', async () => {
    const id = node.makeId();
    await keep(id, 1, 'held');
    const asked = [take(id, 1), take(id, 1, 2), take(id, 1, 2, 2)];
    const problems = await Promise.all(asked.map(problemOf));
    expect(problems.filter((problem) => problem === undefined)).toHaveLength(1);
    expect(problems.find((problem) => problem)).toMatchObject({ status: 409, code: 'stale-draft' });
  });

  it('[SYN-10] refuses an older revision with the newer one; the same again is the same', async () => {
    const id = node.makeId();
    await keep(id, 2, 'open');
    expect(await keep(id, 2, 'open')).toMatchObject({ revision: 2 });
    expect(await problemOf(keep(id, 1, 'held'))).toMatchObject({
      code: 'stale-draft',
      facts: { draft: { revision: 2, content } },
    });
    expect(await problemOf(keep(id, 9, 'open', 2))).toMatchObject({ code: 'stale-draft' });
  });

  it('[ORD-13] lets a binned sale be restored, and a paid one never', async () => {
    const sale = saleOf(node, { 'KOPI-SUSU': 1 });
    await keep(sale.id, 1, 'binned');
    expect(await take(sale.id, 1)).toMatchObject({ state: 'open', revision: 2 });
    await node.sale.close({ body: sale });
    expect((await till(1).list({})).items.map(({ id }) => id)).not.toContain(sale.id);
    expect(await problemOf(keep(sale.id, 3, 'held'))).toMatchObject({ status: 409, code: 'already-sold' });
    expect(await problemOf(take(sale.id, 2))).toMatchObject({ status: 404 });
  });

  it('[SYN-10] keeps open sales over a restart of the node', async () => {
    const id = node.makeId();
    await keep(id, 1, 'held');
    await node.stop();
    const again = await startTestNode({ dataFolder: node.dataFolder });
    node = again;
    first = draftsOf(node.token);
    expect(await take(id, 1)).toMatchObject({ content });
  });
});
