// Who cannot see well, or cannot point: every screen and sheet of a sale, in both themes, by axe-core's rules of WCAG 2.2 AA.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNode, type TestNode } from '../test-node.ts';
import { violations } from './test-access.ts';
import { buildPage, desk, hasChromium, launchBrowser, openTill, phone, type TillPage } from './test-page.ts';

if (!hasChromium) console.warn('Skipping till-access.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const qrisStatic =
  '00020101021126670015COM.EXAMPLE.WWW011893600999000000001602150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID20990000000010303UMI5204581253033605802ID5912KEDAI CONTOH6007JAKARTA61051011062070703A0163042E84';
const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;

let browser: Browser;
let node: TestNode;

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  const settings = JSON.stringify({
    languages: ['en', 'id', 'sv'],
    cardTerminal: true,
    offlineQris: 'unverified',
    qrisStatic,
    tips: true,
  });
  const products = [
    { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000 },
    { sku: 'BIR', name: 'Bir', amount: 4_000_000, ageLimit: 21 },
    { sku: 'AIR-600', name: 'Air 600 ml', amount: 500_000, dispensable: true, stockPolicy: 'forbid' as const },
  ];
  [browser, node] = await Promise.all([
    launchBrowser(),
    startTestNode({ products, staff: [...staff], demo: true, store: { settings } }),
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await node?.remove();
});

type Look = (where: string) => Promise<void>;

const open = async ({ page }: TillPage, name: string) => {
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name }).click();
};

async function visitSelling(till: TillPage, look: Look): Promise<void> {
  const { page, tile, scan } = till;
  await look('sign-in');
  await page.getByRole('button', { name: 'Ayu', exact: true }).click();
  await look('PIN');
  await page.keyboard.type('111111', { delay: 60 });
  await page.keyboard.press('Enter');
  await tile('KOPI-SUSU').click();
  await tile('AIR-600').click();
  await look('sell');
  await scan('4006381333931');
  await look('notice');
  for (const key of ['F1', 'F10', 'F7']) {
    await page.keyboard.press(key);
    await page.waitForSelector('.sheet');
    await look(`sheet ${key}`);
    await page.keyboard.press('Escape');
  }
  const toggle = page.locator('.sale-toggle');
  if (await toggle.isVisible()) await toggle.click();
  await page.getByRole('button', { name: 'Quantity' }).click();
  await page.waitForSelector('.quantity-entry');
  await look('quantity');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await open(till, 'This sale');
  await page.waitForSelector('.details');
  for (const part of ['Customer', 'Note', 'Tip', 'Throw away']) {
    await page.locator('.details > .choice').getByRole('button', { name: part, exact: true }).click();
    await look(part);
  }
  await page.getByRole('button', { name: 'Training' }).click();
  await page.locator('.void .danger').click();
  await page.waitForSelector('.approval-what');
  await look('approval');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

async function visitPaying({ page, tile, text }: TillPage, look: Look): Promise<string> {
  await tile('BIR').click();
  await page.keyboard.press('F9');
  await page.waitForSelector('.age-born');
  await look('age');
  await page.getByRole('button', { name: 'No proof: remove these items' }).click();
  await page.keyboard.press('F9');
  await page.waitForSelector('.tender');
  await look('tender');
  for (const method of ['2', '3']) {
    await page.keyboard.press(method);
    await page.waitForSelector('.charge');
    await look(`charge ${method}`);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('1');
  await page.waitForSelector('.cash');
  await look('cash');
  await page.locator('.quick button').nth(1).click();
  await page.click('#pay-box');
  await page.waitForSelector('.done .qr');
  await look('done');
  await page.getByRole('button', { name: 'Show receipt QR' }).click();
  await look('receipt code');
  const receipt = (await text('.header-title .meta')).replace('Receipt ', '');
  await page.waitForTimeout(450);
  await page.click('#pay-box');
  await page.waitForSelector('.till[data-screen="sell"]');
  return receipt;
}

async function visitAfter(till: TillPage, receipt: string, look: Look): Promise<void> {
  const { page, tile } = till;
  await tile('KOPI-SUSU').click();
  await open(till, 'Held sales');
  await page.waitForSelector('.hold-open');
  await page.locator('.hold-open .action').click();
  await page.waitForSelector('.till[data-screen="sell"]');
  await open(till, 'Held sales');
  await page.waitForSelector('.held-row');
  await look('held');
  await open(till, 'Return');
  await page.fill('.return-find input', receipt);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.return-line');
  await page.getByRole('button', { name: 'Return one more Kopi susu' }).click();
  await look('return');
  await page.getByRole('button', { name: 'Other', exact: true }).click();
  await page.locator('.return-button').click();
  await page.waitForSelector('.return-taken');
  await look('return taken');
  await open(till, 'Receipts');
  await page.locator('.receipt-list button').first().click();
  await page.waitForSelector('.paper');
  await look('receipts');
}

check.each([
  { name: 'counter', viewport: desk, colorScheme: 'light' as const },
  { name: 'counter', viewport: desk, colorScheme: 'dark' as const },
  { name: 'phone', viewport: phone, colorScheme: 'light' as const },
  { name: 'phone', viewport: phone, colorScheme: 'dark' as const },
])(
  'check 19: on a $name in the $colorScheme theme no screen breaks a rule of WCAG 2.2 AA',
  { timeout: 120_000 },
  async ({ viewport, colorScheme }) => {
    const till = await openTill(browser, node.url, { viewport, colorScheme, reducedMotion: 'reduce' });
    const look: Look = async (where) => expect.soft(await violations(till.page), where).toEqual([]);
    await visitSelling(till, look);
    const receipt = await visitPaying(till, look);
    await visitAfter(till, receipt, look);
    expect(till.errors).toEqual([]);
    await till.page.context().close();
  },
);
