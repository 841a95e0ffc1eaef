// What a store does with its stock at a till: counting, goods in and out, what is left; in a real browser on a real node.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping stock.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const kopi = '8991234567892';
const teh = '8992745110013';
const products = [
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000, barcodes: [`0${kopi}`], category: 'Minuman' },
  { sku: 'TEH-MANIS', name: 'Teh manis', amount: 600_000, barcodes: [`0${teh}`], category: 'Minuman' },
  { sku: 'ROTI-BAKAR', name: 'Roti bakar', amount: 1_150_000, category: 'Makanan', lowStockAt: 3 },
];
const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;

let browser: Browser;
const nodes: TestNode[] = [];
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  for (const node of nodes) await node.remove();
});

async function start(options: Parameters<typeof startTestNode>[0] = {}): Promise<TestNode> {
  const node = await startTestNode({ products, ...options });
  nodes.push(node);
  return node;
}

async function open(node: TestNode): Promise<TillPage> {
  const till = await openTill(browser, node.url);
  opened.push(till);
  return till;
}

async function openAs(node: TestNode, name: string, pin: string): Promise<TillPage> {
  const till = await open(node);
  await signIn(till, name, pin);
  await till.page.waitForSelector('.tile[data-product]');
  return till;
}

async function go({ page }: TillPage, name: string | RegExp): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name }).click();
  await page.waitForSelector('.side .stack');
}

const press = ({ page }: TillPage, name: string | RegExp) => page.locator('.side').getByRole('button', { name }).click();

/** What a list of the screen shows: names and figures. */
const counted = ({ page }: TillPage) =>
  page.locator('.rows > .row').evaluateAll((rows) =>
    rows.map((row) => {
      const figure = row.querySelector('input')?.value ?? row.querySelector('.row-figure')?.textContent;
      return `${row.querySelector('strong')?.textContent} ${figure}`;
    }),
  );

/** The same code twice within 150 ms is one scan. */
const again = ({ page }: TillPage) => page.waitForTimeout(200);

const onHand = (node: TestNode, sku: string) => node.store.stock.level(node.productId(sku)).onHand;

check(
  '[INV-10] check 12: scans count goods and not the sale; a blind count hides the books until it is looked at; a reload goes on; a manager finishes',
  async () => {
    const node = await start({ staff: [...staff] });
    const till = await openAs(node, 'Ayu', '111111');
    const { page, scan, text } = till;
    await till.tile('ROTI-BAKAR').click();
    await go(till, 'Stock count');
    await scan(kopi);
    await expect.poll(() => text('.notice')).toBe('Start a count or go on with one, then scan.');
    await press(till, 'Minuman');
    await press(till, 'Start counting');
    await page.waitForSelector('.finder');
    for (const code of [kopi, teh, kopi]) await scan(code);
    await expect.poll(() => counted(till)).toEqual(['Kopi susu 2', 'Teh manis 1']);
    expect(await text('.count-head .chip')).toBe('2 of 2 counted');
    expect(await text('.rows')).not.toContain('Books');
    await page.locator('.rows input').first().fill('4');
    await again(till);
    await scan(kopi);
    await expect.poll(() => counted(till)).toEqual(['Kopi susu 5', 'Teh manis 1']);
    await scan('4006381333931');
    await expect.poll(() => text('.notice')).toContain('Unknown code 4006381333931. Put the item aside');
    await page.reload();
    await page.waitForSelector('.tile[data-product]');
    expect(await till.lines()).toEqual(['1 Roti bakar']);
    await go(till, 'Stock count');
    await expect.poll(() => counted(till)).toEqual(['Kopi susu 5', 'Teh manis 1']);
    await press(till, 'Review differences');
    await expect.poll(() => counted(till)).toEqual(['Kopi susu +5', 'Teh manis +1']);
    expect(onHand(node, 'KOPI-SUSU')).toBe(0);
    await press(till, 'Finish with manager');
    await page.waitForSelector('.approval-what');
    await scan('LBCITRA01');
    await expect.poll(() => text('.notice')).toMatch(/^Minuman .* is finished\. Stock is as counted\.$/);
    expect([onHand(node, 'KOPI-SUSU'), onHand(node, 'TEH-MANIS')]).toEqual([5, 1]);
    expect(await till.lines()).toEqual(['1 Roti bakar']);
  },
);

