// The till after two months without internet, in a real browser on a real node whose clocks are ahead: nothing has expired.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { startTestNode, type TestNode } from '../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, type TillPage } from './test-page.ts';

if (!hasChromium) console.warn('Skipping till-months.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const DAY_MS = 86_400_000;
const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;

let browser: Browser;
let node: TestNode;
let laterMs = 0;

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  const clock = { ...systemClock, now: () => systemClock.now() + laterMs };
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ clock, staff: [...staff] })]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await node?.remove();
});

async function signIn({ page, tile }: TillPage): Promise<void> {
  await page.getByRole('button', { name: 'Ayu', exact: true }).click();
  await page.keyboard.type('111111', { delay: 90 });
  await page.keyboard.press('Enter');
  await tile('KOPI-SUSU').waitFor();
}

/** The receipt's number. */
async function sell({ page, tile, text }: TillPage): Promise<string> {
  await tile('KOPI-SUSU').click();
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.done');
  const receipt = (await text('.header-title .meta')).replace('Receipt ', '');
  await page.waitForTimeout(450);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.till[data-screen="sell"]');
  return receipt;
}

async function giveBack({ page, scan }: TillPage, receipt: string): Promise<void> {
  await page.keyboard.press('F6');
  await page.waitForSelector('.return-find');
  await scan(receipt);
  await page.waitForSelector('.return-line');
  await page.getByRole('button', { name: 'Return one more Kopi susu' }).click();
  await page.getByRole('button', { name: 'Changed mind' }).click();
  await page.locator('.return-button').click();
}

check('[SYN-01] check 6: after 60 days without internet the same page sells for cash, and takes goods back', async () => {
  const till = await openTill(browser, node.url);
  const { page, text, scan } = till;
  await signIn(till);
  node.offline();
  const old = await sell(till);
  laterMs = 60 * DAY_MS;
  await page.evaluate((ahead) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ahead;
  }, laterMs);
  const fresh = await sell(till);
  await expect.poll(() => text('.state-line')).toContain('Oldest 60 days.');
  expect(await text('.state-line')).toContain('No internet. Sales work as usual.');
  await giveBack(till, fresh);
  await page.waitForSelector('.return-taken');
  expect(await text('.return-taken')).toContain('Rp 18.000');
  // What is older than the store takes back without asking needs a manager, who is there.
  await page.getByRole('button', { name: 'Next return' }).click();
  await giveBack(till, old);
  await page.waitForSelector('.approval-what');
  expect(await text('.approval-what')).toContain('Return after the time limit');
  await scan('LBCITRA01');
  await page.waitForSelector('.return-taken');
  await page.keyboard.press('Escape');
  await page.reload();
  await till.tile('KOPI-SUSU').waitFor();
  await sell(till);
  expect(till.errors).toEqual([]);
  const days = (await (await node.signedIn('Citra', '999999')).sale.list({ query: {} })).items.map(({ businessDate }) =>
    Date.parse(businessDate),
  );
  // Midnight may come between two of them.
  expect(Math.max(...days) - Math.min(...days)).toBeGreaterThanOrEqual(60 * DAY_MS);
});
