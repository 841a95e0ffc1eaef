// Customers at a till, over real HTTP and without a centre: added, found, known again; a fact says nothing of who they are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import { startTestNode, type TestNode } from '../test-node.ts';

describe('customers at a till', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({ staff: [{ name: 'Kasir', role: 'cashier', pin: '111111' }] });
  });
  afterAll(() => node.remove());

  const till = () => node.signedIn('Kasir', '111111');
  const wish = (name: string, more: object = {}) => ({ body: { id: node.makeId(), name, phone: '0812-0000-0001', ...more } });
  const problemOf = (call: Promise<unknown>) =>
    call.then(
      () => ({ code: 'done' }),
      (error) => error.problem as Record<string, unknown>,
    );
  const texts = () =>
    node.store.sqlite
      .prepare<[], { text: string }>(`SELECT text FROM facts WHERE kind LIKE 'customer.%' ORDER BY generation, seq`)
      .all()
      .map(({ text }) => text);

  it('[USR-04] one who is added offline is there at once; the fact carries its person and nothing of who it is', async () => {
    const { customer } = await till();
    const body = { ...wish('Pembeli Setia', { email: 'Setia@Example.com' }).body };
    const added = await customer.add({ body });
    expect(added).toEqual({
      id: body.id,
      personId: body.id,
      name: 'Pembeli Setia',
      phone: '+6281200000001',
      email: 'setia@example.com',
      bornOn: null,
    });
    for (const q of ['setia', '0812 0000', '+62 812', 'example.com'])
      expect((await customer.search({ query: { q } })).items.map(({ id }) => id)).toEqual([body.id]);
    expect(await customer.show({ params: { id: body.id } })).toEqual(added);
    const [fact = ''] = texts();
    expect(JSON.parse(fact)).toMatchObject({
      kind: 'customer.added',
      staff: node.staffId('Kasir'),
      body: { customerId: body.id },
    });
    expect(fact).not.toMatch(/setia|81200000001/i);
    expect(await customer.add({ body })).toEqual(added);
    expect(texts()).toHaveLength(1);
  });

  it('[USR-04] refuses another wish under an id, a contact that somebody has, and none at all; nothing changes', async () => {
    const { customer } = await till();
    const first = wish('Pertama', { phone: '0812-0000-0002' });
    await customer.add(first);
    const before = texts().length;
    expect(await problemOf(customer.add({ body: { ...first.body, name: 'Kedua' } }))).toMatchObject({
      status: 422,
      code: 'id-reused',
    });
    expect(await problemOf(customer.add(wish('Kedua', { phone: '+62 812 0000 0002' })))).toMatchObject({
      status: 409,
      code: 'customer-known',
      field: 'phone',
      facts: { customerId: first.body.id },
    });
    expect(await problemOf(customer.add(wish('Ketiga', { phone: null })))).toMatchObject({
      status: 422,
      code: 'contact-missing',
    });
    expect(await problemOf(customer.add(wish('Ketiga', { phone: 'x' })))).toMatchObject({ status: 422, field: 'phone' });
    expect(await problemOf(customer.show({ params: { id: node.makeId() } }))).toMatchObject({ status: 404 });
    expect(texts()).toHaveLength(before);
  });

  it('[USR-04] two ids of one person are one in a search, each still found', async () => {
    const { customer } = await till();
    const [mine, theirs] = [node.makeId(), node.makeId()];
    const row = (id: string) => ({ id, store_id: node.makeId(), person_id: theirs, name: 'Satu Orang', phone: '+6281200000003' });
    node.applyRows(
      'customers',
      [mine, theirs].map((id) => ({ operation: 'insert' as const, row: row(id) })),
    );
    expect((await customer.search({ query: { q: 'satu orang' } })).items).toMatchObject([{ personId: theirs }]);
    expect(await customer.show({ params: { id: mine } })).toMatchObject({ id: mine, personId: theirs });
  });

  it('[USR-04] what came back from the centre is not kept twice, and a repeated wish is still known', async () => {
    const { customer } = await till();
    const { body } = wish('Bolak Balik', { phone: '0812-0000-0004' });
    await customer.add({ body });
    node.store.customerDetails.delivered([body.id], 1);
    const row = { id: body.id, store_id: node.makeId(), person_id: body.id, name: 'Bolak Balik', phone: '+6281200000004' };
    node.applyRows('customers', [{ operation: 'insert', row }]);
    const read = node.store.sqlite.prepare<[string], { name: string | null }>('SELECT name FROM customer_details WHERE id = ?');
    expect(read.get(body.id)).toEqual({ name: null });
    expect(await customer.add({ body })).toMatchObject({ id: body.id });
    expect(await problemOf(customer.add({ body: { ...body, name: 'Lain' } }))).toMatchObject({ code: 'id-reused' });
  });

  it('[USR-05] who the centre erases is gone here; the fact that says so comes of its directive', async () => {
    const { customer } = await till();
    const { body } = wish('Hapus Saya', { phone: '0812-0000-0005' });
    await customer.add({ body });
    const directive = { id: node.makeId(), store_id: node.makeId(), kind: 'customer.erase', issued_at: 1 };
    node.applyRows('directives', [{ operation: 'insert', row: { ...directive, body: JSON.stringify({ customerId: body.id }) } }]);
    await expect.poll(() => texts().at(-1) ?? '').toContain(directive.id);
    expect(await problemOf(customer.show({ params: { id: body.id } }))).toMatchObject({ status: 404 });
    expect(JSON.stringify(node.store.sqlite.prepare('SELECT * FROM customer_details').all())).not.toContain('Hapus');
    expect(await problemOf(customer.add({ body }))).toMatchObject({ code: 'id-reused' });
  });

  it('[SYN-10] deleting the projections and rebuilding gives the same customers', () => {
    const { sqlite } = node.store;
    const before = dumpProjections(sqlite, projectionsOf(sqlite));
    rebuild(sqlite, projectionsOf(sqlite));
    expect(dumpProjections(sqlite, projectionsOf(sqlite)).added_customers).toEqual(before.added_customers);
    expect(before.added_customers).not.toEqual([]);
  });
});
