// Customers at the centre: told beside the journal, found to be one person, changed, proven of age, forgotten.
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { commitmentOf } from '#schema/facts/customer-added';
import { startTestCentre, type TestCentre } from '../../test-centre.ts';
import { type FakeNode, post } from '../../test-node.ts';

describe('customers', () => {
  let centre: TestCentre;
  let bogor: FakeNode;
  let depok: FakeNode;
  const tillId = '01930000-0000-7000-8000-000000000001';
  beforeAll(async () => {
    centre = await startTestCentre();
    [bogor, depok] = [await centre.enrolNode(), await centre.enrolNode()];
  });

  const salt = 'ab'.repeat(16);
  interface Who {
    id?: string;
    name: string;
    phone?: string | null;
    email?: string | null;
  }
  const entryOf = ({ id = centre.makeId(), name, phone = null, email = null }: Who) => ({ id, name, phone, email });
  const deliver = async (node: FakeNode, ...entries: ReturnType<typeof entryOf>[]) => {
    const customers = entries.map((entry) => ({ ...entry, salt, addedAt: 1_800_000_000_000 }));
    const answer = await post(`${centre.url}/sync/customers`, { customers }, await node.token());
    expect(answer.status).toBe(200);
    return (await answer.json()) as { kept: string[]; refused: { id: string; code: string }[] };
  };
  const added = (entry: ReturnType<typeof entryOf>) => ({
    kind: 'customer.added',
    body: { customerId: entry.id, tillId, commitment: commitmentOf(entry, salt) },
  });
  /** As a till adds them: the fact goes up, and who it is beside it. */
  async function addAt(node: FakeNode, who: Who) {
    const entry = entryOf(who);
    node.append(added(entry));
    await node.push();
    await deliver(node, entry);
    await centre.settle();
    return entry;
  }
  const show = (id: string) => centre.as.customer.show({ params: { id } });
  const problemOf = (call: Promise<unknown>) =>
    call.then(
      () => ({ code: 'done' }),
      (error) => error.problem as Record<string, unknown>,
    );

  it('[USR-04] one added at two offline tills is one person, by phone or by e-mail; both ids lead there', async () => {
    const first = await addAt(bogor, { name: 'Pembeli Satu', phone: '+6281111111111' });
    const byPhone = await addAt(depok, { name: 'Pembeli 1', phone: '+6281111111111', email: 'satu@example.com' });
    const byEmail = await addAt(depok, { name: 'P. Satu', email: 'satu@example.com' });
    const person = await show(first.id);
    expect(person).toMatchObject({ id: first.id, name: 'Pembeli Satu', phone: '+6281111111111', email: 'satu@example.com' });
    expect(person.entries.map(({ id, storeId }) => [id, storeId])).toEqual([
      [first.id, bogor.storeId],
      [byPhone.id, depok.storeId],
      [byEmail.id, depok.storeId],
    ]);
    for (const { id } of [byPhone, byEmail]) expect(await show(id)).toEqual(person);
    const rows = await centre.database.db.execute(sql`SELECT name, phone, email FROM customers WHERE person_id = ${first.id}`);
    expect(new Set(rows.rows.map((row) => JSON.stringify(row))).size).toBe(1);
  });

  it('[USR-04] two who turn out to be one are one, in whatever order stores tell', async () => {
    const contacts = [
      { phone: '8', email: null },
      { phone: null, email: 'a' },
      { phone: '8', email: 'a' },
    ];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [2, 1, 0],
    ];
    for (const [round, order] of orders.entries()) {
      const wish = (at: number) => ({
        name: `Urutan ${at}`,
        phone: contacts[at]?.phone && `+628100000000${round}`,
        email: contacts[at]?.email && `urutan${round}@example.com`,
      });
      const ids: string[] = [];
      for (const at of order) ids.push((await addAt(at === 1 ? depok : bogor, wish(at) as Who)).id);
      const people = await Promise.all(ids.map(show));
      expect(new Set(people.map(({ id }) => id)).size).toBe(1);
      expect(people[0]).toMatchObject({ phone: `+628100000000${round}`, email: `urutan${round}@example.com` });
      expect(people[0]?.entries).toHaveLength(3);
    }
  });

  it('[USR-04] many who are told at once are still one person', async () => {
    const entries = Array.from({ length: 8 }, (_, n) => entryOf({ name: `Bersama ${n}`, phone: '+6281222222222' }));
    await Promise.all(entries.map((entry, n) => deliver(n % 2 === 0 ? bogor : depok, entry)));
    const people = await Promise.all(entries.map(({ id }) => show(id)));
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
    expect(people[0]?.entries).toHaveLength(8);
  });

  it('[USR-04] who they are may come before the fact or after it, once or again; what differs is not taken', async () => {
    const early = entryOf({ name: 'Awal', phone: '+6281333333333' });
    expect(await deliver(bogor, early)).toEqual({ kept: [early.id], refused: [] });
    bogor.append(added(early));
    await bogor.push();
    await centre.settle();
    expect(await deliver(bogor, early)).toEqual({ kept: [early.id], refused: [] });
    expect((await show(early.id)).entries).toHaveLength(1);
    const late = entryOf({ name: 'Akhir', phone: '+6281444444444' });
    bogor.append(added(late));
    await bogor.push();
    await centre.settle();
    expect(await show(late.id)).toMatchObject({ name: null, phone: null });
    const forged = { ...late, name: 'Orang lain' };
    expect(await deliver(bogor, forged)).toEqual({ kept: [], refused: [{ id: late.id, code: 'wrong-commitment' }] });
    expect(await deliver(depok, late)).toMatchObject({ refused: [{ code: 'other-store' }] });
    await deliver(bogor, late);
    expect(await show(late.id)).toMatchObject({ name: 'Akhir' });
    expect((await centre.as.exception.list({ query: {} })).items).toEqual([]);
  });

  it('[USR-04] a fact that vouches for somebody else than was told is shown to a person', async () => {
    const entry = entryOf({ name: 'Beda', phone: '+6281555555555' });
    await deliver(bogor, entry);
    bogor.append(added({ ...entry, name: 'Lain' }));
    await bogor.push();
    await centre.settle();
    expect((await centre.as.exception.list({ query: {} })).items).toMatchObject([{ code: 'other-customer' }]);
  });

  it('[USR-04] people at the centre add, find and change customers; a number is one customer’s alone', async () => {
    const storeId = bogor.storeId;
    const wish = { body: { id: centre.makeId(), storeId, name: 'Pusat', phone: '0816-6666-6666' } };
    const customer = await centre.as.customer.create(wish);
    expect(customer).toMatchObject({ name: 'Pusat', phone: '+6281666666666', bornOn: null, entries: [{ storeId }] });
    expect(await centre.as.customer.create(wish)).toEqual(customer);
    for (const q of ['pusat', '816666'])
      expect((await centre.as.customer.list({ query: { q } })).items.map(({ id }) => id)).toEqual([customer.id]);
    expect((await centre.as.customer.list({ query: { q: 'pusat', storeId: depok.storeId } })).items).toEqual([]);
    const change = (body: object) => centre.as.customer.change({ params: { id: customer.id }, body });
    expect(await change({ email: 'Pusat@Example.com' })).toMatchObject({ email: 'pusat@example.com', version: 2 });
    const other = await addAt(depok, { name: 'Lain', phone: '+6281777777777' });
    expect(await problemOf(change({ phone: '+6281777777777' }))).toMatchObject({
      status: 409,
      code: 'contact-taken',
      field: 'phone',
      facts: { customerId: other.id },
    });
    expect(await problemOf(change({ phone: null, email: null }))).toMatchObject({ status: 422, code: 'contact-missing' });
    expect(await problemOf(change({ phone: '12' }))).toMatchObject({ status: 422, code: 'bad-phone', field: 'phone' });
    expect(await problemOf(centre.as.customer.create({ body: { ...wish.body, name: 'X' } }))).toMatchObject({
      code: 'id-reused',
    });
  });

  it('[USR-02] an age that somebody saw proven stands with the person; a date that cannot be is refused', async () => {
    const first = await addAt(bogor, { name: 'Dewasa', phone: '+6281888888888' });
    const second = await addAt(depok, { name: 'Dewasa', phone: '+6281888888888' });
    const verify = (bornOn: string, customerId = second.id) => centre.as.customer.verifyAge({ body: { customerId, bornOn } });
    expect(await verify('2000-05-17')).toMatchObject({ id: first.id, bornOn: '2000-05-17', ageVerifiedAt: expect.any(String) });
    expect(await show(first.id)).toMatchObject({ bornOn: '2000-05-17' });
    expect(await problemOf(verify('2999-01-01'))).toMatchObject({ status: 422, code: 'bad-birth-date', field: 'bornOn' });
    expect(await problemOf(verify('2000-05-17', centre.makeId()))).toMatchObject({ status: 404, code: 'unknown-customer' });
  });

  it('[USR-05] who is erased is nobody here; each of their stores is asked to forget them; nothing brings them back', async () => {
    const first = await addAt(bogor, { name: 'Lupakan Saya', phone: '+6281999999999', email: 'lupa@example.com' });
    const second = await addAt(depok, { name: 'Lupakan Saya', phone: '+6281999999999' });
    const erased = await centre.as.customer.erase({ params: { id: second.id } });
    expect(erased).toMatchObject({ id: first.id, name: null, phone: null, email: null, erasedAt: expect.any(String) });
    expect(await centre.as.customer.erase({ params: { id: first.id } })).toEqual(erased);
    const { rows } = await centre.database.db.execute(sql`SELECT store_id, body FROM directives WHERE kind = 'customer.erase'`);
    expect(rows).toEqual([
      { store_id: bogor.storeId, body: { customerId: first.id } },
      { store_id: depok.storeId, body: { customerId: second.id } },
    ]);
    expect(await deliver(bogor, first)).toMatchObject({ refused: [{ id: first.id, code: 'erased' }] });
    const kept = await centre.database.db.execute(sql`SELECT text FROM journal UNION ALL SELECT customers::text FROM customers`);
    expect(JSON.stringify(kept.rows)).not.toMatch(/Lupakan|81999999999|lupa@/);
    const atDesk = { id: centre.makeId(), storeId: bogor.storeId, name: 'Lupakan Juga', phone: '+6281212121212' };
    await centre.as.customer.create({ body: atDesk });
    await centre.as.customer.erase({ params: { id: atDesk.id } });
    // What was asked under its id would tell a number to whoever tries them all.
    const wishes = await centre.database.db.execute(sql`SELECT id FROM intents WHERE id = ${atDesk.id}`);
    expect(wishes.rows).toEqual([]);
    const again = await addAt(bogor, { name: 'Orang Baru', phone: '+6281999999999' });
    expect(await show(again.id)).toMatchObject({ id: again.id, name: 'Orang Baru' });
  });
});
