// A shift in a real browser on a real node: opened, its drawer moved, counted blind, closed by holding; and a sale that waits for it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, holdDown, launchBrowser, openTill, phone, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping shift.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

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
  const settings = JSON.stringify({ languages: ['en', 'id', 'sv'], requireShift: true });
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ store: { settings }, staff: [...staff] })]);
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

async function openSignedIn(options: Parameters<typeof openTill>[2] = {}): Promise<TillPage> {
  const till = await openTill(browser, node.url, options);
  opened.push(till);
  await signIn(till, 'Ayu', '111111');
  await till.page.waitForSelector('.tile[data-product]');
  return till;
}

const openShiftScreen = async ({ page }: TillPage) => {
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name: 'Shift' }).click();
};

const pieces = ({ page }: TillPage, worth: string) => page.getByRole('textbox', { name: `${worth}: how many`, exact: true });

const open = (till: TillPage) => till.page.waitForSelector('.drawer-form');

check('[PAY-03] a sale without a shift is kept, and the till leads to where one is opened', async () => {
  const till = await openSignedIn();
  const { page, text } = till;
  await till.tile('KOPI-SUSU').click();
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('F9');
  await page.waitForSelector('.count-fields');
  expect(await text('.notice')).toContain('Open a shift first. The sale is kept.');
  await pieces(till, '50.000').fill('2');
  await page.keyboard.press('Enter');
  await page.keyboard.type('5', { delay: 90 });
  expect(await text('.count-total output')).toBe('200.000');
  await page.getByRole('button', { name: 'Open shift' }).click();
  await open(till);
  expect(await text('.side-head')).toContain('float 200.000');
  await page.keyboard.press('Escape');
  expect(await till.lines()).toEqual(['1 Kopi susu']);
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('F9');
  await page.waitForSelector('.done');
});

check('[PAY-03] cash goes in at once, out with a manager only; a drawer opened for nothing needs a reason', async () => {
  const till = await openSignedIn({ viewport: phone });
  const { page, text, scan } = till;
  await openShiftScreen(till);
  await open(till);
  const form = page.locator('.drawer-form');
  const submit = form.locator('button[type=submit]');
  expect(await submit.getAttribute('aria-disabled')).toBe('true');
  await form.getByLabel('Amount').fill('10.000');
  await form.getByLabel('Reason').fill('Coins');
  await submit.click();
  await expect.poll(() => text('.notice')).toContain('10.000 paid in.');
  await form.getByRole('button', { name: 'Pay out' }).first().click();
  await form.getByLabel('Amount').fill('5.000');
  await form.getByLabel('Reason').fill('Parking');
  await submit.click();
  await page.waitForSelector('.approval-what');
  expect(await text('.approval-what')).toContain('5.000');
  await scan('LBCITRA01');
  await expect.poll(() => text('.notice')).toContain('5.000 paid out.');
  await form.getByRole('button', { name: 'Open drawer' }).first().click();
  expect(await form.getByLabel('Amount').count()).toBe(0);
  expect(await submit.getAttribute('aria-disabled')).toBe('true');
  const { totals } = await node.store.reports.look(node.store.now(), storeOf(), null);
  expect(totals).toMatchObject({ payIns: { amount: 1_000_000 }, payOuts: { amount: 500_000 }, noSales: 0 });
});

const storeOf = () => {
  const store = node.store.stores.current();
  if (!store) throw new Error('the node has its store');
  return store;
};

check('[PAY-03] check 8: the count is blind, outlives a reload and no scan; Compare locks it, and holding closes', async () => {
  const till = await openSignedIn();
  const { page, text, scan } = till;
  await openShiftScreen(till);
  await open(till);
  await page.getByRole('button', { name: 'Close shift' }).click();
  await pieces(till, '100.000').fill('2');
  await pieces(till, '20.000').fill('1');
  await scan('08991234567892');
  await expect.poll(till.lines).toEqual(['1 Kopi susu']);
  expect(await pieces(till, '20.000').inputValue()).toBe('1');
  expect(await text('.side')).not.toContain('223.000');
  await page.reload();
  await page.waitForSelector('.sign-in, .tile[data-product]');
  if (await page.locator('.sign-in').count()) await signIn(till, 'Ayu', '111111');
  await page.waitForSelector('.tile[data-product]');
  await openShiftScreen(till);
  await page.waitForSelector('.count-total');
  expect(await text('.count-total output')).toBe('220.000');
  await page.keyboard.press('F9');
  await page.waitForSelector('.shift-difference');
  expect(await text('.sums')).toContain('223.000');
  expect(await text('.shift-difference')).toContain('Short');
  expect(await text('.shift-difference')).toContain('−3.000');
  const button = page.locator('.hold');
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await page.getByLabel('Reason').fill('Change was short');
  await till.quickly(() => button.click());
  expect(await page.locator('.hold').count()).toBe(1);
  await holdDown(till, button, '.side-title:has-text("Shift 1 is closed.")');
  expect(await text('.side')).toContain('Change was short');
  await page.getByRole('button', { name: 'Next shift' }).click();
  await page.waitForSelector('.count-fields');
});
