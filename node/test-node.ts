// A real store node for tests: its own folder, SQLite, HTTP and virtual dispenser; its catalogue is put into the replica as a shape would.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { client } from '#schema/client';
import { textHash } from '#schema/facts/chain';
import { kindRules } from '#schema/rules/device';
import type { IssueMethod } from '#schema/rules/stock-issue';
import { present } from '#schema/values/assert';
import { idMaker, type MakeId } from '#schema/values/id';
import { countContract } from '#schema/wire/count';
import { storeCustomerContract } from '#schema/wire/customer';
import { deviceContract } from '#schema/wire/device';
import { draftContract } from '#schema/wire/draft';
import { goodsContract } from '#schema/wire/goods';
import { printContract } from '#schema/wire/print';
import { reportContract } from '#schema/wire/report';
import { reservationContract } from '#schema/wire/reservation';
import { returnContract } from '#schema/wire/return';
import { saleContract } from '#schema/wire/sale';
import type { ShapeName } from '#schema/wire/shape';
import { shiftContract } from '#schema/wire/shift';
import { STAFF_HEADER, storeStaffContract } from '#schema/wire/staff';
import { storeStockContract } from '#schema/wire/stock';
import { tagContract } from '#schema/wire/tag';
import { tillContract } from '#schema/wire/till';
import { voucherContract } from '#schema/wire/voucher';
import { randomBytes, systemClock } from './base/clock.ts';
import { type NodeOptions, type RunningNode, startNode } from './main.ts';
import type { RowChange } from './replica/row-writer.ts';
import { replicaTables } from './replica/tables.ts';

export interface TestProduct {
  sku: string;
  name: string;
  amount: number;
  barcodes?: string[];
  category?: string;
  dispensable?: boolean;
  quantityScale?: number;
  stockPolicy?: 'warn' | 'forbid';
  ageLimit?: number;
  issueMethod?: IssueMethod;
  lowStockAt?: number;
  pluCode?: string;
}

export interface TestPerson {
  name: string;
  role: 'cashier' | 'manager';
  pin: string;
  badge?: string;
}

export interface TestNodeOptions extends Partial<NodeOptions> {
  products?: TestProduct[];
  /** A store without them asks nobody to sign in. */
  staff?: TestPerson[];
  /** Rows that differ from the usual store in rupiah. */
  store?: Record<string, unknown>;
  tax?: { rate: number; inclusive: boolean };
}

const usualProducts: TestProduct[] = [
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000, barcodes: ['08991234567892'], category: 'Kopi' },
  { sku: 'TEH-MANIS', name: 'Teh manis', amount: 600_000, category: 'Teh' },
  { sku: 'ROTI-BAKAR', name: 'Roti bakar', amount: 1_150_000, category: 'Makanan' },
  { sku: 'AIR-600', name: 'Air 600 ml', amount: 500_000, category: 'Air', dispensable: true, stockPolicy: 'forbid' },
];

export type TestNode = Awaited<ReturnType<typeof startTestNode>>;

