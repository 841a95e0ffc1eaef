// The spine told as stories, with a real centre and a real node: a sale reaches the ledger, a price reaches the till, a voucher is poured.
import { describe, expect, it } from 'vitest';
import { dumpProjections } from '#node/journal/rebuild';
import { projectionsOf } from '#node/store';
import { startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };

describe('the spine', () => {
  it('[SYN-03] [PAY-12] a sale at the till becomes an order, stock and balanced books at the centre', async () => {
    const chain = await startChain();
    const node = await chain.startNode();
    await expect.poll(() => node.price('KOPI-SUSU'), soon).toBe(1_800_000);
    const sale = await node.sell('KOPI-SUSU', 2);
    const find = async () => (await chain.centre.as.order.list({ query: { receipt: sale.receipt } })).items[0];
    await expect.poll(find, soon).toMatchObject({ id: sale.id, total: 3_600_000, state: 'completed' });
    const order = await chain.centre.as.order.show({ params: { id: sale.id } });
    expect(order.postings.reduce((sum, posting) => sum + posting.amount, 0)).toBe(0);
    const levels = await chain.centre.as.inventory.levels({ params: { storeId: chain.storeId }, query: {} });
    expect(levels.items.find(({ productId }) => productId === chain.productId('KOPI-SUSU'))).toMatchObject({ onHand: -2 });
    await expect.poll(() => node.store.link.state().waiting, soon).toBe(0);
  });

  it('[PRD-09] [SYN-04] a price set at the centre is at the till at once; set while the node was off, it is there after its start', async () => {
    const chain = await startChain();
    const first = await chain.startNode();
    await expect.poll(() => first.price('KOPI-SUSU'), soon).toBe(1_800_000);
    const setPrice = (amount: number) =>
      chain.centre.as.product.setPrice({ params: { id: chain.productId('KOPI-SUSU') }, body: { amount, currency: 'IDR' } });
    await setPrice(1_900_000);
    await expect.poll(() => first.price('KOPI-SUSU'), soon).toBe(1_900_000);
    await first.stop();
    await setPrice(2_000_000);
    const second = await chain.startNode();
    await expect.poll(() => second.price('KOPI-SUSU'), soon).toBe(2_000_000);
  });

  it('[DSP-01] [INV-01] [OPS-03] a directive receives goods, a paid water is poured once, and both sides agree on stock', async () => {
    const chain = await startChain();
    const node = await chain.startNode();
    const water = chain.productId('AIR-600');
    await expect.poll(() => node.store.stock.level(water).onHand, soon).toBe(50);
    await node.dispenserThere();
    const sale = await node.sell('AIR-600');
    const [dispenser] = (await node.device.list({})).items;
    const code = sale.vouchers[0]?.code ?? '';
    expect(await node.device.scan({ params: { id: dispenser?.id ?? '' }, body: { code } })).toMatchObject({ outcome: 'ok' });
    expect(node.store.stock.level(water)).toEqual({ onHand: 49, reserved: 0 });
    const levels = async () =>
      (await chain.centre.as.inventory.levels({ params: { storeId: chain.storeId }, query: {} })).items.find(
        ({ productId }) => productId === water,
      );
    await expect.poll(levels, soon).toMatchObject({ onHand: 49, reserved: 0 });
    await node.voucher.pause({ params: { id: dispenser?.id ?? '' }, body: { paused: true } });
    const glance = async () => (await chain.centre.as.deviceStatus.glance()).items;
    await expect
      .poll(glance, soon)
      .toMatchObject([{ pours: { today: { ok: 1, failed: 0, uncertain: 0 }, week: { ok: 1 } }, paused: { by: null } }]);
    await expect.poll(async () => (await chain.centre.as.order.show({ params: { id: sale.id } })).state, soon).toBe('completed');
  });

  it('[SYN-01] [SYN-03] what was sold while the centre was away arrives when it is back, in order and once', async () => {
    const chain = await startChain();
    let down = false;
    const node = await chain.startNode({
      fetch: (input, init) => (down ? Promise.reject(new TypeError('no network')) : fetch(input, init)),
    });
    await expect.poll(() => node.price('TEH-MANIS'), soon).toBe(600_000);
    down = true;
    for (let count = 0; count < 30; count++) await node.sell('TEH-MANIS');
    // What was asked before the link broke may still be answered.
    await expect.poll(() => node.store.link.state().link, soon).toBe('offline');
    expect(node.store.link.state().waiting).toBeGreaterThanOrEqual(30);
    down = false;
    await expect.poll(() => node.store.link.state().waiting, { timeout: 20_000, interval: 50 }).toBe(0);
    await chain.centre.settle();
    const orders = await chain.centre.as.order.list({ query: { limit: '100' } });
    expect(new Set(orders.items.map(({ receipt }) => receipt)).size).toBe(30);
    expect(Object.keys(dumpProjections(node.store.sqlite, projectionsOf(node.store.sqlite)))).toContain('sales');
  });
});
