// Facts that cannot be applied are kept, shown to a person, and hold up only what depends on them.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Reaction } from '../base/reaction.ts';
import { FactRefusal } from '../base/reaction.ts';
import { startTestCentre, type TestCentre } from '../test-centre.ts';
import { type TestFacts, testFacts } from '../test-facts.ts';
import { type FakeNode, post } from '../test-node.ts';

describe('exceptions', () => {
  const broken = new Set<string>();
  /** A module that fails on the facts that a test names, after the others have written. */
  const fragile: Reaction = {
    module: 'fragile',
    react: async (_tx, facts) => {
      if (facts.some(({ id }) => broken.has(id))) throw new FactRefusal('no-luck', 'The fragile module cannot take it.');
      return undefined;
    },
  };
  let centre: TestCentre;
  let node: FakeNode;
  let facts: TestFacts;

  beforeAll(async () => {
    centre = await startTestCentre({ moreReactions: [fragile] });
    node = await centre.enrolNode();
    facts = testFacts(node.makeId);
  });

  const open = async () => (await centre.as.exception.list({ query: { storeId: node.storeId } })).items;
  const tell = async () => {
    await node.push();
    await centre.settle();
  };
  const levelOf = async (productId: string) => {
    const { items } = await centre.as.inventory.levels({ params: { storeId: node.storeId }, query: { limit: '500' } });
    return items.find((item) => item.productId === productId);
  };
  const resolve = async (id: string, body: object) =>
    (await post(`${centre.url}/api/v1/exceptions/${id}/resolve`, body, centre.admin.token)).json() as Promise<
      Record<string, unknown>
    >;

  it('[SYN-06] a fact that a module throws on is kept and shown; what depends on it waits, the others go on; retry applies all in order', async () => {
    const oil = facts.product({ dispensable: true });
    const bread = facts.product();
    const bad = facts.sale([{ product: oil, quantity: 1 }]);
    const voucher = facts.issue(oil.productId, bad.body);
    const good = [1, 2, 3, 4, 5].map((quantity) => facts.sale([{ product: bread, quantity }]));
    const [badFact] = node.append(bad);
    broken.add(badFact?.id ?? '');
    node.append(...good.slice(0, 2), voucher, ...good.slice(2), facts.finish(voucher.body, 'ok'));
    await tell();
    expect(await open()).toMatchObject([
      { state: 'open', module: 'fragile', code: 'no-luck', fact: { kind: 'sale.closed', seq: 1 } },
      { state: 'waiting', fact: { kind: 'voucher.issued' } },
      { state: 'waiting', fact: { kind: 'dispense.finished' } },
    ]);
    // Nothing of it stays, in any module, and all of the others does.
    expect(await levelOf(oil.productId)).toBeUndefined();
    expect(await levelOf(bread.productId)).toMatchObject({ onHand: -15 });
    expect((await centre.as.order.list({ query: { storeId: node.storeId } })).items).toHaveLength(5);
    const [first, waiting] = await open();
    expect(await resolve(first?.id ?? '', { how: 'retry' })).toMatchObject({ status: 409, code: 'still-fails' });
    expect(await resolve(waiting?.id ?? '', { how: 'retry' })).toMatchObject({ status: 409, code: 'still-fails' });
    broken.clear();
    expect(await resolve(first?.id ?? '', { how: 'retry' })).toMatchObject({ state: 'resolved', closedBy: 'admin' });
    expect(await open()).toEqual([]);
    expect(await levelOf(oil.productId)).toMatchObject({ onHand: -1, reserved: 0 });
    expect(await centre.as.order.show({ params: { id: bad.body.saleId } })).toMatchObject({ state: 'completed' });
    expect(await resolve(first?.id ?? '', { how: 'retry' })).toMatchObject({ code: 'already-closed' });
  });

  it('[SYN-06] one that is set aside needs a note, and releases what waited, which may then stand open by itself', async () => {
    const oil = facts.product({ dispensable: true });
    const voucher = facts.issue(oil.productId);
    const [issued] = node.append(voucher);
    broken.add(issued?.id ?? '');
    node.append(facts.finish(voucher.body, 'ok'));
    await tell();
    const [first] = await open();
    expect(await resolve(first?.id ?? '', { how: 'dismiss' })).toMatchObject({ status: 422, code: 'note-needed' });
    expect(await resolve(first?.id ?? '', { how: 'dismiss', note: 'Printed twice by mistake.' })).toMatchObject({
      state: 'dismissed',
    });
    const [second, ...none] = await open();
    expect(second).toMatchObject({ state: 'open', module: 'stock', code: 'unknown-voucher' });
    expect(none).toEqual([]);
    await resolve(second?.id ?? '', { how: 'dismiss', note: 'Belongs to the same.' });
    expect(await centre.as.exception.list({ query: { state: 'dismissed' } })).toMatchObject({ items: [{}, {}] });
  });

  it('[SYN-06] a newer version and a body that does not fit open an exception; the facts stay as written', async () => {
    const product = facts.product();
    const sale = facts.sale([{ product, quantity: 1 }]);
    node.append({ ...sale, version: 99 }, { kind: 'stock.moved', body: { movementId: node.makeId(), quantity: 'many' } });
    node.append(facts.issue(product.productId, sale.body));
    await tell();
    const listed = await open();
    expect(listed).toMatchObject([
      { module: 'ingest', code: 'unreadable-fact', state: 'open' },
      { module: 'ingest', code: 'unreadable-fact', state: 'open' },
      { state: 'waiting', fact: { kind: 'voucher.issued' } },
    ]);
    for (const { id, state } of listed) if (state === 'open') await resolve(id, { how: 'dismiss', note: 'A test.' });
  });

  it('[SYN-06] a sale whose amounts differ from its own prices is booked, and a person is told', async () => {
    const sale = facts.sale([{ product: facts.product(), quantity: 2 }]);
    const [line] = sale.body.lines;
    if (line) Object.assign(line, { net: line.net + 100, taxAmount: line.taxAmount - 100 });
    node.append(sale);
    await tell();
    const [finding] = await open();
    expect(finding).toMatchObject({ module: 'orders', code: 'amounts-differ', state: 'open' });
    expect(finding?.detail).toContain('Line 1');
    expect(await centre.as.order.show({ params: { id: sale.body.saleId } })).toMatchObject({ state: 'completed' });
    expect(await resolve(finding?.id ?? '', { how: 'retry' })).toMatchObject({ code: 'still-fails' });
    await resolve(finding?.id ?? '', { how: 'dismiss', note: 'Seen.' });
  });

  it('[SYN-06] [DSP-09] a pour that no voucher explains is kept and shown to a person, and holds nothing up', async () => {
    const water = facts.product({ dispensable: true });
    const voucher = facts.issue(water.productId);
    node.append(facts.unmatched(900_001, 'ok'), facts.unmatched(900_002, 'uncertain'), voucher, facts.finish(voucher.body, 'ok'));
    await tell();
    const listed = await open();
    expect(listed).toMatchObject([
      { module: 'stock', code: 'unknown-voucher', state: 'open', fact: { kind: 'dispense.unmatched' } },
      { module: 'stock', code: 'unknown-voucher', state: 'open', fact: { kind: 'dispense.unmatched' } },
    ]);
    expect(listed[0]?.detail).toContain('Dispenser 7 reported “ok” for its voucher 900001');
    expect(await levelOf(water.productId)).toMatchObject({ onHand: -1, reserved: 0 });
    for (const { id } of listed) await resolve(id, { how: 'dismiss', note: 'Counted: one bottle less.' });
    expect(await open()).toEqual([]);
  });

  it('a sale whose tenders do not pay it, and a repeated id with another body, are not booked', async () => {
    const product = facts.product();
    const unpaid = facts.sale([{ product, quantity: 1 }]);
    const [tender] = unpaid.body.tenders;
    if (tender) tender.amount -= 100;
    const sale = facts.sale([{ product, quantity: 1 }]);
    const twin = { ...facts.sale([{ product, quantity: 3 }]) };
    twin.body.saleId = sale.body.saleId;
    node.append(unpaid, sale, twin);
    await tell();
    expect(await open()).toMatchObject([
      { module: 'ledger', code: 'unbalanced' },
      { module: 'orders', code: 'id-reused' },
    ]);
    const { items } = await centre.as.ledger.balances({ query: { storeId: node.storeId } });
    expect(items.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
    const order = await centre.as.order.show({ params: { id: sale.body.saleId } });
    expect(order).toMatchObject({ total: sale.body.total });
    expect(order.postings.find(({ account }) => account === 'store-cash')?.amount).toBe(sale.body.total);
  });
});
