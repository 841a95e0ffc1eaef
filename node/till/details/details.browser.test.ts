// What is said of a sale beside its goods, in a real browser on a real node: who buys, notes, a tip, the shop's own labels, throwing it away.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkDigit } from '#schema/rules/gtin';
import { startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping details.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const products = [
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000 },
  { sku: 'APEL', name: 'Apel', amount: 4_000_000, quantityScale: 3, pluCode: '123' },
  { sku: 'KEJU', name: 'Keju', amount: 9_000_000, quantityScale: 3, pluCode: '45' },
];
const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;
const labelPatterns = [
  { prefix: '21', carries: 'weight', itemDigits: 5, priceCheck: false, decimals: 3 },
  { prefix: '22', carries: 'price', itemDigits: 4, priceCheck: false, decimals: 0 },
];
const labelOf = (digits: string) => digits + checkDigit(digits);

let browser: Browser;
let node: TestNode;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  const settings = JSON.stringify({ languages: ['en', 'id', 'sv'], tips: true, labelPatterns });
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ products, staff: [...staff], store: { settings } })]);
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

async function open(): Promise<TillPage> {
  const till = await openTill(browser, node.url);
  opened.push(till);
  await signIn(till, 'Ayu', '111111');
  await till.tile('KOPI-SUSU').waitFor();
  return till;
}

const press = ({ page }: TillPage, name: string) => page.getByRole('button', { name, exact: true }).click();

async function openDetails(till: TillPage, part: string): Promise<void> {
  await press(till, 'Customer, note and more');
  await till.page.waitForSelector('.details');
  await press(till, part);
}

/** What the till asks the node to sell for exact cash, and the answer. */
async function sell({ page }: TillPage) {
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/sales') && response.status() === 201);
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('Enter');
  const sale = await (await answered).json();
  await page.waitForSelector('.done');
  return sale;
}

check('[USR-04] a customer is added by name and phone, found again by a part of either, and stands on the sale', async () => {
  const till = await open();
  const { page, tile, text } = till;
  await tile('KOPI-SUSU').click();
  await openDetails(till, 'Customer');
  await page.fill('.customer > label input', '0812 345 6789');
  await page.fill('.customer-add input', 'Ibu Rina');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.customer-chosen');
  expect(await text('.sale-said')).toContain('Ibu Rina');
  await page.keyboard.press('Escape');
  const first = await sell(till);
  await page.waitForTimeout(450);
  await page.keyboard.press('Enter');
  await tile('KOPI-SUSU').click();
  await openDetails(till, 'Customer');
  await page.fill('.customer > label input', '345 67');
  await page.getByRole('button', { name: /Ibu Rina/ }).click();
  await page.keyboard.press('Escape');
  expect((await sell(till)).customerId).toBe(first.customerId);
});

check('[USR-04] a number that cannot be one is said beside its field, and what was typed stays', async () => {
  const till = await open();
  const { page, text } = till;
  await openDetails(till, 'Customer');
  await page.fill('.customer > label input', '12');
  await page.fill('.customer-add input', 'Pak Joko');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.customer-add .said-box');
  expect(await text('.customer-add .said-box')).not.toBe('');
  expect(await page.inputValue('.customer-add input')).toBe('Pak Joko');
});

check('[ORD-13] notes on the sale and on a line are sold with it, survive a reload, and Undo takes them back', async () => {
  const till = await open();
  const { page, tile, text } = till;
  await tile('KOPI-SUSU').click();
  await openDetails(till, 'Note');
  const fields = page.locator('.note-field input');
  await fields.nth(0).fill('To go');
  await page.keyboard.press('Enter');
  await fields.nth(1).fill('No sugar');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect.poll(() => text('.sale-said')).toContain('To go');
  await expect.poll(() => text('.sale-line')).toContain('No sugar');
  await page.keyboard.press('Control+z');
  expect(await text('.sale-line')).not.toContain('No sugar');
  const sale = await sell(till);
  expect(sale.note).toBe('To go');
  expect(sale.lines[0].note).toBeNull();
});

check('[PAY-03] a tip is added to what is due, not to what was sold', async () => {
  const till = await open();
  const { tile, due, text } = till;
  await tile('KOPI-SUSU').click();
  await openDetails(till, 'Tip');
  await press(till, '10 % 1.800');
  expect(await due()).toBe('Rp 19.800');
  expect(await text('.totals')).toContain('Tip');
  await till.page.keyboard.press('Escape');
  expect(await sell(till)).toMatchObject({ total: 1_800_000, tip: 180_000, due: 1_980_000 });
});

check(
  '[ORD-13] the shop’s own labels: weight at the item’s price, or the price that is printed; each label is a line',
  async () => {
    const till = await open();
    const { page, scan, lines, due, text } = till;
    await scan(labelOf('210012300500'));
    await expect.poll(lines).toEqual(['0,500 Apel']);
    expect(await due()).toBe('Rp 20.000');
    await page.waitForTimeout(200);
    await scan(labelOf('220045045000'));
    await expect.poll(lines).toEqual(['0,500 Apel', '0,500 Keju']);
    expect(await due()).toBe('Rp 65.000');
    await page.waitForTimeout(200);
    await scan(labelOf('210012300500'));
    await expect.poll(async () => (await lines()).length).toBe(3);
    await page.waitForTimeout(200);
    await scan(labelOf('210012300000'));
    await expect.poll(() => text('.notice')).toContain('does not fit the item');
    // An Enter so soon after a scan would be the scanner's.
    await page.waitForTimeout(250);
    expect(await sell(till)).toMatchObject({
      total: 8_500_000,
      lines: [{ quantity: 500 }, { quantity: 500 }, { quantity: 500 }],
    });
  },
);

check(
  '[ORD-13] a whole sale is thrown away with a reason, a manager’s approval and a fact; nothing is left to undo',
  async () => {
    const till = await open();
    const { page, tile, lines, scan, text } = till;
    await tile('KOPI-SUSU').click();
    await openDetails(till, 'Throw away');
    await press(till, 'Customer left');
    await press(till, 'Throw away 18.000');
    await page.waitForSelector('.approval-what');
    expect(await text('.approval-what')).toContain('Throw a sale away');
    await scan('LBCITRA01');
    await expect.poll(lines).toEqual([]);
    expect(await text('.notice')).toContain('thrown away and recorded');
    const voided = node.store.sqlite.prepare('SELECT total, reason FROM voided_sales').all();
    expect(voided).toEqual([{ total: 1_800_000, reason: 'Customer left' }]);
    await page.keyboard.press('Control+z');
    expect(await lines()).toEqual([]);
  },
);
