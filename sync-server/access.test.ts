// Every route of the centre × every kind of caller: closed by default.
import { beforeAll, describe, expect, it } from 'vitest';
import { allows, type Role, roles } from '#schema/rules/access';
import { centreContracts } from '#schema/wire/centre';
import { type Route, routesOf } from '#schema/wire/contract';
import { startTestCentre, type TestCentre } from './test-centre.ts';
import type { FakeNode } from './test-node.ts';

describe('[IAM-04] who may call what', () => {
  let centre: TestCentre;
  let node: FakeNode;
  const tokens = new Map<Role, string>();

  beforeAll(async () => {
    centre = await startTestCentre();
    node = await centre.enrolNode();
    for (const role of Object.keys(roles) as Role[]) tokens.set(role, await centre.personWith(role));
  });

  /** Only who calls is under test, so the input is empty: whoever is let in is told that it is wrong, or that nothing is there. */
  async function statusOf({ method, path }: Route, token?: string): Promise<number> {
    const url = centre.url + path.replace(/\{\w+\}/g, centre.makeId());
    const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const body = method === 'GET' || method === 'DELETE' ? null : '{}';
    const answer = await fetch(url, {
      method,
      body,
      headers: { ...headers, ...(body !== null && { 'content-type': 'application/json' }) },
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  const letsIn = (status: number) => status !== 401 && status !== 403;
  const routes = routesOf(centreContracts).map(({ noun, verb, route }) => ({ name: `${noun}.${verb}`, route }));
  // Signing out ends the session that the other routes are walked with.
  const walked = routes.filter(({ name }) => name !== 'identity.logout');

  it.each(routes)('$name: nobody, a wrong token, a stranger’s node token', async ({ route }) => {
    const strange = (await node.token()).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')).slice(0, -4);
    for (const token of [undefined, 'wrong', `lapak_${'x'.repeat(43)}`, strange])
      expect(await statusOf(route, token)).toSatisfy((status: number) =>
        route.access === 'public' ? letsIn(status) || status === 429 : status === 401,
      );
  });

  it.each(walked)('$name: each role, and a node', async ({ route }) => {
    const { access } = route;
    if (access === 'public') return;
    for (const [role, token] of tokens) {
      const may = access === 'session' || (typeof access === 'object' && allows(role, access.can));
      expect([role, letsIn(await statusOf(route, token))]).toEqual([role, may]);
    }
    expect(letsIn(await statusOf(route, await node.token()))).toBe(access === 'node' || access === 'known-node');
  });

  it('a session that ended stops working at once', async () => {
    const token = await centre.personWith('operator');
    await centre.callsWith(token).identity.logout();
    expect(await statusOf(centreContracts.identity.me, token)).toBe(401);
  });
});
