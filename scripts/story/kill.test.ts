// A thousand sales with the centre gone and the node killed ten times among them: each acknowledged sale is there exactly once, on both
// sides, in the chain, in stock and in the books.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { enrolNode } from '#node/main';
import { client, UnreachableError } from '#schema/client';
import { idMaker } from '#schema/values/id';
import { identityContract } from '#schema/wire/identity';
import { ledgerContract } from '#schema/wire/ledger';
import { nodeContract } from '#schema/wire/node';
import { orderContract } from '#schema/wire/order';
import { productContract, taxRateContract } from '#schema/wire/product';
import { type CloseSale, saleContract } from '#schema/wire/sale';
import { inventoryContract, storeStockContract } from '#schema/wire/stock';
import { storeContract } from '#schema/wire/store';
import { tillContract } from '#schema/wire/till';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { startCentre } from '#sync-server/main';
import { built, lapak, type Program, startProgram, waitForAnswer } from './test-processes.ts';

const SALES = 1_000;
const KILLS = 10;
const TILLS = 4;
const makeId = idMaker(systemClock, randomBytes);
const admin = { login: 'admin', password: 'a long enough password' };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

it('[SYN-02] [SYN-03] [SYN-08] no acknowledged sale is lost or doubled by ten kills and a centre that was away', {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const nodeFolder = join(folder, 'node');
  const centreOptions = { dataFolder: join(folder, 'centre'), port: await freePort(), admin, log: silent };
  let centre = await startCentre(centreOptions);
  onTestFinished(() => centre.stop());
  const signedIn = async () => {
    const { token } = await client(identityContract, { baseUrl: centre.url, fetch }).login({ body: admin });
    return { baseUrl: centre.url, fetch, timeoutMs: 60_000, headers: () => ({ authorization: `Bearer ${token}` }) };
  };
  const { storeId, productId } = await furnish(await signedIn());
  const { code } = await client(storeContract, await signedIn()).createEnrolmentCode({ params: { id: storeId } });
  await enrolNode({ dataFolder: nodeFolder, serverUrl: centre.url, code, name: 'box 1' });

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startNode = async (): Promise<Program> => {
    const program = startProgram(process.execPath, [
      built('cli/main.js'),
      'node',
      'start',
      '--node-port',
      String(port),
      '--data-folder',
      nodeFolder,
    ]);
    await waitForAnswer(`${url}/readyz`, program);
    return program;
  };
  let node = await startNode();
  const { token } = await client(tillContract, { baseUrl: url, fetch }).pair({ body: {} });
  const till = { baseUrl: url, fetch, timeoutMs: 5_000, headers: () => ({ authorization: `Bearer ${token}` }) };
  const priced = async () => (await client(tillContract, till).products({ query: {} })).items[0]?.price.amount;
  await expect.poll(priced, { timeout: 20_000 }).toBe(600_000);
  await centre.stop();

  const acknowledged = new Map<string, string>();
  const wishes = Array.from({ length: SALES }, () => wish(productId));
  const killAfter = new Set(Array.from({ length: KILLS }, (_, kill) => Math.floor(((kill + 0.5) * SALES) / KILLS)));
  let restarting = Promise.resolve();
  const killAndRestart = async () => {
    await node.kill('SIGKILL');
    node = await startNode();
  };
  const sellUntilAcknowledged = async (body: CloseSale): Promise<void> => {
    for (;;) {
      await restarting;
      try {
        const sale = await client(saleContract, till).close({ body });
        acknowledged.set(sale.id, sale.receipt);
        // Among other sales that are under way, not after them.
        if (killAfter.delete(acknowledged.size)) restarting = killAndRestart();
        return;
      } catch (error) {
        // No answer, as a till sees a killed node: it asks again with the same id.
        if (!(error instanceof UnreachableError)) throw error;
      }
    }
  };
  await Promise.all(
    Array.from({ length: TILLS }, async () => {
      for (let body = wishes.pop(); body; body = wishes.pop()) await sellUntilAcknowledged(body);
    }),
  );
  await restarting;
  expect(killAfter.size).toBe(0);
  expect(acknowledged.size).toBe(SALES);
  const receipts = [...acknowledged.values()].toSorted();
  expect(receipts).toEqual(receipts.map((_, index) => `T1A-${String(index + 1).padStart(6, '0')}`));

  centre = await startCentre(centreOptions);
  const machine = {
    ...till,
    headers: () => ({ authorization: `Bearer ${readFileSync(join(nodeFolder, 'machine.token'), 'utf8')}` }),
  };
  const status = () => client(nodeContract, machine).status({});
  await expect.poll(async () => (await status()).sync.waiting, { timeout: 90_000, interval: 200 }).toBe(0);
  const as = await signedIn();
  const orders = new Map<string, string | null>();
  const readOrders = async () => {
    orders.clear();
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof client<typeof orderContract>>['list']>> = await client(
        orderContract,
        as,
      ).list({
        query: { limit: '500', ...(after !== null && { after }) },
      });
      for (const order of page.items) orders.set(order.id, order.receipt);
      after = page.next;
    } while (after !== null);
    return orders.size;
  };
  await expect.poll(readOrders, { timeout: 60_000, interval: 200 }).toBe(SALES);
  expect(Object.fromEntries(orders)).toEqual(Object.fromEntries(acknowledged));

  const audit = await lapak(['audit', 'verify', '--json', '--data-folder', nodeFolder], {
    LAPAK_CONFIG_DIR: join(folder, 'config'),
  });
  expect(audit.code, audit.out + audit.err).toBe(0);
  expect(JSON.parse(audit.out)).toMatchObject({ ok: true, result: { facts: SALES, problems: [], unwitnessed: null } });
  const here = await client(storeStockContract, till).levels({ query: {} });
  const there = await client(inventoryContract, as).levels({ params: { storeId }, query: {} });
  expect(here.items.map(({ onHand, reserved }) => ({ onHand, reserved }))).toEqual([{ onHand: -SALES, reserved: 0 }]);
  expect(there.items.map(({ onHand, reserved }) => ({ onHand, reserved }))).toEqual([{ onHand: -SALES, reserved: 0 }]);
  const { items: balances } = await client(ledgerContract, as).balances({ query: { storeId } });
  expect(balances.find(({ account }) => account === 'store-cash')?.balance).toBe(SALES * 600_000);
  expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
});

function wish(productId: string): CloseSale {
  const lines = [{ lineId: makeId(), productId, quantity: 1 }];
  const tenders = [{ tenderId: makeId(), method: 'cash' as const, tendered: 600_000 }];
  return { id: makeId(), lines, tenders, total: 600_000, currency: 'IDR' };
}

async function furnish(as: Parameters<typeof client>[1]) {
  const storeId = makeId();
  const productId = makeId();
  await client(storeContract, as).create({
    body: {
      id: storeId,
      code: 'warung-sari',
      name: 'Warung Sari',
      country: 'ID',
      currency: 'IDR',
      timeZone: 'Asia/Jakarta',
      language: 'id',
    },
  });
  await client(taxRateContract, as).set({
    body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true },
  });
  await client(productContract, as).create({
    body: { id: productId, sku: 'TEH-MANIS', name: 'Teh manis', price: { amount: 600_000, currency: 'IDR' } },
  });
  return { storeId, productId };
}
