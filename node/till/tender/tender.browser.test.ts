// Payments beside cash in a real browser on a real node: the terminal's slip, the store's own code with the amount in it, and split.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, phone, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping tender.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const qrisStatic =
  '00020101021126670015COM.EXAMPLE.WWW011893600999000000001602150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID20990000000010303UMI5204581253033605802ID5912KEDAI CONTOH6007JAKARTA61051011062070703A0163042E84';
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
  const settings = JSON.stringify({ languages: ['en', 'id', 'sv'], cardTerminal: true, offlineQris: 'unverified', qrisStatic });
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ store: { settings }, staff: [...staff] })]);
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

async function openWithGoods(options: Parameters<typeof openTill>[2] = {}): Promise<TillPage> {
  const till = await openTill(browser, node.url, options);
  opened.push(till);
  await signIn(till, 'Ayu', '111111');
  await till.tile('KOPI-SUSU').click();
  await till.tile('TEH-MANIS').click();
  return till;
}

/** What the node answers to the sale that the next press closes. */
const soldBy = async ({ page }: TillPage, press: () => Promise<void>) => {
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/v1/sales') && response.status() === 201);
  await press();
  return (await answer).json();
};

check(
  '[PAY-03] a sale split between card and cash: rounding and change are of the cash alone; a reload keeps what is paid',
  async () => {
    const till = await openWithGoods();
    const { page, text, due } = till;
    await page.keyboard.press('F9');
    await page.waitForSelector('.tender');
    expect(await page.locator('.tender-methods .action').allTextContents()).toEqual(['1 Cash', '2 QRIS', '3 Card terminal']);
    await page.keyboard.press('3');
    await page.waitForSelector('.charge');
    expect(await text('#pay-note')).toBe('Type the number on the slip');
    await page.keyboard.type('4711', { delay: 90 });
    await page.getByRole('button', { name: 'Amount', exact: true }).click();
    await page.keyboard.type('20000', { delay: 90 });
    await page.keyboard.press('F9');
    await page.waitForSelector('.paid-so-far li');
    expect(await due()).toBe('Rp 4.000');
    await page.reload();
    await expect.poll(due).toBe('Rp 4.000');
    await page.keyboard.press('F9');
    await page.keyboard.press('1');
    await page.waitForSelector('.cash');
    await page.getByRole('button', { name: '5.000', exact: true }).click();
    const sale = await soldBy(till, () => page.keyboard.press('F9'));
    expect(sale.tenders).toMatchObject([
      { method: 'card', amount: 2_000_000, reference: '4711', state: 'paid' },
      { method: 'cash', amount: 400_000, tendered: 500_000, change: 100_000 },
    ]);
    await page.waitForSelector('.done');
    expect(await text('.receipt')).toContain('Card terminal');
  },
);

check('[PAY-04] the store’s code asks for the amount; it is taken unconfirmed only with a manager, and says so', async () => {
  const till = await openWithGoods({ viewport: phone });
  const { page, text, scan } = till;
  await page.click('#pay-box');
  await page.getByRole('button', { name: 'QRIS' }).click();
  await page.waitForSelector('.qris .qr');
  expect(await page.getAttribute('.qris .qr', 'aria-label')).toMatch(/^QRIS code for 24\.000, reference \w+-[0-9A-F]{8}$/);
  expect(await text('.qris-proof')).toBe('A screenshot is not proof. Ask a manager, or hold the sale.');
  await page.click('#pay-box');
  await page.waitForSelector('.approval-what');
  expect(await text('.approval-what')).toContain('24.000');
  const sale = await soldBy(till, () => scan('LBCITRA01'));
  expect(sale.tenders).toMatchObject([{ method: 'qris', amount: 2_400_000, state: 'unverified' }]);
  await page.waitForSelector('.done');
});

check('a payment that was not made is taken off again; Esc leads back step by step', async () => {
  const till = await openWithGoods();
  const { page, due } = till;
  await page.keyboard.press('F9');
  await page.keyboard.press('3');
  await page.waitForSelector('.charge');
  await page.getByRole('button', { name: 'Amount', exact: true }).click();
  await page.keyboard.type('10000', { delay: 90 });
  await page.getByRole('button', { name: 'Number on the terminal' }).click();
  await page.keyboard.type('12', { delay: 90 });
  await page.keyboard.press('F9');
  await page.waitForSelector('.paid-so-far li');
  await page.getByRole('button', { name: 'Not paid: take off Card terminal 10.000' }).click();
  expect(await due()).toBe('Rp 24.000');
  await page.keyboard.press('3');
  for (const screen of ['charge', 'tender', 'sell']) {
    expect(await page.getAttribute('.till', 'data-screen')).toBe(screen);
    if (screen !== 'sell') await page.keyboard.press('Escape');
  }
});
