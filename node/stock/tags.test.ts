// Tagged goods over real HTTP: what a reader sees at a shelf and in a fridge, as differences and as movements.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestNode, type TestNode } from '../test-node.ts';
import { checkBooks, checkRebuild, problemOf } from './test-books.ts';

/** Item 80614141123458 with the serials 6789, 6790 … */
const tag = (serial: number) => `3074257BF7194E4000${(0x001a85 + serial).toString(16).toUpperCase().padStart(6, '0')}`;
const strange = '30362550FC60AE4000000001';

describe('[INV-06] what readers of tags see', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode({
      products: [{ sku: 'JUS', name: 'Jus', amount: 2_500_000, barcodes: ['80614141123458'] }],
    });
    const lines = [{ lineId: node.makeId(), productId: node.productId('JUS'), quantity: 6, cost: 60_000 }];
    await node.goods.receive({ body: { id: node.makeId(), lines } });
  });
  afterAll(() => node.remove());

  const read = (place: string, effect: 'compare' | 'move', tags: string[], id = node.makeId()) =>
    node.tag.read({ body: { id, place, effect, tags } });
  const onHand = () => node.store.stock.level(node.productId('JUS')).onHand;

  it('a shelf: each tag once, however often and however written; differences to the read before and to the books', async () => {
    const first = await read('rak', 'compare', [tag(1), tag(2), tag(1).toLowerCase(), tag(3), strange, 'E280F302', strange]);
    expect(first).toEqual({
      id: first.id,
      place: 'rak',
      effect: 'compare',
      differences: [
        {
          productId: node.productId('JUS'),
          name: 'Jus',
          came: 3,
          gone: 0,
          moved: 0,
          here: 3,
          everywhere: 3,
          onHand: 6,
          difference: -3,
        },
      ],
      unknown: [{ gtin: '08999999990015', tags: 1 }],
      unreadable: [{ tag: 'E280F302', why: expect.stringContaining('24') }],
    });
    expect((await read('rak', 'compare', [tag(1), tag(3), tag(4)])).differences).toMatchObject([
      { came: 1, gone: 1, here: 3, moved: 0 },
    ]);
    expect(onHand()).toBe(6);
  });

  it('a fridge: what is gone was bought, what comes back was put back, and both only once', async () => {
    await read('kulkas', 'move', [tag(10), tag(11), tag(12)]);
    expect(onHand()).toBe(6);
    const id = node.makeId();
    const bought = await read('kulkas', 'move', [tag(10)], id);
    expect(bought.differences).toMatchObject([{ gone: 2, moved: -2, here: 1, onHand: 4 }]);
    expect(await read('kulkas', 'move', [tag(10)], id)).toEqual(bought);
    expect(await problemOf(read('kulkas', 'move', [], id))).toMatchObject({ status: 422, code: 'id-reused' });
    await read('kulkas', 'move', [tag(10)]);
    expect(onHand()).toBe(4);
    expect((await read('rak', 'compare', [tag(1), tag(3), tag(4), tag(11)])).differences).toMatchObject([{ came: 1, moved: 1 }]);
    expect(onHand()).toBe(5);
    const { items } = await node.stock.movements({ params: { productId: node.productId('JUS') } });
    expect(items.map(({ kind, quantity, reason, cost }) => [kind, quantity, reason, cost])).toEqual([
      ['adjust', 1, 'rak', null],
      ['adjust', -2, 'kulkas', -20_000],
      ['receive', 6, null, 60_000],
    ]);
    checkBooks(node);
    checkRebuild(node);
  });

  it('refuses what is no read, and changes nothing', async () => {
    const head = node.store.journal.head();
    expect(await problemOf(read('', 'compare', []))).toMatchObject({ status: 422, field: 'place' });
    expect(await problemOf(read('rak', 'sell' as never, []))).toMatchObject({ status: 422, field: 'effect' });
    expect(node.store.journal.head()).toEqual(head);
  });
});
