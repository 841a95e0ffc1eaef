// The folder of a store with any number of dispensers, each with a product and a key of its own: for soaks and benches that start its node
// as a process.
import { databaseFile } from '#node/base/data-folder';
import { openSqlite } from '#node/base/sqlite';
import { callsOf, dispenserRow, startTestNode } from '#node/test-node';
import type { DeviceLink, PouringConfig } from '#schema/rules/device';
import { present } from '#schema/values/assert';
import type { MakeId } from '#schema/values/id';
import type { DeviceSettings } from '#schema/wire/dispenser';

export interface FurnishedDispenser {
  id: string;
  number: number;
  rootKey: Uint8Array;
  productId: string;
}

export interface PouringShop {
  folder: string;
  storeCode: string;
  token: string;
  makeId: MakeId;
  dispensers: FurnishedDispenser[];
}

const firstNumber = 1_001;
const PRICE = 500_000;
/** As the node is told, and as its dispensers begin before it tells them. */
const config: PouringConfig = {
  vendsAlone: true,
  askWaitMs: 1_500,
  armMs: 50,
  // A machine that is busy is no jam, and what falls late on it fell.
  motorMaxMs: 30_000,
  dropWaitMs: 10_000,
  lateDropMs: 500,
};

export const patientSettings: Partial<DeviceSettings> = { ...config, vendsAlone: 'yes' };

interface Wish {
  folder: string;
  count: number;
  linkOf: (at: number) => DeviceLink;
}

export async function furnishPouring({ folder, count, linkOf }: Wish): Promise<PouringShop> {
  const skus = Array.from({ length: count }, (_, at) => `AIR-${at}`);
  const products = skus.map((sku) => ({ sku, name: sku, amount: PRICE, dispensable: true }));
  const node = await startTestNode({ dataFolder: folder, products });
  const store = present(node.store.stores.current(), 'the store');
  const first = present(node.store.dispensers.all()[0], 'the usual dispenser');
  const dispensers = skus.map((sku, at) => ({
    id: node.makeId(),
    number: firstNumber + at,
    rootKey: new Uint8Array(32).fill(at + 1),
    productId: node.productId(sku),
  }));
  const rows = dispensers.map(({ id, number, productId }, at) =>
    dispenserRow({
      id,
      store_id: store.id,
      number,
      name: `Water ${at + 1}`,
      slots: JSON.stringify([{ slot: 0, productId }]),
      link: JSON.stringify(linkOf(at)),
      config: JSON.stringify(config),
    }),
  );
  node.applyRows('devices', [
    { operation: 'update', row: { id: first.id, archived: 1 } },
    ...rows.map((row) => ({ operation: 'insert' as const, row })),
  ]);
  for (const { id, rootKey } of dispensers) node.store.dispensers.pair(id, 'paired', rootKey, 0);
  const { token, makeId } = node;
  await node.stop();
  return { folder, storeCode: store.code, token, makeId, dispensers };
}

type ShopCalls = ReturnType<typeof callsOf>;

export const shopCalls = (url: string, { token }: PouringShop): ShopCalls => callsOf(url, token);

/** What a till sends to sell so many of what a dispenser pours. */
export function saleFor({ makeId }: PouringShop, { productId }: FurnishedDispenser, quantity: number) {
  const total = quantity * PRICE;
  return {
    id: makeId(),
    lines: [{ lineId: makeId(), productId, quantity }],
    tenders: [{ tenderId: makeId(), method: 'cash' as const, tendered: total }],
    total,
    currency: 'IDR',
  };
}

interface VoucherRow {
  dispenserId: string;
  serial: number;
  state: string;
}

/** As the node's disk has it; the node may be running. */
export function readShop({ folder }: PouringShop) {
  const sqlite = openSqlite(databaseFile(folder), { readonly: true });
  try {
    const vouchers = sqlite.prepare<[], VoucherRow>('SELECT dispenser_id AS dispenserId, serial, state FROM vouchers').all();
    const levels = sqlite.prepare<[], { onHand: number }>('SELECT sum(on_hand) AS onHand FROM stock_levels').all();
    return { vouchers, onHand: levels[0]?.onHand ?? 0 };
  } finally {
    sqlite.close();
  }
}
