// Who sells, in a real browser on a real node with staff: PIN and badge, switching, wrong PINs, a scan where a PIN is asked for.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '#schema/values/assert';
import { startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, phone, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping sign-in.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111', badge: 'LBAYU001' },
  { name: 'Budi', role: 'cashier', pin: '222222' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;
const kopi = '8991234567892';

let browser: Browser;
let node: TestNode;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ staff: [...staff] })]);
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

async function open(options: Parameters<typeof openTill>[2] = {}): Promise<TillPage> {
  const till = await openTill(browser, node.url, options);
  opened.push(till);
  return till;
}

check('[IAM-07] a store with staff asks who sells; the sale names who signed in, and switching keeps the open sale', async () => {
  const till = await open();
  const { page, tile, text } = till;
  expect(await text('.proof-people legend')).toBe('Who is selling?');
  expect(await page.locator('.tile').count()).toBe(0);
  for (const name of ['Ayu', '1', '1', '1', '1', '1', '1']) await page.getByRole('button', { name, exact: true }).click();
  expect(await page.locator('.pin-dot[data-full]').count()).toBe(6);
  await page.getByRole('button', { name: 'OK' }).click();
  await tile('KOPI-SUSU').click();
  expect(await text('.seller')).toBe('Ayu');
  await page.click('.seller');
  expect(await text('.sign-in-kept')).toBe('Open sale kept: 1 items, 18.000.');
  await signIn(till, 'Budi', '222222');
  await expect.poll(till.lines).toEqual(['1 Kopi susu']);
  await page.keyboard.press('F8');
  const answer = page.waitForResponse('**/api/v1/sales');
  await page.keyboard.press('Enter');
  expect((await (await answer).json()).staffId).toBe(node.staffId('Budi'));
  await page.waitForSelector('.done');
  await page.reload();
  await tile('KOPI-SUSU').waitFor();
  expect(await text('.seller')).toBe('Budi');
});

check('check 25: five wrong PINs lock that person only, and the sale stays', async () => {
  const till = await open();
  await signIn(till, 'Citra', '999999');
  await till.tile('TEH-MANIS').click();
  await till.page.click('.seller');
  for (let tries = 0; tries < 5; tries++) {
    await signIn(till, 'Budi', '000000');
    await expect.poll(() => till.text('.proof-note')).toBe('That PIN is not right. Try again.');
  }
  await signIn(till, 'Budi', '222222');
  await expect.poll(() => till.text('.proof-note')).toMatch(/^Too many wrong PINs for Budi\. Wait until \d\d:\d\d:\d\d/);
  expect(await till.text('.sign-in-kept')).toBe('Open sale kept: 1 items, 6.000.');
  await signIn(till, 'Ayu', '111111');
  await expect.poll(till.lines).toEqual(['1 Teh manis']);
});

check('check 9: where a PIN is asked for a scan is a badge; it types no digit and its Enter submits none', async () => {
  const till = await open({ viewport: phone });
  const { page, scan, text, tile } = till;
  await page.getByRole('button', { name: 'Ayu', exact: true }).click();
  await page.keyboard.type('11111', { delay: 90 });
  await page.waitForTimeout(150);
  await scan(kopi);
  await expect.poll(() => text('.proof-note')).toBe('Nobody here has that badge. Use name and PIN.');
  expect(await page.locator('.proof').count()).toBe(1);
  await scan(present(staff[0].badge, 'a badge'));
  await tile('KOPI-SUSU').waitFor();
  expect(await page.locator('.sale-line').count()).toBe(0);
});

check('a till whose person the node no longer knows asks again and keeps the sale', async () => {
  const till = await open();
  await signIn(till, 'Ayu', '111111');
  await till.tile('KOPI-SUSU').click();
  await node.staff.signOut({});
  await till.page.keyboard.press('F8');
  await till.page.keyboard.press('Enter');
  await till.page.waitForSelector('.sign-in');
  expect(await till.text('.proof-note')).toBe('Sign in again. The sale is kept.');
  await signIn(till, 'Ayu', '111111');
  await till.page.waitForSelector('.cash');
  await till.page.keyboard.press('Enter');
  await till.page.waitForSelector('.done');
});
