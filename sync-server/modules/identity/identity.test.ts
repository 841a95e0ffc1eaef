// Signing in at the centre.
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { post } from '../../test-node.ts';

describe('signing in', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
  });
  const signIn = (login: string, password: string) => post(`${centre.url}/api/v1/auth/login`, { login, password });

  it('gives a token for the right password, whatever the case of the login, and keeps only hashes', async () => {
    const answer = await signIn(' ADMIN', centre.admin.password);
    const { token, person } = (await answer.json()) as { token: string; person: { role: string } };
    expect([answer.status, person.role]).toEqual([200, 'admin']);
    expect(await centre.callsWith(token).identity.me()).toMatchObject({ login: 'admin', role: 'admin' });
    const kept = await centre.database.db.execute(
      sql`SELECT token_hash, password_hash FROM sessions JOIN users ON users.id = user_id`,
    );
    expect(JSON.stringify(kept.rows)).not.toContain(token.slice(6));
    expect(JSON.stringify(kept.rows)).toContain('$argon2id$');
  });

  it('answers the same for a wrong password and for nobody’s login', async () => {
    const problems = [];
    for (const [login, password] of [
      ['admin', 'wrong password'],
      ['nobody', 'wrong password'],
    ] as const) {
      const { requestId: _own, ...problem } = (await (await signIn(login, password)).json()) as Record<string, unknown>;
      problems.push(problem);
    }
    expect(problems[0]).toEqual(problems[1]);
    expect(problems[0]).toMatchObject({ status: 401, code: 'wrong-login' });
  });

  it('refuses a second person under one login, and a session of one who is disabled', async () => {
    const person = { login: 'kasir.satu', name: 'Kasir', role: 'operator' as const, password: 'a long enough one' };
    const id = centre.makeId();
    await centre.as.identity.createUser({ body: { id, ...person } });
    expect(await centre.as.identity.createUser({ body: { id, ...person } })).toMatchObject({ id });
    const taken = centre.as.identity.createUser({ body: { id: centre.makeId(), ...person, login: 'Kasir.Satu' } });
    await expect(taken).rejects.toMatchObject({ problem: { status: 409, code: 'login-taken' } });
    const { token } = (await (await signIn(person.login, person.password)).json()) as { token: string };
    await centre.database.db.execute(sql`UPDATE users SET disabled_at = 1 WHERE id = ${id}`);
    await expect(centre.callsWith(token).identity.me()).rejects.toMatchObject({ problem: { status: 401 } });
    expect((await signIn(person.login, person.password)).status).toBe(401);
  });

  it('[IAM-09] limits how often one address may try', async () => {
    let answer = await signIn('admin', 'guess');
    for (let tries = 0; tries < 30 && answer.status === 401; tries += 1) answer = await signIn('admin', `guess ${tries}`);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'too-many-requests' });
  });
});