check('[INV-10] [SYN-02] scans of a count wait while the node is gone, over a reload too, and each counts once', async () => {
  let node = await startTestNode({ products });
  const till = await open(node);
  const { page, scan, text } = till;
  await go(till, 'Stock count');
  await press(till, 'Start counting');
  await page.waitForSelector('.finder');
  // Shown at once, answered a moment later: it must not be one of those that wait.
  const answered = page.waitForResponse((response) => response.url().endsWith('/entries'));
  await scan(kopi);
  await expect.poll(() => counted(till)).toEqual(['Kopi susu 1']);
  await answered;
  await node.stop();
  await page.waitForSelector('.state-line[data-link="lost"]');
  await again(till);
  await scan(kopi);
  await scan(teh);
  await expect.poll(() => counted(till)).toEqual(['Teh manis 1', 'Kopi susu 2']);
  await expect.poll(() => text('.side .said-box')).toBe('Waits for the store box. 2 scans are kept here.');
  node = await startTestNode({ products, dataFolder: node.dataFolder, port: Number(new URL(node.url).port) });
  nodes.push(node);
  const [count] = (await node.count.list()).items;
  const lines = async () => {
    const shown = await node.count.show({ params: { id: count?.id ?? '' } });
    return shown.lines.map(({ name, counted: n }) => `${name} ${n}`).sort();
  };
  await expect.poll(lines).toEqual(['Kopi susu 2', 'Teh manis 1']);
  await page.reload();
  await page.waitForSelector('.tile[data-product]');
  await go(till, 'Stock count');
  await expect.poll(async () => (await counted(till)).sort()).toEqual(['Kopi susu 2', 'Teh manis 1']);
});

check('[INV-10] a review that is pressed while the answer to a scan is out waits for it, and the scan counts', async () => {
  const till = await open(await start());
  const { page, scan } = till;
  await go(till, 'Stock count');
  await press(till, 'Start counting');
  await page.waitForSelector('.finder');
  let answer = () => {};
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/entries', (route) => late.then(() => route.continue()));
  await scan(kopi);
  await expect.poll(() => counted(till)).toEqual(['Kopi susu 1']);
  await press(till, 'Review differences');
  answer();
  await expect.poll(() => counted(till)).toEqual(['Kopi susu +1']);
});

check(
  '[INV-05] [INV-10] check 12: a delivery is scanned, with its cost and lot; it outlives a reload, and the same note twice is asked about',
  async () => {
    const node = await start();
    const till = await open(node);
    const { page, scan, text } = till;
    const document = page.getByLabel('Document: scan or type');
    await go(till, 'Goods in and out');
    await page.getByLabel('Supplier').fill('CV Tirta');
    await document.focus();
    await scan('SJ-8841');
    await expect.poll(() => document.inputValue()).toBe('SJ-8841');
    await page.getByLabel('Note', { exact: true }).focus();
    for (const code of [kopi, teh, kopi]) await scan(code);
    await expect.poll(() => page.locator('.goods-line strong:first-child').allTextContents()).toEqual(['Kopi susu', 'Teh manis']);
    expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('');
    await page.locator('.row-open').first().click();
    await page.getByLabel('On the note').fill('3');
    await page.getByLabel('Cost each').fill('3.200');
    await page.getByLabel('Lot: scan or type').fill('L-7');
    await page.getByLabel('Expires').fill('2099-03-01');
    expect(await text('.goods-line .row-note')).toBe('1 short of 3');
    await page.reload();
    await page.waitForSelector('.tile[data-product]');
    await go(till, 'Goods in and out');
    await expect.poll(() => document.inputValue()).toBe('SJ-8841');
    expect(await text('.goods-line .meta')).toBe('6.400 · L-7 · 2099-03-01');
    await press(till, 'Receive 3 items');
    await expect.poll(() => text('.notice')).toBe('Received: 3 items. Stock is up to date.');
    expect([onHand(node, 'KOPI-SUSU'), onHand(node, 'TEH-MANIS')]).toEqual([2, 1]);
    const [lot] = (await node.stock.lots({ params: { productId: node.productId('KOPI-SUSU') } })).items;
    expect(lot).toMatchObject({ lotCode: 'L-7', expiresOn: '2099-03-01', cost: 640_000, supplier: 'CV Tirta' });
    expect((await node.goods.documents({ query: {} })).items).toMatchObject([{ document: 'SJ-8841', kind: 'delivery' }]);
    await page.getByLabel('Supplier').fill('CV Tirta');
    await document.fill('SJ-8841');
    await scan(teh);
    await press(till, 'Receive 1 items');
    await expect.poll(() => text('.side .said-box')).toContain('That document was received before.');
    expect(onHand(node, 'TEH-MANIS')).toBe(1);
    await press(till, 'Receive this part');
    await expect.poll(() => onHand(node, 'TEH-MANIS')).toBe(2);
    expect(await till.lines()).toEqual([]);
  },
);

