// Goods that are set aside, over real HTTP: not sold to anybody else, given back by themselves, and an allotment only by the centre.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#schema/values/clock';
import { systemClock } from '../base/clock.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { checkBooks, checkRebuild, problemOf } from './test-books.ts';

describe('[INV-03] goods that are set aside', () => {
  let node: TestNode;
  let aheadMs = 0;
  const clock: Clock = { now: () => systemClock.now() + aheadMs, after: systemClock.after };
  beforeAll(async () => {
    const products = [{ sku: 'KARTU', name: 'Kartu', amount: 5_000_000, stockPolicy: 'forbid' as const }];
    node = await startTestNode({ products, clock });
  });
  afterAll(() => node.remove());

  const level = () => node.store.stock.level(node.productId('KARTU'));
  const reserve = (quantity: number, id = node.makeId()) =>
    node.reservation.reserve({ body: { id, productId: node.productId('KARTU'), quantity, note: 'Ibu Rina', minutes: 30 } });

  it('are not available to anybody else, once for each id, and are given back once', async () => {
    const id = node.makeId();
    const first = await reserve(60, id);
    expect(first).toMatchObject({ quantity: 60, purpose: 'customer', note: 'Ibu Rina', released: null });
    expect(await reserve(60, id)).toEqual(first);
    expect(await problemOf(reserve(61, id))).toMatchObject({ status: 422, code: 'id-reused' });
    expect(level()).toEqual({ onHand: 100, reserved: 60 });
    expect(await problemOf(reserve(41))).toMatchObject({ status: 409, code: 'out-of-stock', facts: { available: 40 } });
    expect(await problemOf(node.sale.close({ body: saleOf(node, { KARTU: 41 }) }))).toMatchObject({ code: 'out-of-stock' });
    for (let times = 0; times < 2; times++)
      expect(await node.reservation.release({ params: { id } })).toMatchObject({ released: 'cancelled' });
    expect(level()).toEqual({ onHand: 100, reserved: 0 });
    expect(await problemOf(node.reservation.release({ params: { id: node.makeId() } }))).toMatchObject({ status: 404 });
  });

  it('the last of them are set aside or sold once, however many ask at once', async () => {
    await reserve(99);
    const asked = await Promise.allSettled([reserve(1), node.sale.close({ body: saleOf(node, { KARTU: 1 }) }), reserve(1)]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { onHand, reserved } = level();
    expect(onHand - reserved).toBe(0);
  });

  it('are given back by themselves when their time is over', async () => {
    aheadMs = 31 * 60_000;
    expect((await node.store.giveBackOverdue()).ok).toBe(true);
    expect(level().reserved).toBe(0);
    expect((await node.reservation.list({})).items).toEqual([]);
    checkBooks(node);
    checkRebuild(node);
  });
});
