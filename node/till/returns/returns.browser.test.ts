// Goods that come back, in a real browser on a real node: by the receipt's code, never twice, never what was poured.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textHash } from '#schema/facts/chain';
import { present } from '#schema/values/assert';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping returns.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const kopi = '8991234567892';
const products = [
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000, barcodes: [`0${kopi}`] },
  { sku: 'TEH-MANIS', name: 'Teh manis', amount: 600_000 },
  { sku: 'KULKAS', name: 'Kulkas', amount: 20_000_000 },
  { sku: 'AIR-600', name: 'Air 600 ml', amount: 500_000, dispensable: true, stockPolicy: 'forbid' as const },
];
const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;

let browser: Browser;
let node: TestNode;
let calls: Awaited<ReturnType<TestNode['signedIn']>>;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  const settings = JSON.stringify({ languages: ['en', 'id', 'sv'], cardTerminal: true });
  [browser, node] = await Promise.all([
    launchBrowser(),
    startTestNode({ products, staff: [...staff], demo: true, store: { settings } }),
  ]);
  const { store, makeId } = node;
  const id = makeId();
  store.sqlite.prepare("INSERT INTO tills (id, code, name, paired_at) VALUES (?, 'T2', 'Till 2', 0)").run(id);
  store.sqlite.prepare('INSERT INTO till_tokens (token_hash, till_id, created_at) VALUES (?, ?, 0)').run(textHash('second'), id);
  calls = await node.signedIn('Citra', '999999', 'second');
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

async function openReturns(): Promise<TillPage> {
  const till = await openTill(browser, node.url);
  opened.push(till);
  const { page } = till;
  await signIn(till, 'Ayu', '111111');
  await till.tile('KOPI-SUSU').waitFor();
  await page.keyboard.press('F6');
  await page.waitForSelector('.return-find');
  return till;
}

/** Sold at the second till: at one till one person is signed in. */
const sell = (items: Record<string, number>) => calls.sale.close({ body: saleOf(node, items) });

const chosen = ({ page }: TillPage) => page.locator('.return-line output').allTextContents();
const choose = ({ page }: TillPage, name: string) => page.getByRole('button', { name, exact: true }).click();
const given = ({ text }: TillPage) => text('.return-taken .done-change strong');

check(
  '[ORD-14] a scanned receipt and a scanned item: money back once, goods back to stock, never more than was bought',
  async () => {
    const sale = await sell({ 'KOPI-SUSU': 2, 'TEH-MANIS': 1 });
    const { available } = present(
      (await calls.till.products({ query: { ids: node.productId('KOPI-SUSU') } })).items[0],
      'coffee',
    );
    const till = await openReturns();
    const { page, scan, lines, text } = till;
    await scan(sale.receipt);
    await page.waitForSelector('.return-line');
    await scan(kopi);
    await expect.poll(() => chosen(till)).toEqual(['1', '0']);
    for (const code of [kopi, kopi]) {
      await page.waitForTimeout(200);
      await scan(code);
    }
    expect(await chosen(till)).toEqual(['2', '0']);
    expect(await lines()).toEqual([]);
    await choose(till, 'Return one less Kopi susu');
    expect(await text('#return-note')).toBe('Choose a reason');
    await choose(till, 'Changed mind');
    await page.keyboard.press('F9');
    await page.waitForSelector('.return-taken');
    expect(await given(till)).toBe('Rp 18.000');
    const found = await calls.return.find({ params: { receipt: sale.receipt } });
    expect(found.lines.map(({ returned }) => returned)).toEqual([1, 0]);
    const now = await calls.till.products({ query: { ids: node.productId('KOPI-SUSU') } });
    expect(now.items[0]?.available).toBe(available + 1);
    await choose(till, 'Next return');
    await page.fill('.return-find input', sale.receipt.toLowerCase());
    await page.keyboard.press('Enter');
    await page.waitForSelector('.return-line');
    expect(await text('.return-line:first-child')).toContain('1 came back');
    await choose(till, 'Return one more Kopi susu');
    expect(await page.getByRole('button', { name: 'Return one more Kopi susu' }).getAttribute('aria-disabled')).toBe('true');
  },
);

