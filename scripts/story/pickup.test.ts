// Bought elsewhere, poured here: a pickup goes from the centre to a store and comes out of its dispenser.
import { expect, it } from 'vitest';
import { dumpProjections, rebuild } from '#node/journal/rebuild';
import { projectionsOf } from '#node/store';
import { startChain } from './test-chain.ts';

const soon = { timeout: 20_000, interval: 20 };

it('[ORD-12] a pickup becomes vouchers at its store, all or none, and is done when the dispenser has poured them', async () => {
  const chain = await startChain();
  const { as, makeId } = chain.centre;
  const node = await chain.startNode();
  const productId = chain.productId('AIR-600');
  await expect.poll(() => node.store.stock.level(productId).onHand, soon).toBe(50);
  await node.dispenserThere();
  const create = async (quantity: number) => {
    const body = { id: makeId(), storeId: chain.storeId, reference: 'WEB-7', lines: [{ productId, quantity }] };
    return (await as.pickup.create({ body })).id;
  };
  const show = (id: string) => as.pickup.show({ params: { id } });

  const id = await create(2);
  await expect.poll(async () => (await show(id)).state, soon).toBe('ready');
  expect(node.store.stock.level(productId)).toEqual({ onHand: 50, reserved: 2 });
  const [device] = (await node.device.list({})).items;
  for (const { voucherId } of (await show(id)).units) {
    const { code } = await node.voucher.show({ params: { id: voucherId } });
    const poured = await node.device.scan({ params: { id: device?.id ?? '' }, body: { code: code ?? '' } });
    expect(poured).toMatchObject({ outcome: 'ok' });
  }
  await expect.poll(async () => (await show(id)).state, soon).toBe('done');
  expect(node.store.stock.level(productId)).toEqual({ onHand: 48, reserved: 0 });

  // More than there is, of a product that is sold only while there is some: nothing of it is minted.
  node.store.sqlite.prepare(`UPDATE products SET stock_policy = 'forbid' WHERE id = ?`).run(productId);
  const tooMany = await create(49);
  await expect.poll(async () => (await show(tooMany)).state, soon).toBe('refused');
  expect(await show(tooMany)).toMatchObject({ code: 'out-of-stock' });
  expect((await show(tooMany)).units.every(({ state }) => state === null)).toBe(true);
  expect(node.store.stock.level(productId)).toEqual({ onHand: 48, reserved: 0 });

  const before = dumpProjections(node.store.sqlite, projectionsOf(node.store.sqlite));
  rebuild(node.store.sqlite, projectionsOf(node.store.sqlite));
  expect(dumpProjections(node.store.sqlite, projectionsOf(node.store.sqlite))).toEqual(before);
}, 60_000);

it('[ORD-12] a unit gets another voucher only when nothing comes out for the one before', async () => {
  const chain = await startChain();
  const { as, makeId } = chain.centre;
  const node = await chain.startNode();
  const productId = chain.productId('AIR-600');
  await expect.poll(() => node.store.stock.level(productId).onHand, soon).toBe(50);
  await node.dispenserThere();
  const body = { id: makeId(), storeId: chain.storeId, reference: 'WEB-8', lines: [{ productId, quantity: 1 }] };
  const { id } = await as.pickup.create({ body });
  const show = () => as.pickup.show({ params: { id } });
  await expect.poll(async () => (await show()).state, soon).toBe('ready');
  const [unit] = (await show()).units;
  const mint = (replaces: string | null) =>
    node.store.journal.write((commit) => node.store.mintUnits(commit, makeId(), [{ voucherId: makeId(), productId, replaces }]));
  expect(await mint(unit?.voucherId ?? '')).toMatchObject({ code: 'voucher-in-use' });
  expect(await mint(makeId())).toMatchObject({ code: 'unknown-voucher' });
  await node.voucher.cancel({ params: { id: unit?.voucherId ?? '' } });
  await expect.poll(async () => (await show()).state, soon).toBe('lapsed');
  await as.pickup.again({ params: { id }, body: { id: makeId() } });
  await expect.poll(async () => (await show()).state, soon).toBe('ready');
  expect((await show()).units[0]?.voucherId).not.toBe(unit?.voucherId);
}, 60_000);