check('[INV-05] a delivery that is kept as a draft is gone on with at another till', async () => {
  const node = await start();
  const one = await open(node);
  await go(one, 'Goods in and out');
  await one.page.getByLabel('Supplier').fill('UD Sari');
  await one.scan(kopi);
  await press(one, 'Save draft');
  await expect.poll(() => one.text('.notice')).toContain('Draft kept at the store box.');
  const two = await open(node);
  await go(two, 'Goods in and out');
  await press(two, 'Go on: UD Sari');
  await expect.poll(() => two.page.getByLabel('Supplier').inputValue()).toBe('UD Sari');
  await two.scan(kopi);
  await press(two, 'Receive 2 items');
  await expect.poll(() => onHand(node, 'KOPI-SUSU')).toBe(2);
  expect((await node.goods.drafts()).items).toEqual([]);
});

check('[INV-01] waste asks a manager and keeps what was typed when nobody approves; a transfer leaves from its lot', async () => {
  const node = await start({ staff: [...staff] });
  const { goods } = await node.signedIn('Citra', '999999');
  const lines = ['A', 'B'].map((lotCode) => ({
    lineId: node.makeId(),
    productId: node.productId('KOPI-SUSU'),
    quantity: 4,
    lotCode,
  }));
  await goods.receive({ body: { id: node.makeId(), lines } });
  const till = await openAs(node, 'Ayu', '111111');
  const { page, scan, text } = till;
  await go(till, 'Goods in and out');
  await press(till, 'Waste');
  await scan(kopi);
  await expect.poll(() => text('#goods-why')).toBe('Say why');
  await press(till, 'Spilled');
  await press(till, 'Write off 1 items');
  await page.waitForSelector('.approval-what');
  await page.keyboard.press('Escape');
  expect(onHand(node, 'KOPI-SUSU')).toBe(8);
  await press(till, 'Write off 1 items');
  await page.waitForSelector('.approval-what');
  await scan('LBCITRA01');
  await expect.poll(() => text('.notice')).toBe('Written off: 1 items. Stock is up to date.');
  expect(onHand(node, 'KOPI-SUSU')).toBe(7);
  await press(till, 'To a store');
  await page.getByLabel('Other store').fill('Kemang');
  await scan(kopi);
  await page.locator('.row-open').first().click();
  await expect.poll(() => page.getByLabel('Which lot').locator('option').count()).toBe(3);
  await page.getByLabel('Which lot').selectOption({ index: 2 });
  await press(till, 'Send 1 items');
  await expect.poll(() => onHand(node, 'KOPI-SUSU')).toBe(6);
  const { stock } = await node.signedIn('Citra', '999999');
  const { items } = await stock.lots({ params: { productId: node.productId('KOPI-SUSU') } });
  expect(items.map(({ lotCode, remaining }) => `${lotCode} ${remaining}`)).toEqual(['A 3', 'B 3']);
});

check(
  '[INV-04] [INV-05] what gets low is said beside the sale, once; lots, low stock and what expires soon are looked up',
  async () => {
    const node = await start();
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const line = { lineId: node.makeId(), productId: node.productId('ROTI-BAKAR'), quantity: 5, expiresOn: soon, lotCode: 'R-1' };
    await node.goods.receive({ body: { id: node.makeId(), supplier: 'UD Sari', lines: [line] } });
    const till = await open(node);
    const { page, text } = till;
    await node.sale.close({ body: saleOf(node, { 'ROTI-BAKAR': 2 }) });
    await expect.poll(() => text('.notice')).toBe('Roti bakar is running low: 3 left.');
    await page.locator('.notice button').click();
    await node.sale.close({ body: saleOf(node, { 'ROTI-BAKAR': 1 }) });
    await go(till, /^Stock\s*\d?$/);
    await page.locator('.finder input').fill('roti');
    await page.keyboard.press('Enter');
    await expect.poll(() => counted(till)).toEqual(['R-1 2']);
    expect(await text('.row-note')).toBe(`Expires ${soon}`);
    await press(till, 'Low');
    await expect.poll(() => text('.rows')).toContain('Low at 3');
    await press(till, 'Expiring soon');
    await expect.poll(() => counted(till)).toEqual(['Roti bakar 2']);
    await press(till, 'Last written');
    await expect.poll(() => text('.rows')).toContain('Delivery · UD Sari');
    await till.scan(kopi);
    await expect.poll(() => text('.count-head strong')).toBe('Kopi susu');
    expect(await till.lines()).toEqual([]);
  },
);
