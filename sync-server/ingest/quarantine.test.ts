// Machines that were replaced, seen from the centre: who may take over, what is kept apart, and what a person makes of it.
import { beforeAll, describe, expect, it } from 'vitest';
import { isSignedBy, replacementText } from '#schema/facts/chain';
import { randomBytes, systemClock } from '../base/clock.ts';
import { startTestCentre, type TestCentre } from '../test-centre.ts';
import { testFacts } from '../test-facts.ts';
import { type FakeNode, fakeNode, post } from '../test-node.ts';

describe('a machine that was replaced', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
  });

  const problemOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
  const replace = (storeId: string) => centre.as.recovery.replaceNode({ params: { id: storeId } });
  const refusalOf = (call: Promise<unknown>) => call.then(() => undefined).catch((error) => error.problem);
  const standing = async (node: FakeNode, seq: number) =>
    (await post(`${centre.url}/sync/standing`, { head: { generation: 1, seq } }, await node.token())).json();
  const send = async (node: FakeNode, run: object) => post(`${centre.url}/sync/quarantine`, run, await node.token());
  const generations = async (id: string) => (await centre.as.recovery.generations({ params: { id } })).items;

  async function enrolWith(code: string, recover: boolean): Promise<Response> {
    const { enrolText, signText } = await import('#schema/facts/chain');
    const node = fakeNode({ url: centre.url, clock: systemClock, random: randomBytes });
    const { publicKey } = node.keys;
    const claim = { code, nodeId: node.nodeId, name: 'box 2', publicKey, boxKey: publicKey };
    return post(`${centre.url}/sync/enrol`, { ...claim, recover, proof: signText(enrolText(claim), node.keys) });
  }

  /** A node with two acknowledged sales and three that it kept to itself. */
  async function withUnsent() {
    const node = await centre.enrolNode();
    const facts = testFacts(node.makeId);
    const sale = () => facts.sale([{ product: facts.product(), quantity: 1 }]);
    node.append(sale(), sale());
    await node.push();
    node.append(sale(), sale(), sale());
    return node;
  }

  it('[SYN-07] only a machine that says it takes over may follow another, and it opens the next generation', async () => {
    const node = await withUnsent();
    const { code, lost, acknowledged } = await replace(node.storeId);
    expect({ lost, acknowledged }).toMatchObject({ lost: { nodeId: node.nodeId }, acknowledged: { generation: 1, seq: 2 } });
    expect(await problemOf(await enrolWith(code, false))).toEqual([409, 'store-has-history']);
    const enrolment = await (await enrolWith(code, true)).json();
    expect(enrolment).toMatchObject({ generation: 2, prev: { generation: 1, seq: 2, hash: node.facts[1]?.hash } });
    const [first, second] = await generations(node.storeId);
    expect(first).toMatchObject({ why: 'enrolled', facts: 2, gap: null });
    expect(second).toMatchObject({ why: 'recovered', facts: 0, gap: { generation: 1, from: 3, to: null, certain: false } });
    expect(await refusalOf(replace(await centre.addStore()))).toMatchObject({ status: 409, code: 'no-node' });
    expect(await refusalOf(replace(centre.makeId()))).toMatchObject({ status: 404, code: 'unknown-store' });
  });

  it('[SYN-07] what a lost machine had said of itself names the gap before it comes back', async () => {
    const node = await withUnsent();
    const oldestWaitingAt = '2026-11-20T04:00:00.000Z';
    const status = { waiting: 3, oldestWaitingAt, version: '0.1.0', devices: { total: 0, online: 0, pouring: [] } };
    const told = await post(`${centre.url}/sync/status`, { ...status, head: { generation: 1, seq: 5 } }, await node.token());
    expect(told.status).toBe(200);
    const { code } = await replace(node.storeId);
    await enrolWith(code, true);
    const [, second] = await generations(node.storeId);
    expect(second?.gap).toMatchObject({ from: 3, to: 5, since: oldestWaitingAt, certain: false, heardAt: expect.any(String) });
  });

  it('[SYN-07] is told so by a signature, and by nothing else; a live one is told that it lives', async () => {
    const node = await withUnsent();
    expect(await standing(node, 5)).toEqual({ standing: 'live', replacedAt: null, signature: null });
    expect(await problemOf(await send(node, node.run(3)))).toEqual([409, 'still-live']);
    await replace(node.storeId);
    const {
      standing: said,
      replacedAt,
      signature,
    } = (await standing(node, 5)) as {
      standing: string;
      replacedAt: number;
      signature: string;
    };
    expect(said).toBe('replaced');
    const { publicKey } = await centre.as.journal.witnesses({ params: { storeId: node.storeId } });
    const text = replacementText({ storeId: node.storeId, nodeId: node.nodeId, replacedAt });
    expect(isSignedBy(text, signature, publicKey)).toBe(true);
    expect((await node.send(node.run(3))).status).toBe(401);
  });

  it('[SYN-07] has its facts kept apart once, in order and signed; nothing of them is applied', async () => {
    const node = await withUnsent();
    await replace(node.storeId);
    expect(await problemOf(await send(node, node.run(5)))).toEqual([409, 'gap']);
    expect(await problemOf(await send(node, { ...node.run(3), signature: node.run(4).signature }))).toEqual([
      403,
      'bad-signature',
    ]);
    for (const run of [node.run(2, 4), node.run(2, 4), node.run(3)]) expect((await send(node, run)).status).toBe(200);
    const { items } = await centre.as.recovery.quarantined({ query: { storeId: node.storeId } });
    expect(items.map(({ fact, state }) => [fact.seq, fact.text, state])).toEqual(
      node.facts.slice(2).map(({ seq, text }) => [seq, text, 'held']),
    );
    await centre.settle();
    const { items: orders } = await centre.as.order.list({ query: { storeId: node.storeId } });
    expect(orders).toHaveLength(2);
    const pageOne = await centre.as.recovery.quarantined({ query: { storeId: node.storeId, limit: '2' } });
    const after = pageOne.next as string;
    const pageTwo = await centre.as.recovery.quarantined({ query: { storeId: node.storeId, limit: '2', after } });
    expect([...pageOne.items, ...pageTwo.items].map(({ fact }) => fact.seq)).toEqual([3, 4, 5]);
  });

  it('[SYN-07] what a person takes in is applied as the late end of its generation, and signed; the rest is set aside with a note', async () => {
    const node = await withUnsent();
    await replace(node.storeId);
    await standing(node, 5);
    await send(node, node.run(3));
    const { storeId, nodeId } = node;
    const decide = (body: object) =>
      centre.as.recovery.decide({ body: { storeId, nodeId, how: 'accept', note: 'Found the box', ...body } });
    expect(await refusalOf(decide({ nodeId: centre.makeId() }))).toMatchObject({ status: 409, code: 'nothing-held' });
    expect(await refusalOf(decide({ storeId: centre.makeId() }))).toMatchObject({ status: 404, code: 'unknown-store' });
    expect(await decide({ upTo: { generation: 1, seq: 4 } })).toEqual({ decided: 2, exceptions: 0, held: 1 });
    await centre.settle();
    const { items: orders } = await centre.as.order.list({ query: { storeId } });
    expect(orders).toHaveLength(4);
    const { items: witnesses } = await centre.as.journal.witnesses({ params: { storeId } });
    expect(witnesses).toMatchObject([{ generation: 1, seq: 4, hash: node.facts[3]?.hash }]);
    expect(await decide({ how: 'discard', note: 'Sold again on paper' })).toEqual({ decided: 1, exceptions: 0, held: 0 });
    const { items } = await centre.as.recovery.quarantined({ query: { storeId, state: 'discarded' } });
    expect(items).toMatchObject([{ fact: { seq: 5 }, note: 'Sold again on paper', decidedBy: centre.admin.login }]);
  });

  it('[SYN-07] facts that do not follow what is held are not taken in', async () => {
    const node = await withUnsent();
    await replace(node.storeId);
    await send(node, node.run(3));
    const { storeId, nodeId } = node;
    const body = { storeId, nodeId, how: 'discard' as const, note: 'The first of them is wrong' };
    await centre.as.recovery.decide({ body: { ...body, upTo: { generation: 1, seq: 3 } } });
    expect(await refusalOf(centre.as.recovery.decide({ body: { ...body, how: 'accept' } }))).toMatchObject({
      status: 409,
      code: 'does-not-continue',
      next: expect.stringContaining('Discard'),
    });
  });

  it('[SYN-07] one that was set back with nobody to ask opens its generation with its first run, if it goes on from a held fact', async () => {
    const node = await withUnsent();
    const { runText, signText, factText, chainHash } = await import('#schema/facts/chain');
    const runAfter = (prev: string, generation: number) => {
      const facts = testFacts(node.makeId);
      const sale = facts.sale([{ product: facts.product(), quantity: 1 }]);
      const text = factText({ generation, seq: 1, id: node.makeId(), version: 1, occurredAt: 1, staff: null, ...sale });
      const head = { storeId: node.storeId, nodeId: node.nodeId, generation, from: 1, seq: 1, hash: chainHash(prev, text) };
      return { nodeId: node.nodeId, generation, from: 1, prev, facts: [text], signature: signText(runText(head), node.keys) };
    };
    expect(await problemOf(await node.send(runAfter('f'.repeat(64), 3)))).toEqual([409, 'wrong-generation']);
    const fork = runAfter(node.facts[0]?.hash ?? '', 3);
    expect((await node.send(fork)).status).toBe(200);
    expect((await node.send(fork)).status).toBe(200);
    const [, third] = await generations(node.storeId);
    expect(third).toMatchObject({ generation: 3, why: 'restored', prev: { generation: 1, seq: 1 }, facts: 1, gap: { from: 3 } });
    expect(await problemOf(await node.send(node.run(3)))).toEqual([409, 'wrong-generation']);
  });
});
