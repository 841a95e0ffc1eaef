// What a seller does beyond scanning: discounts, proof of age, a manager's approval; in a real browser on a real node with staff.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNode, type TestNode } from '../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, signIn, type TillPage } from './test-page.ts';

if (!hasChromium) console.warn('Skipping selling.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const kopi = '8991234567892';
const products = [
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000, barcodes: [`0${kopi}`] },
  { sku: 'TEH-MANIS', name: 'Teh manis', amount: 600_000 },
  { sku: 'BIR', name: 'Bir', amount: 4_000_000, ageLimit: 21 },
];
const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;

let browser: Browser;
let node: TestNode;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ products, staff: [...staff] })]);
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

async function openAs(name: string, pin: string): Promise<TillPage> {
  const till = await openTill(browser, node.url);
  opened.push(till);
  await signIn(till, name, pin);
  await till.tile('KOPI-SUSU').waitFor();
  return till;
}

/** What the node answers to the sale that the next press closes. */
const soldBy = async ({ page }: TillPage, press: () => Promise<void>) => {
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/v1/sales') && response.status() === 201);
  await press();
  return (await answer).json();
};

check(
  '[ORD-13] a discount of the sale and of a line: shown at once, undone by Undo, kept over a reload, sold as shown',
  async () => {
    const till = await openAs('Ayu', '111111');
    const { page, tile, due, text } = till;
    await tile('KOPI-SUSU').click();
    await tile('TEH-MANIS').click();
    await page.keyboard.press('F7');
    await page.waitForSelector('.discount');
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    expect(await due()).toBe('Rp 22.800');
    expect(await text('.totals')).toContain('Discount');
    await page.keyboard.press('Control+z');
    expect(await due()).toBe('Rp 24.000');
    await page.keyboard.press('F7');
    await page.getByRole('button', { name: 'Teh manis', exact: true }).click();
    await page.getByRole('button', { name: 'Amount', exact: true }).click();
    await page.keyboard.type('500', { delay: 90 });
    await page.getByRole('button', { name: 'Give 500' }).click();
    expect(await due()).toBe('Rp 23.500');
    await page.reload();
    await expect.poll(due).toBe('Rp 23.500');
    await page.keyboard.press('F8');
    await page.waitForSelector('.cash');
    const sale = await soldBy(till, () => page.keyboard.press('Enter'));
    expect(sale).toMatchObject({ total: 2_350_000, discounted: 50_000 });
    await page.waitForSelector('.done');
    expect(await text('.receipt')).toContain('Discount');
  },
);

check('[IAM-07] a discount beyond the seller’s limit waits for a manager; leaving the sheet loses nothing', async () => {
  const till = await openAs('Ayu', '111111');
  const { page, tile, scan, lines, text } = till;
  await tile('TEH-MANIS').click();
  await page.keyboard.press('F7');
  await page.keyboard.type('50', { delay: 90 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.approval-what');
  expect(await text('.approval-what')).toContain('3.000');
  expect(await text('.approval-what')).toContain('Ayu asks');
  expect(await page.locator('.proof-people .action').allTextContents()).toEqual(['Citra']);
  // Check 12: a scan adds its item, and the sheet stays.
  await scan(kopi);
  await expect.poll(lines).toEqual(['1 Teh manis', '1 Kopi susu']);
  expect(await page.locator('.approval-what').count()).toBe(1);
  await page.keyboard.press('Escape');
  expect(await page.getAttribute('.till', 'data-screen')).toBe('cash');
  await page.click('#pay-box');
  await page.waitForSelector('.approval-what');
  await signIn(till, 'Citra', '123456');
  await expect.poll(() => text('.proof-note')).toBe('That PIN is not right. Try again.');
  const sale = await soldBy(till, () => signIn(till, 'Citra', '999999'));
  expect(sale).toMatchObject({ staffId: node.staffId('Ayu'), discounted: 1_200_000 });
  await page.waitForSelector('.done');
  expect(await text('.seller')).toBe('Ayu');
});

check('a manager’s badge approves; a manager needs nobody', async () => {
  const till = await openAs('Ayu', '111111');
  const discounted = async ({ page, tile }: TillPage) => {
    await tile('TEH-MANIS').click();
    await page.keyboard.press('F7');
    await page.keyboard.type('50', { delay: 90 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('F8');
    await page.waitForSelector('.cash');
    await page.keyboard.press('Enter');
  };
  await discounted(till);
  await till.page.waitForSelector('.approval-what');
  await till.scan('LBCITRA01');
  await till.page.waitForSelector('.done');
  const own = await openAs('Citra', '999999');
  await discounted(own);
  await own.page.waitForSelector('.done');
});

check('[USR-02] goods with an age limit are sold once proof was seen, and leave the sale without', async () => {
  const till = await openAs('Ayu', '111111');
  const { page, tile, lines, text } = till;
  await tile('BIR').click();
  await tile('TEH-MANIS').click();
  await page.keyboard.press('F9');
  await page.waitForSelector('.age-born');
  expect(await text('.sheet h2')).toBe('Proof of age: 21 years');
  expect(await text('.age-born')).toMatch(/^Born on \d{4}-\d\d-\d\d or earlier$/);
  await page.getByRole('button', { name: 'No proof: remove these items' }).click();
  expect(await lines()).toEqual(['1 Teh manis']);
  await tile('BIR').click();
  await page.keyboard.press('F8');
  await page.getByRole('button', { name: 'I have seen proof' }).click();
  await page.waitForSelector('.cash');
  const body = page.waitForRequest('**/api/v1/sales');
  await page.keyboard.press('Enter');
  expect((await body).postDataJSON()).toMatchObject({ ageChecked: 21 });
  await page.waitForSelector('.done');
});
