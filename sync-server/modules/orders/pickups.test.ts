// Pickups at the centre: what is asked of a store, and what its facts make of it.
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { VoucherIssued } from '#schema/facts/voucher-issued';
import { present } from '#schema/values/assert';
import { startTestCentre } from '../../test-centre.ts';
import { testFacts } from '../../test-facts.ts';
import type { FakeNode } from '../../test-node.ts';

const centre = await startTestCentre();
const { as, makeId, database } = centre;
const facts = testFacts(makeId);
await as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });

async function addProduct(dispensable = true): Promise<string> {
  const id = makeId();
  const price = { amount: 300_000, currency: 'IDR' };
  await as.product.create({ body: { id, sku: id.slice(-12), name: 'Air', dispensable, price } });
  return id;
}
const water = await addProduct();

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ problem: { status, code, field } }) => ({ status, code, field }),
  );

async function tell(node: FakeNode, ...told: Parameters<FakeNode['append']>) {
  node.append(...told);
  await node.push();
  await centre.settle();
}

interface Asked {
  id: string;
  units: { voucherId: string; productId: string; replaces: string | null }[];
}

/** What the store was asked to mint, in order. */
async function askedOf({ storeId }: FakeNode): Promise<Asked[]> {
  const { rows } = await database.db.execute(
    sql`SELECT id, body FROM directives WHERE store_id = ${storeId} ORDER BY issued_at, id`,
  );
  return rows.map(({ id, body }) => ({ id: String(id), units: (body as Asked).units }));
}

async function issue({ id, units }: Asked): Promise<{ kind: string; body: VoucherIssued }[]> {
  return units.map(({ voucherId, productId }) => {
    const issued = facts.issue(productId);
    return { ...issued, body: { ...issued.body, voucherId, directiveId: id } };
  });
}

const create = (storeId: string, more: object = {}) =>
  as.pickup.create({
    body: { id: makeId(), storeId, reference: 'WEB-1042', lines: [{ productId: water, quantity: 2 }], ...more },
  });
const stateOf = async (id: string) => (await as.pickup.show({ params: { id } })).state;

describe('a pickup', () => {
  it('[ORD-12] is one directive for all its units, once however often it is asked, and done when each was poured', async () => {
    const node = await centre.enrolNode();
    const body = { id: makeId(), storeId: node.storeId, reference: 'WEB-1', lines: [{ productId: water, quantity: 2 }] };
    const asked = await as.pickup.create({ body });
    expect(asked).toMatchObject({ state: 'sent', units: [{ state: null }, { state: null }] });
    expect(await as.pickup.create({ body })).toEqual(asked);
    expect(await refused(as.pickup.create({ body: { ...body, reference: 'WEB-2' } }))).toMatchObject({ code: 'id-reused' });
    const [directive, ...others] = await askedOf(node);
    expect(others).toEqual([]);
    expect(directive?.units.map(({ replaces }) => replaces)).toEqual([null, null]);
    const [first, second] = await issue(present(directive, 'a directive'));
    await tell(node, present(first, 'one'), present(second, 'two'));
    expect(await stateOf(body.id)).toBe('ready');
    await tell(node, facts.finish(present(first, 'one').body, 'ok'));
    expect(await stateOf(body.id)).toBe('ready');
    await tell(node, facts.finish(present(second, 'two').body, 'ok'));
    expect(await stateOf(body.id)).toBe('done');
    expect((await as.pickup.list({ query: { reference: 'WEB-1' } })).items.map(({ id }) => id)).toEqual([body.id]);
    expect(await refused(as.pickup.again({ params: { id: body.id }, body: { id: makeId() } }))).toMatchObject({
      status: 409,
      code: 'nothing-owed',
    });
  });

  it('[ORD-12] whose vouchers lapsed or failed is asked for again, for the units that are owed alone, once', async () => {
    const node = await centre.enrolNode();
    const { id } = await create(node.storeId, { lines: [{ productId: water, quantity: 3 }] });
    expect(await refused(as.pickup.again({ params: { id }, body: { id: makeId() } }))).toMatchObject({ code: 'not-answered' });
    const [directive] = await askedOf(node);
    const [poured, failed, lapsed] = await issue(present(directive, 'a directive'));
    if (!poured || !failed || !lapsed) throw new Error('three units');
    await tell(node, poured, failed, lapsed, facts.finish(poured.body, 'ok'), facts.finish(failed.body, 'fail'));
    await tell(node, facts.close(lapsed.body, 'expired'));
    expect(await stateOf(id)).toBe('lapsed');
    const wish = { params: { id }, body: { id: makeId() } };
    expect(await as.pickup.again(wish)).toMatchObject({ state: 'sent' });
    expect(await as.pickup.again(wish)).toMatchObject({ state: 'sent' });
    const [, again, ...others] = await askedOf(node);
    expect(others).toEqual([]);
    expect(again?.units.map(({ replaces }) => replaces)).toEqual([failed.body.voucherId, lapsed.body.voucherId]);
    for (const fact of await issue(present(again, 'again'))) await tell(node, fact, facts.finish(fact.body, 'ok'));
    expect(await stateOf(id)).toBe('done');
  });

  it('[ORD-12] that its store cannot mint says why, and may be asked for again', async () => {
    const node = await centre.enrolNode();
    const { id } = await create(node.storeId);
    const [directive] = await askedOf(node);
    const answer = { directiveId: directive?.id, answer: 'refused', code: 'no-dispenser', detail: 'No dispenser pours that.' };
    await tell(node, { kind: 'directive.answered', body: answer });
    expect(await as.pickup.show({ params: { id } })).toMatchObject({ state: 'refused', code: 'no-dispenser' });
    await as.pickup.again({ params: { id }, body: { id: makeId() } });
    const [, again] = await askedOf(node);
    expect(again?.units.map(({ replaces }) => replaces)).toEqual([null, null]);
    expect(await stateOf(id)).toBe('sent');
  });

  it('[ORD-12] is refused by its field where it cannot be, and asks nothing of the store', async () => {
    const node = await centre.enrolNode();
    const wrong = (more: object) => refused(create(node.storeId, more));
    const coffee = await addProduct(false);
    expect(await wrong({ storeId: makeId() })).toMatchObject({ status: 422, code: 'unknown-store', field: 'storeId' });
    expect(await wrong({ lines: [{ productId: makeId(), quantity: 1 }] })).toMatchObject({ field: 'lines[0].productId' });
    expect(await wrong({ lines: [{ productId: coffee, quantity: 1 }] })).toMatchObject({ code: 'not-dispensable' });
    expect(await wrong({ lines: [{ productId: water, quantity: 0 }] })).toMatchObject({ status: 422 });
    const many = [50, 1].map((quantity) => ({ productId: water, quantity }));
    expect(await wrong({ lines: many })).toMatchObject({ code: 'too-many-units', field: 'lines' });
    const finance = centre.callsWith(await centre.personWith('finance'));
    const body = { id: makeId(), storeId: node.storeId, reference: 'X', lines: [{ productId: water, quantity: 1 }] };
    expect(await refused(finance.pickup.create({ body }))).toMatchObject({ status: 403 });
    expect(await askedOf(node)).toEqual([]);
  });
});
