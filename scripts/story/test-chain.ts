// A whole small chain for tests that tell a story: a real centre, a store with goods, and a real node that has enrolled and synced.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { enrolNode, type NodeOptions, startNode } from '#node/main';
import { client } from '#schema/client';
import { idMaker } from '#schema/values/id';
import { deviceContract } from '#schema/wire/device';
import { saleContract } from '#schema/wire/sale';
import { storeStockContract } from '#schema/wire/stock';
import { tillContract } from '#schema/wire/till';
import { voucherContract } from '#schema/wire/voucher';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { startTestCentre, type TestCentre, type TestCentreOptions } from '#sync-server/test-centre';

const makeId = idMaker(systemClock, randomBytes);

export interface Goods {
  sku: string;
  name: string;
  amount: number;
  dispensable?: boolean;
}

const usualGoods: Goods[] = [
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000 },
  { sku: 'TEH-MANIS', name: 'Teh manis', amount: 600_000 },
  { sku: 'AIR-600', name: 'Air 600 ml', amount: 500_000, dispensable: true },
];

export interface ChainOptions extends TestCentreOptions {
  /** Without water nothing happens by itself: no goods come in by a directive, and no dispenser becomes a fact by standing there. */
  water?: boolean;
}

export type Chain = Awaited<ReturnType<typeof startChain>>;
export type ChainNode = Awaited<ReturnType<Chain['startNode']>>;

export async function startChain({ water = true, ...options }: ChainOptions = {}) {
  const centre = await startTestCentre(options);
  const { storeId, productIds } = await furnish(centre, water);
  const folder = mkdtempSync(join(tmpdir(), 'lapak-chain-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { code } = await centre.as.store.createEnrolmentCode({ params: { id: storeId } });
  await enrolNode({ dataFolder: folder, serverUrl: centre.url, code, name: 'box 1' });
  return {
    centre,
    storeId,
    folder,
    productId: (sku: string) => productIds.get(sku) as string,
    startNode: (more: Partial<NodeOptions> = {}) => startChainNode({ dataFolder: folder, productIds, ...more }),
    /** One more store with a node of its own; nothing is sold from a dispenser there. */
    async startStore(name: string) {
      const elsewhere = mkdtempSync(join(tmpdir(), 'lapak-elsewhere-'));
      onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
      const store = await centre.as.store.createEnrolmentCode({ params: { id: await centre.addStore({ name }) } });
      await enrolNode({ dataFolder: elsewhere, serverUrl: centre.url, code: store.code, name: 'box 1' });
      return startChainNode({ dataFolder: elsewhere, productIds });
    },
  };
}

async function furnish({ as, addStore }: TestCentre, water: boolean) {
  const storeId = await addStore({ name: 'Warung Sari' });
  await as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
  const productIds = new Map<string, string>();
  for (const { sku, name, amount, dispensable = false } of usualGoods) {
    const id = makeId();
    productIds.set(sku, id);
    await as.product.create({ body: { id, sku, name, dispensable, price: { amount, currency: 'IDR' } } });
    if (!dispensable || !water) continue;
    await as.device.create({
      body: {
        id: makeId(),
        storeId,
        kind: 'dispenser',
        name: 'Water 1',
        slots: [{ slot: 0, productId: id }],
        link: { kind: 'virtual' },
      },
    });
    await as.inventory.direct({ body: { id: makeId(), storeId, productId: id, movement: 'receive', quantity: 50 } });
  }
  return { storeId, productIds };
}

async function startChainNode({ productIds, ...options }: NodeOptions & { productIds: ReadonlyMap<string, string> }) {
  const node = await startNode({ port: 0, logLevel: 'silent', demo: true, ...options });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= node.stop();
    return stopped;
  };
  onTestFinished(stop);
  const { token } = await client(tillContract, { baseUrl: node.url, fetch }).pair({ body: {} });
  const calls = { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) };
  const sale = client(saleContract, calls);
  const price = (sku: string): number | undefined => {
    const store = node.store.stores.current();
    return store && node.store.catalogue.priceBook(store).product(productIds.get(sku) as string)?.price.amount;
  };
  return {
    ...node,
    price,
    stop,
    token,
    sale,
    till: client(tillContract, calls),
    voucher: client(voucherContract, calls),
    stock: client(storeStockContract, calls),
    device: client(deviceContract, calls),
    /** Its dispenser has come down and stands there: until then nothing of it is sold or poured. */
    dispenserThere: () =>
      expect
        .poll(() => node.store.devices.list().map(({ state }) => state), { timeout: 20_000, interval: 20 })
        .toEqual(['online']),
    /** Sells for the exact money at today's prices, once there is one: products and prices come down each by themselves. */
    async sell(sku: string, quantity = 1) {
      const productId = productIds.get(sku) as string;
      await expect.poll(() => price(sku), { timeout: 20_000, interval: 20 }).toBeDefined();
      const total = (price(sku) ?? 0) * quantity;
      return sale.close({
        body: {
          id: makeId(),
          lines: [{ lineId: makeId(), productId, quantity }],
          tenders: [{ tenderId: makeId(), method: 'cash', tendered: total }],
          total,
          currency: 'IDR',
        },
      });
    },
  };
}