check('[IAM-07] a refund beyond the seller’s limit waits for a manager; what is damaged does not go back to stock', async () => {
  const sale = await sell({ KULKAS: 1 });
  const till = await openReturns();
  const { page, scan, text } = till;
  await scan(sale.receipt);
  await page.waitForSelector('.return-line');
  await choose(till, 'Return one more Kulkas');
  await choose(till, 'Damaged');
  const body = page.waitForRequest((request) => request.url().endsWith('/api/v1/returns') && request.method() === 'POST');
  await page.locator('.return-button').click();
  expect((await body).postDataJSON().lines).toMatchObject([{ quantity: 1, restock: false }]);
  await page.waitForSelector('.approval-what');
  expect(await text('.approval-what')).toContain('200.000');
  await page.keyboard.press('Escape');
  expect(await chosen(till)).toEqual(['1']);
  await page.locator('.return-button').click();
  await page.waitForSelector('.approval-what');
  await scan('LBCITRA01');
  await page.waitForSelector('.return-taken');
  expect(await given(till)).toBe('Rp 200.000');
});

check('[ORD-14] a used voucher cannot return; an open one is cancelled before money goes back', async () => {
  const sale = await sell({ 'AIR-600': 2 });
  const [first] = sale.vouchers;
  await calls.device.scan({
    params: { id: present(first, 'a voucher').dispenserId },
    body: { code: present(first?.code, 'a code') },
  });
  const till = await openReturns();
  const { page, scan, text } = till;
  await scan(sale.receipt);
  await page.waitForSelector('.return-line');
  expect(await text('.return-line')).toContain('its open voucher is cancelled');
  await choose(till, 'Return one more Air 600 ml');
  expect(await page.getByRole('button', { name: 'Return one more Air 600 ml' }).getAttribute('aria-disabled')).toBe('true');
  await choose(till, 'Other');
  await page.keyboard.press('F9');
  await page.waitForSelector('.return-taken');
  const after = await calls.sale.show({ params: { id: sale.id } });
  expect(after.vouchers.map(({ state }) => state).sort()).toEqual(['dispensed', 'voided']);
  await choose(till, 'Next return');
  await scan(sale.receipt);
  await page.waitForSelector('.return-why');
  expect(await text('.return-why')).toContain('cannot return');
});

check('[ORD-14] a refund goes by the tender taken: the card gets its part back, cash the rest', async () => {
  const body = saleOf(node, { 'KOPI-SUSU': 1, 'TEH-MANIS': 1 });
  const tenders = [
    { tenderId: node.makeId(), method: 'card' as const, amount: 2_000_000, reference: '4711' },
    { tenderId: node.makeId(), method: 'cash' as const, tendered: 400_000 },
  ];
  const sale = await calls.sale.close({ body: { ...body, tenders } });
  const till = await openReturns();
  const { page, scan, text } = till;
  await scan(sale.receipt);
  await page.waitForSelector('.return-line');
  for (const name of ['Kopi susu', 'Teh manis']) await choose(till, `Return one more ${name}`);
  await choose(till, 'Wrong item');
  expect(await page.locator('.return-refund').allTextContents()).toEqual([
    'Refund by card terminalRp\u00a020.000',
    'Refund by cashRp\u00a04.000',
  ]);
  expect(await text('#return-note')).toBe('Type the number on the slip');
  await page.fill('.return-give input', '5522');
  await page.locator('.return-button').click();
  await page.waitForSelector('.return-taken');
  expect(await page.locator('.return-taken strong').allTextContents()).toEqual(['Rp\u00a020.000', 'Rp\u00a04.000']);
});

