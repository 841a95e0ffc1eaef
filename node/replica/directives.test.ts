// What the centre asks, when it comes before the rows that it needs: rows of different shapes arrive in any order.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DirectiveAnswered, directiveAnswered } from '#schema/facts/directive-answered';
import { present } from '#schema/values/assert';
import type { DirectiveBodies, DirectiveKind } from '#schema/wire/stock';
import { startTestNode, type TestNode } from '../test-node.ts';
import type { Row } from './row-writer.ts';

let node: TestNode;
let storeId: string;
beforeAll(async () => {
  node = await startTestNode();
  storeId = present(node.store.stores.current(), 'the node has its store').id;
});
afterAll(() => node.remove());

/** Asks for these in one batch, in this order. */
function ask(...wishes: { [Kind in DirectiveKind]: { kind: Kind; body: DirectiveBodies[Kind] } }[DirectiveKind][]): string[] {
  const rows = wishes.map(({ kind, body }, index) => ({
    id: node.makeId(),
    store_id: storeId,
    kind,
    issued_at: node.store.now() + index,
    body: JSON.stringify(body),
  }));
  node.applyRows(
    'directives',
    rows.map((row) => ({ operation: 'insert', row })),
  );
  return rows.map(({ id }) => id);
}

/** As if the row had not come yet; gives back what lets it come. */
function keepAway(shape: 'products' | 'store', id: string): () => void {
  const table = shape === 'store' ? 'stores' : shape;
  const row = present(
    node.store.sqlite.prepare<[string], Row>(`SELECT * FROM ${table} WHERE id = ?`).get(id),
    `no ${shape} ${id}`,
  );
  node.applyRows(shape, [{ operation: 'delete', row }]);
  return () => node.applyRows(shape, [{ operation: 'insert', row }]);
}

const receive = (productId: string, quantity: number) => {
  const body = { movementId: node.makeId(), productId, movement: 'receive' as const, quantity };
  return { kind: 'stock.move' as const, body: { ...body, reason: null, cost: null, lotCode: null, expiresOn: null } };
};
const reserve = (productId: string, quantity: number, reservationId = node.makeId()) => ({
  kind: 'stock.reserve' as const,
  body: { reservationId, productId, quantity, expiresAt: null },
});

const release = (reservationId: string) => ({ kind: 'stock.release' as const, body: { reservationId } });

const isAnswered = (id: string) =>
  node.store.sqlite.prepare('SELECT 1 FROM answered_directives WHERE directive_id = ?').get(id) !== undefined;
const refusals = (): DirectiveAnswered[] =>
  node.store.sqlite
    .prepare<[string], { text: string }>('SELECT text FROM facts WHERE kind = ? ORDER BY generation, seq')
    .all(directiveAnswered.kind)
    .map(({ text }) => JSON.parse(text).body);
const levelOf = (productId: string) => node.store.stock.level(productId);

describe('directives', () => {
  it('[INV-03] refuses no goods for good while the receipt that brings them waits for its store', async () => {
    const water = node.productId('AIR-600');
    const before = levelOf(water).onHand;
    const storeComes = keepAway('store', storeId);
    const [receipt = '', reservation = '', impossible = ''] = ask(
      receive(water, 10),
      reserve(water, before + 8),
      release(node.makeId()),
    );
    await expect.poll(() => isAnswered(impossible)).toBe(true);
    expect([isAnswered(receipt), isAnswered(reservation)]).toEqual([false, false]);
    storeComes();
    await expect.poll(() => isAnswered(reservation)).toBe(true);
    expect(levelOf(water)).toEqual({ onHand: before + 10, reserved: before + 8 });
    expect(refusals().map(({ directiveId }) => directiveId)).toEqual([impossible]);
  });

  it('[INV-03] takes back an allotment that was taken back before it could be granted', async () => {
    const [tea, reservationId] = [node.productId('TEH-MANIS'), node.makeId()];
    const productComes = keepAway('products', tea);
    const [receipt = '', granted = '', takenBack = '', impossible = ''] = ask(
      receive(tea, 10),
      reserve(tea, 8, reservationId),
      release(reservationId),
      release(node.makeId()),
    );
    await expect.poll(() => isAnswered(impossible)).toBe(true);
    expect([receipt, granted, takenBack].map(isAnswered)).toEqual([false, false, false]);
    productComes();
    await expect.poll(() => isAnswered(takenBack)).toBe(true);
    expect(levelOf(tea)).toEqual({ onHand: 10, reserved: 0 });
  });

  it('[INV-03] goes on after a write that failed', async () => {
    const { journal } = node.store;
    const { write } = journal;
    const failed = vi.fn();
    journal.write = async () => {
      journal.write = write;
      failed();
      throw new Error('the disk is full');
    };
    const [first = ''] = ask(receive(node.productId('AIR-600'), 1));
    await expect.poll(() => failed.mock.calls.length).toBe(1);
    const [second = ''] = ask(receive(node.productId('AIR-600'), 1));
    await expect.poll(() => [first, second].map(isAnswered)).toEqual([true, true]);
  });
});
