// The people of the stores' tills at the centre: added, changed, given PINs and badges that nobody can read afterwards.
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';

describe('[IAM-07] the people of the stores’ tills', () => {
  let centre: TestCentre;
  let storeId: string;
  beforeAll(async () => {
    centre = await startTestCentre();
    storeId = await centre.addStore();
  });

  const wishFor = (name: string, more: object = {}) => ({
    body: { id: centre.makeId(), storeId, name, role: 'cashier' as const, pin: '481516', ...more },
  });
  const problemOf = (call: Promise<unknown>) =>
    call.then(
      () => ({ code: 'done' }),
      (error) => error.problem as Record<string, unknown>,
    );
  const everything = async () =>
    JSON.stringify([
      (await centre.database.db.execute(sql`SELECT * FROM staff`)).rows,
      (await centre.database.db.execute(sql`SELECT * FROM intents`)).rows,
    ]);

  it('are added once, listed by store, changed and taken out; each change raises the version', async () => {
    const wish = wishFor('Kasir Satu');
    const person = await centre.as.staff.create(wish);
    expect(person).toEqual({
      id: wish.body.id,
      storeId,
      name: 'Kasir Satu',
      role: 'cashier',
      badge: false,
      active: true,
      version: 1,
    });
    expect(await centre.as.staff.create(wish)).toEqual(person);
    expect(await problemOf(centre.as.staff.create({ body: { ...wish.body, role: 'manager' } }))).toMatchObject({
      code: 'id-reused',
    });
    const params = { id: person.id };
    expect(await centre.as.staff.change({ params, body: { role: 'manager' } })).toMatchObject({ role: 'manager', version: 2 });
    expect(await centre.as.staff.change({ params, body: { active: false } })).toMatchObject({ active: false, version: 3 });
    const list = async (query: object) => (await centre.as.staff.list({ query })).items.map(({ id }) => id);
    expect(await list({ storeId, active: 'true' })).not.toContain(person.id);
    expect(await list({ storeId })).toContain(person.id);
    expect(await list({ storeId: centre.makeId() })).toEqual([]);
  });

  it('are listed page by page, each once', async () => {
    const other = await centre.addStore();
    for (const name of ['B', 'A', 'C', 'A', 'D']) await centre.as.staff.create(wishFor(name, { storeId: other }));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await centre.as.staff.list({ query: { storeId: other, limit: '2', ...(after !== undefined && { after }) } });
      seen.push(...page.items.map(({ name }) => name));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(['A', 'A', 'B', 'C', 'D']);
  });

  it('a PIN is kept as argon2id alone; it stands in no answer and no error', async () => {
    const { id } = await centre.as.staff.create(wishFor('Kasir PIN', { pin: '907341' }));
    const answer = await centre.as.staff.setPin({ params: { id }, body: { pin: '662817' } });
    expect(JSON.stringify(answer)).not.toMatch(/662817|argon2/);
    const wrong = await problemOf(centre.as.staff.setPin({ params: { id }, body: { pin: '66281x' } }));
    expect(wrong).toMatchObject({ status: 422, field: 'pin' });
    expect(JSON.stringify(wrong)).not.toContain('66281x');
    const kept = await everything();
    expect(kept).toContain('$argon2id$');
    expect(kept).not.toMatch(/\b(907341|662817)\b/);
  });

  it('a badge is told once; a new one replaces it, and it can be withdrawn', async () => {
    const { id } = await centre.as.staff.create(wishFor('Kasir Badge'));
    const params = { id };
    const first = await centre.as.staff.issueBadge({ params });
    const second = await centre.as.staff.issueBadge({ params });
    expect(first.badge).toMatch(/^LB[0-9A-Z]{24}$/);
    expect(second.badge).not.toBe(first.badge);
    expect(second.staff).toMatchObject({ badge: true });
    expect(await everything()).not.toContain(second.badge);
    expect(await centre.as.staff.withdrawBadge({ params })).toMatchObject({ badge: false });
  });

  it('refuses strangers and stores that are not there', async () => {
    const params = { id: centre.makeId() };
    expect(await problemOf(centre.as.staff.change({ params, body: { name: 'X' } }))).toMatchObject({
      status: 404,
      code: 'unknown-person',
    });
    expect(await problemOf(centre.as.staff.issueBadge({ params }))).toMatchObject({ status: 404 });
    expect(await problemOf(centre.as.staff.create(wishFor('X', { storeId: centre.makeId() })))).toMatchObject({
      status: 422,
      code: 'unknown-store',
    });
    expect(await problemOf(centre.as.staff.change({ params, body: {} }))).toMatchObject({ status: 422 });
  });
});