check('[SYN-06] an answer that is lost is asked about: money goes back once', async () => {
  const sale = await sell({ 'TEH-MANIS': 1 });
  const till = await openReturns();
  const { page, scan, text } = till;
  await scan(sale.receipt);
  await page.waitForSelector('.return-line');
  await choose(till, 'Return one more Teh manis');
  await choose(till, 'Other');
  await page.route('**/api/v1/returns', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.locator('.return-button').click();
  await page.waitForSelector('.return-taken');
  expect(await given(till)).toBe('Rp 6.000');
  expect((await calls.return.find({ params: { receipt: sale.receipt } })).lines[0]?.returned).toBe(1);
  await page.unroute('**/api/v1/returns');
  const other = await sell({ 'TEH-MANIS': 1 });
  await choose(till, 'Next return');
  await scan(other.receipt);
  await page.waitForSelector('.return-line');
  await choose(till, 'Return one more Teh manis');
  await choose(till, 'Other');
  await page.route('**/api/v1/returns', (route) => route.abort(), { times: 1 });
  await page.locator('.return-button').click();
  await expect.poll(() => text('.said-box')).toBe('The return was not saved. Give no money. Try again.');
  await page.locator('.return-button').click();
  await page.waitForSelector('.return-taken');
});

check(
  '[ORD-14] a receipt that this store does not know is asked for elsewhere; without internet the till says why not',
  async () => {
    const till = await openReturns();
    const { page, scan, text } = till;
    await scan('T9A-000777');
    await expect.poll(() => text('.said-box')).toContain('This store has no receipt T9A-000777.');
    await choose(till, 'Ask the other stores');
    await expect.poll(() => text('.said-box')).toContain("No internet, so other stores' receipts cannot be checked.");
    const sale = await sell({ 'TEH-MANIS': 1 });
    await page.route('**/elsewhere', async (route) => {
      const own = await calls.return.find({ params: { receipt: sale.receipt } });
      await route.fulfill({ json: { items: [{ storeName: 'Warung Budi', sale: own }] } });
    });
    await scan('T9A-000778');
    await choose(till, 'Ask the other stores');
    await page.getByRole('button', { name: 'Warung Budi' }).click();
    await page.waitForSelector('.return-line');
    expect(await text('.return-head')).toContain('Warung Budi');
  },
);

check('a receipt that is scanned before the list has come stays when the list comes without it', async () => {
  const [sale, other] = [await sell({ 'KOPI-SUSU': 1 }), await sell({ 'TEH-MANIS': 1 })];
  const { page, scan } = await openReturns();
  let come = () => {};
  const late = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route(/\/api\/v1\/sales\?/, async (route) => {
    const response = await route.fetch();
    const { items, ...rest } = await response.json();
    await late;
    await route.fulfill({ json: { ...rest, items: items.filter(({ id }: { id: string }) => id !== sale.id) } });
  });
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name: 'Receipts' }).click();
  await page.waitForSelector('.receipts');
  await scan(sale.receipt);
  await page.waitForSelector('.paper .qr');
  await page.fill('.receipts input', '');
  come();
  await page.getByRole('button', { name: other.receipt }).waitFor();
  expect(await page.locator('.paper .qr').count()).toBe(1);
});

check('of two receipts that are scanned one after the other the last is shown, however late the first is found', async () => {
  const [first, last] = [await sell({ 'KOPI-SUSU': 1 }), await sell({ 'TEH-MANIS': 1 })];
  const till = await openReturns();
  const { page, scan } = till;
  // Older than all that the list holds.
  await page.route(/\/api\/v1\/sales\?/, (route) => route.fulfill({ json: { items: [], next: null } }));
  let answer = () => {};
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(`**/receipts/${first.receipt}`, async (route) => {
    await late;
    await route.continue();
  });
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name: 'Receipts' }).click();
  await page.waitForSelector('.receipts');
  const asked = page.waitForRequest(`**/receipts/${first.receipt}`);
  await scan(first.receipt);
  await asked;
  await scan(last.receipt);
  const shown = () => page.locator('.receipt-shown').getAttribute('aria-label');
  await expect.poll(shown).toContain(last.receipt);
  answer();
  await page.fill('.receipts input', '');
  await page.getByRole('button', { name: first.receipt }).waitFor();
  expect(await shown()).toContain(last.receipt);
});

check('an earlier receipt is found, shown as it is on paper, and returned from', async () => {
  const sale = await sell({ 'KOPI-SUSU': 1 });
  const till = await openReturns();
  const { page, scan, text } = till;
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name: 'Receipts' }).click();
  await page.waitForSelector('.receipt-list button');
  await scan(sale.receipt);
  await page.waitForSelector('.paper .qr');
  expect(await text('.paper')).toContain('Kopi susu');
  const file = page.waitForEvent('download');
  await choose(till, 'Send');
  expect((await file).suggestedFilename()).toBe(`${sale.receipt}.pdf`);
  await scan('T9A-000999');
  await expect.poll(() => text('.notice')).toContain('no receipt T9A-000999');
  await scan(sale.receipt);
  await page.locator('.receipt-shown').getByRole('button', { name: 'Return' }).click();
  await page.waitForSelector('.return-line');
  expect(await text('.return-head')).toContain(sale.receipt);
});
