// A machine that was shut out: nothing of it is taken or answered any more, and the store may get another.
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { testFacts } from '../../test-facts.ts';
import type { FakeNode } from '../../test-node.ts';

describe('a revoked node', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
  });

  const revoke = (storeId: string, nodeId: string) => centre.as.store.revokeNode({ params: { id: storeId }, body: { nodeId } });

  /** What the centre answers to everything that a node may ask. */
  async function answersTo(node: FakeNode): Promise<{ path: string; status: number; detail: string }[]> {
    const headers = { authorization: `Bearer ${await node.token()}`, 'content-type': 'application/json' };
    const calls = [
      { path: '/sync/facts', method: 'POST', body: JSON.stringify(node.run()) },
      { path: '/sync/status', method: 'POST', body: '{}' },
      { path: '/sync/shapes/products?offset=-1', method: 'GET', body: null },
      { path: `/sync/stores/${node.storeId}/shapes/directives?offset=-1`, method: 'GET', body: null },
    ];
    return Promise.all(
      calls.map(async ({ path, method, body }) => {
        const answer = await fetch(centre.url + path, { method, headers, body });
        const { detail = '' } = (await answer.json()) as { detail?: string };
        return { path, status: answer.status, detail };
      }),
    );
  }

  it('[IAM-08] is refused with its facts, its status and its shapes, told why, and kept for its history', async () => {
    const node = await centre.enrolNode();
    const facts = testFacts(node.makeId);
    node.append(facts.sale([{ product: facts.product(), quantity: 1 }]));
    for (const { path, status } of await answersTo(node)) expect([path, status]).not.toEqual([path, 401]);
    node.append(facts.sale([{ product: facts.product(), quantity: 1 }]));

    const revoked = await revoke(node.storeId, node.nodeId);
    expect(revoked).toMatchObject({ id: node.nodeId, state: 'revoked', revokedAt: expect.stringMatching(/Z$/) });
    for (const answer of await answersTo(node))
      expect(answer).toMatchObject({ path: answer.path, status: 401, detail: 'This node was revoked.' });
    const kept = await centre.database.db.execute(sql`SELECT count(*) AS count FROM journal WHERE store_id = ${node.storeId}`);
    expect(Number(kept.rows[0]?.count)).toBe(1);

    expect(await revoke(node.storeId, node.nodeId)).toEqual(revoked);
    expect((await centre.as.store.show({ params: { id: node.storeId } })).node).toBeNull();
    const { items } = await centre.as.store.nodes({ params: { id: node.storeId } });
    expect(items).toEqual([revoked]);
    expect(await centre.as.store.createEnrolmentCode({ params: { id: node.storeId } })).toMatchObject({
      code: expect.stringContaining('-'),
    });
  });

  it('[IAM-08] is named: another store’s machine, or the successor of the one that was meant, stays', async () => {
    const [node, other] = [await centre.enrolNode(), await centre.enrolNode()];
    const wrong = await revoke(node.storeId, other.nodeId).catch((error) => error.problem);
    expect(wrong).toMatchObject({ status: 404, code: 'unknown-node', field: 'nodeId' });
    for (const machine of [node, other])
      expect((await centre.as.store.show({ params: { id: machine.storeId } })).node).toMatchObject({ id: machine.nodeId });
  });
});
