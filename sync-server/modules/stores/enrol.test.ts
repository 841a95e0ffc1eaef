// How a machine becomes a store's node, and how it is known from then on.
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomBytes, systemClock } from '../../base/clock.ts';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { fakeNode, post } from '../../test-node.ts';

describe('nodes', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
  });

  const newNode = () => fakeNode({ url: centre.url, clock: systemClock, random: randomBytes });
  const codeFor = async (storeId: string) => (await centre.as.store.createEnrolmentCode({ params: { id: storeId } })).code;
  const problemOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
  const status = {
    head: { generation: 1, seq: 0 },
    waiting: 0,
    oldestWaitingAt: null,
    version: '0.1.0',
    devices: { total: 1, online: 1, pouring: [] },
  };
  const tellStatus = (token: string) => post(`${centre.url}/sync/status`, status, token);

  it('[IAM-08] a node enrols with a one-time code and proof of its key; the same node may ask again, nobody else', async () => {
    const storeId = await centre.addStore();
    const code = await codeFor(storeId);
    const node = newNode();
    const first = await node.enrol(code);
    const enrolment = await first.json();
    expect([first.status, enrolment]).toMatchObject([201, { nodeId: node.nodeId, storeId, generation: 1 }]);
    const again = await node.enrol(code.toLowerCase().replaceAll('-', ' '));
    expect(await again.json()).toEqual(enrolment);
    expect(await problemOf(await newNode().enrol(code))).toEqual([403, 'bad-enrolment-code']);
    expect(await problemOf(await newNode().enrol('0000-0000-0000-0000'))).toEqual([403, 'bad-enrolment-code']);
    expect(await problemOf(await newNode().enrol(await codeFor(storeId)))).toEqual([409, 'store-has-node']);
    const kept = await centre.database.db.execute(sql`SELECT code_hash FROM enrolment_codes`);
    expect(JSON.stringify(kept.rows)).not.toContain(code);
  });

  it('[IAM-08] a proof by another key is refused', async () => {
    const code = await codeFor(await centre.addStore());
    const [node, other] = [newNode(), newNode()];
    const claim = { code, nodeId: node.nodeId, name: 'x', publicKey: node.keys.publicKey, boxKey: node.keys.publicKey };
    const proof = (await import('#schema/facts/chain')).signText('something else', other.keys);
    expect(await problemOf(await post(`${centre.url}/sync/enrol`, { ...claim, proof }))).toEqual([403, 'bad-proof']);
  });

  it('[IAM-08] a node is known by tokens that it signs: short ones, for this centre, by its own key, unless it is revoked', async () => {
    const node = await centre.enrolNode();
    const used = await node.token();
    expect((await tellStatus(used)).status).toBe(200);
    expect((await tellStatus(used)).status).toBe(200);
    const now = Math.floor(systemClock.now() / 1_000);
    const refused = async (token: string) => {
      const answer = await tellStatus(token);
      return { status: answer.status, problem: (await answer.json()) as { detail: string; facts?: { now: number } } };
    };
    const stale = await refused(await node.token({ iat: now - 3_600 }));
    expect(stale).toMatchObject({ status: 401, problem: { facts: { now: expect.any(Number) } } });
    expect(await refused(await node.token({ iat: now + 3_600 }))).toMatchObject({ status: 401, problem: { facts: {} } });
    expect((await tellStatus(await node.token({ iat: now - 200 }))).status).toBe(200);
    expect((await refused(await node.token({ exp: now + 600 }))).status).toBe(401);
    expect((await refused(await node.token({ aud: 'somewhere-else' }))).status).toBe(401);
    const impostor = Object.assign(newNode(), { nodeId: node.nodeId });
    expect((await refused(await impostor.token())).status).toBe(401);
    expect((await refused(await newNode().token())).status).toBe(401);
    expect((await refused('a.b.c')).status).toBe(401);
    await centre.database.db.execute(sql`UPDATE nodes SET revoked_at = 1 WHERE id = ${node.nodeId}`);
    for (const token of [used, await node.token()])
      expect(await refused(token)).toMatchObject({ status: 401, problem: { detail: 'This node was revoked.' } });
  });

  it('a store shows its node, and when it was last heard', async () => {
    const node = await centre.enrolNode();
    await tellStatus(await node.token());
    const store = await centre.as.store.show({ params: { id: node.storeId } });
    expect(store.node).toMatchObject({ id: node.nodeId, waiting: 0, lastSeenAt: expect.stringMatching(/Z$/) });
  });

  it('a store is added once: the same wish again answers it, another wish under its id and a taken code are refused', async () => {
    const id = centre.makeId();
    const body = {
      id,
      code: 'kemang',
      name: 'Kemang',
      country: 'ID',
      currency: 'IDR',
      timeZone: 'Asia/Jakarta',
      language: 'id',
    } as const;
    const store = await centre.as.store.create({ body });
    expect(store).toMatchObject({ code: 'kemang', settings: { cashStep: null, voucherMinutes: 15 }, node: null });
    expect(await centre.as.store.create({ body })).toEqual(store);
    const refusal = (change: object) => centre.as.store.create({ body: { ...body, ...change } }).catch((error) => error.problem);
    expect(await refusal({ name: 'Kemang Raya' })).toMatchObject({ status: 422, code: 'id-reused' });
    expect(await refusal({ id: centre.makeId() })).toMatchObject({ status: 409, code: 'code-taken', field: 'code' });
    expect(await refusal({ currency: 'ABC' })).toMatchObject({ status: 422, code: 'unknown-currency' });
    expect(await refusal({ timeZone: 'Moon/Base' })).toMatchObject({ status: 422, code: 'unknown-time-zone' });
  });
});