export async function startTestNode({ products = usualProducts, staff = [], store = {}, tax, ...options }: TestNodeOptions = {}) {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'lapak-node-'));
  const makeId = idMaker(systemClock, randomBytes);
  const node = await startNode({ port: 0, mqtt: { port: 0, tlsPort: 0 }, logLevel: 'silent', ...options, dataFolder });
  const isNew = node.store.stores.current() === undefined;
  if (isNew) fillReplicas(node, { products, store, ...(tax && { tax }) }, makeId);
  await node.store.devices.refresh();
  if (isNew) tellStandings(node, options.demo ?? false);
  if (isNew) await addStaff(node, staff, makeId);
  const token = await pairTill(node.url);
  const productId = (sku: string) =>
    present(
      node.store.sqlite.prepare<[string], { id: string }>('SELECT id FROM products WHERE sku = ?').get(sku),
      `no product ${sku}`,
    ).id;
  if (isNew) await stockDispensables(node, products, productId, makeId);
  const staffId = (name: string) =>
    present(
      node.store.people.list().find((person) => person.name === name),
      `nobody called ${name}`,
    ).id;
  return {
    ...node,
    dataFolder,
    token,
    makeId,
    productId,
    staffId,
    ...callsOf(node.url, token),
    /** The calls of another till that was paired. */
    at: (tillToken: string) => callsOf(node.url, tillToken),
    /** The calls of this till with this person signed in. */
    async signedIn(name: string, pin: string, tillToken = token) {
      const { staff: calls } = callsOf(node.url, tillToken);
      const session = await calls.signIn({ body: { staffId: staffId(name), pin } });
      return callsOf(node.url, tillToken, session.token);
    },
    /** Rows as they would come down from the centre. */
    applyRows: (shape: ShapeName, changes: RowChange[]) => applyRows(node, shape, changes),
    /** A price as it would come down from the centre. */
    setPrice(sku: string, amount: number) {
      const read = node.store.sqlite.prepare<[string], { id: string; version: number }>(
        'SELECT id, version FROM prices WHERE product_id = ?',
      );
      const { id, version } = present(read.get(productId(sku)), `no price of ${sku}`);
      applyRows(node, 'prices', [{ operation: 'update', row: { id, amount, version: version + 1 } }]);
    },
    offline: () => node.store.link.lost(),
    online: () => node.store.link.heard(),
    async remove() {
      await node.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The calls of a till, with somebody signed in or not. */
export function callsOf(baseUrl: string, tillToken: string, staffToken?: string) {
  const headers = { authorization: `Bearer ${tillToken}`, ...(staffToken !== undefined && { [STAFF_HEADER]: staffToken }) };
  const calls = { baseUrl, fetch, headers: () => headers };
  return {
    till: client(tillContract, calls),
    staff: client(storeStaffContract, calls),
    customer: client(storeCustomerContract, calls),
    draft: client(draftContract, calls),
    sale: client(saleContract, calls),
    return: client(returnContract, calls),
    shift: client(shiftContract, calls),
    report: client(reportContract, calls),
    print: client(printContract, calls),
    voucher: client(voucherContract, calls),
    stock: client(storeStockContract, calls),
    goods: client(goodsContract, calls),
    count: client(countContract, calls),
    tag: client(tagContract, calls),
    reservation: client(reservationContract, calls),
    device: client(deviceContract, calls),
  };
}

/** What a till sends to sell these, with the total that it would show. */
export function saleOf(
  node: TestNode,
  items: Record<string, number>,
  more: { id?: string; tendered?: number; total?: number } = {},
) {
  const store = present(node.store.stores.current(), 'the node has its store');
  const book = node.store.catalogue.priceBook(store);
  const lines = Object.entries(items).map(([sku, quantity]) => ({
    lineId: node.makeId(),
    productId: node.productId(sku),
    quantity,
  }));
  const priced = lines.map(({ productId, quantity }) => (book.product(productId)?.price.amount ?? 0) * quantity);
  const total = more.total ?? priced.reduce((sum, amount) => sum + amount, 0);
  return {
    id: more.id ?? node.makeId(),
    lines,
    tenders: [{ tenderId: node.makeId(), method: 'cash' as const, tendered: more.tendered ?? total }],
    total,
    currency: store.currency as string,
  };
}

async function pairTill(url: string): Promise<string> {
  const { token } = await client(tillContract, { baseUrl: url, fetch }).pair({ body: {} });
  return token;
}

// Cheaper than the centre's, so that tests need not wait: a hash says its own cost.
const quickPin = (pin: string) => hash(pin, { memoryCost: 1_024, timeCost: 1, parallelism: 1 });

async function addStaff(node: RunningNode, people: TestPerson[], makeId: MakeId): Promise<void> {
  const rows = people.map(async ({ name, role, pin, badge }) => ({
    operation: 'insert' as const,
    row: {
      id: makeId(),
      store_id: node.store.stores.current()?.id,
      name,
      role,
      pin_hash: await quickPin(pin),
      badge_hash: badge === undefined ? null : textHash(badge),
      active: 1,
    },
  }));
  applyRows(node, 'staff', await Promise.all(rows));
}

/** As half a minute after the start, when the first fact of a device comes by itself: in a slow test that would be between two looks at the journal. */
function tellStandings({ store }: RunningNode, isDemo: boolean): void {
  const write = store.sqlite.prepare(
    'INSERT INTO device_standings (device_id, state, reason, firmware, config_version) VALUES (?, ?, ?, ?, ?)',
  );
  const told = isDemo ? ['online', null, '1.0.0', 1] : ['offline', 'no-key', null, null];
  for (const { id } of store.devices.list()) write.run(id, ...told);
}

async function stockDispensables(
  { store }: RunningNode,
  products: TestProduct[],
  productId: (sku: string) => string,
  makeId: MakeId,
) {
  const { moveStock } = await import('./stock/commands.ts');
  for (const { sku, stockPolicy } of products)
    if (stockPolicy === 'forbid')
      await store.journal.write((commit) =>
        moveStock(commit, { id: makeId(), productId: productId(sku), movement: 'receive', quantity: 100 }, store),
      );
}

function applyRows(node: RunningNode, shape: ShapeName, changes: RowChange[]): void {
  const table = present(
    replicaTables.find((replica) => replica.shape === shape),
    `no shape ${shape}`,
  );
  const { replica } = node.store;
  if (!replica.cursor(table)) replica.restart(table);
  replica.apply(table, changes, { handle: 'test', offset: '0_0', complete: true });
}

/** A device as the centre's shape has it. */
export const dispenserRow = (row: { id: string; store_id: string; slots: string } & Record<string, unknown>) => ({
  kind: 'dispenser',
  number: 7,
  name: 'Water 1',
  link: JSON.stringify({ kind: 'virtual' }),
  config: JSON.stringify(kindRules.dispenser.config),
  config_version: 1,
  key_number: 0,
  archived: 0,
  ...row,
});

function fillReplicas(
  node: RunningNode,
  { products, store, tax }: Pick<TestNodeOptions, 'products' | 'store' | 'tax'>,
  makeId: MakeId,
): void {
  const storeId = makeId();
  const insert = (shape: ShapeName, rows: Record<string, unknown>[]) =>
    applyRows(
      node,
      shape,
      rows.map((row) => ({ operation: 'insert', row })),
    );
  const row = {
    id: storeId,
    code: 'warung-sari',
    name: 'Warung Sari',
    country: 'ID',
    currency: 'IDR',
    time_zone: 'Asia/Jakarta',
    address: 'Jl. Merdeka 1, Bogor',
    environment: 'demo',
    settings: JSON.stringify({ languages: ['en', 'id', 'sv'], receiptFooter: 'Terima kasih' }),
    ...store,
  };
  insert('store', [row]);
  const taxRow = {
    id: makeId(),
    country: row.country,
    tax_class: 'standard',
    name: 'PPN',
    rate: 1_100,
    inclusive: 1,
    version: 1,
  };
  insert('tax-rates', [{ ...taxRow, ...(tax && { rate: tax.rate, inclusive: tax.inclusive ? 1 : 0 }) }]);
  const categoryIds = new Map(
    [...new Set((products ?? []).map(({ category }) => category ?? 'Lain'))].map((name) => [name, makeId()]),
  );
  insert(
    'categories',
    [...categoryIds].map(([name, id], position) => ({ id, parent_id: null, name, position, archived: 0 })),
  );
  const known = (products ?? []).map((product) => ({ ...product, id: makeId() }));
  insert(
    'products',
    known.map((product, position) => ({
      id: product.id,
      sku: product.sku,
      name: product.name,
      category_id: categoryIds.get(product.category ?? 'Lain'),
      unit: 'pcs',
      quantity_scale: product.quantityScale ?? 0,
      tax_class: 'standard',
      dispensable: product.dispensable ? 1 : 0,
      stock_policy: product.stockPolicy ?? 'warn',
      age_limit: product.ageLimit ?? null,
      issue_method: product.issueMethod ?? 'fifo',
      low_stock_at: product.lowStockAt ?? null,
      plu_code: product.pluCode ?? null,
      position,
      archived: 0,
    })),
  );
  insert('availability', []);
  insert(
    'barcodes',
    known.flatMap(({ id, barcodes = [] }) => barcodes.map((code) => ({ code, product_id: id }))),
  );
  insert(
    'prices',
    known.map(({ id, amount }) => ({ id: makeId(), product_id: id, currency: row.currency, amount, version: 1 })),
  );
  const slots = known.filter(({ dispensable }) => dispensable).map(({ id }, slot) => ({ slot, productId: id }));
  insert('devices', slots.length === 0 ? [] : [dispenserRow({ id: makeId(), store_id: storeId, slots: JSON.stringify(slots) })]);
  insert('customers', []);
  insert('directives', []);
}
