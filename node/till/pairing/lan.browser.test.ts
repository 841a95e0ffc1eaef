// A till on another machine, in a real browser under a name of the shop's network: over plain HTTP and over TLS it is paired by a code, sells,
// and says what its connection is.
import { createHash, X509Certificate } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNode, type TestNode } from '../../test-node.ts';
import { misfits, violations } from '../test-access.ts';
import { buildPage, hasChromium, launchBrowser, phone } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping lan.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const NAME = 'kasir.lan';
/** Where the machine has no address in a network, the name stands for the machine itself: all but the first look is the same. */
const address =
  Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

let browser: Browser;
let node: TestNode;
let plain: string;
let safe: string;

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  node = await startTestNode({ lan: { names: [NAME], tlsPort: 0, tlsOnly: false } });
  [plain = '', safe = ''] = [node.lan?.plain[0], node.lan?.safe[0]];
  const authority = new X509Certificate(Buffer.from(await (await fetch(`${node.url}/trust/lapak-ca.crt`)).arrayBuffer()));
  const spki = createHash('sha256')
    .update(authority.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  // As after the steps of the page about trust: this browser takes what this authority has signed, and nothing else.
  browser = await launchBrowser([
    `--host-resolver-rules=MAP ${NAME} ${address}`,
    `--ignore-certificate-errors-spki-list=${spki}`,
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await node?.remove();
});

const newCode = async () => (await node.till.createCode({ body: { id: node.makeId() } })).code;

async function open(
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1024, height: 768 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  return { context, page, errors };
}

async function sell(page: Page): Promise<string> {
  await page.locator('.tile[data-product="TEH-MANIS"]').click();
  await page.keyboard.press('F8');
  await page.waitForSelector('#pay-box');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-screen="done"]');
  const { items } = await node.sale.list({});
  return items[0]?.receipt ?? '';
}

check(
  '[SYN-10] over plain HTTP a till under another name asks for a code, says what is wrong with one, is paired and sells',
  async () => {
    const { context, page, errors } = await open(plain);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    if (address !== '127.0.0.1') {
      await page.waitForSelector('.pairing');
      expect(await violations(page)).toEqual([]);
      await page.fill('#pairing-code', 'WRNG-0000');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.textContent('#pairing-note')).toContain('That code was not accepted.');
      expect(await page.textContent('.connection-note')).toContain('This connection is open');
      await page.fill('#pairing-code', (await newCode()).toLowerCase());
      await page.keyboard.press('Enter');
    }
    expect(await sell(page)).toMatch(/^T\d+A-000001$/);
    await page.reload();
    await page.waitForSelector('.tile[data-product]');
    expect(errors).toEqual([]);
    await context.close();
  },
);

check(
  '[SYN-10] over TLS a till is paired by the address that a manager’s screen shows, sells, and its connection is private',
  async () => {
    const code = await newCode();
    const { context, page, errors } = await open(`${safe}/#pair=${code}`);
    expect(await sell(page)).toMatch(/^T\d+A-000001$/);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
    expect(page.url()).toBe(`${safe}/`);
    expect(errors).toEqual([]);
    await context.close();
  },
);

check('[SYN-10] one that is shut out at another till says so at once, keeps its sale, and goes on with a new code', async () => {
  const { context, page } = await open(`${safe}/#pair=${await newCode()}`);
  await page.locator('.tile[data-product="KOPI-SUSU"]').click();
  await page.waitForSelector('.sale-line');
  const { items } = await node.till.list({});
  const last = items.at(-1)?.code ?? '';
  const owner = await open(node.url);
  await owner.page.waitForSelector('.tile[data-product]');
  await owner.page.keyboard.press('F10');
  await owner.page.locator('.menu-entries').getByRole('button', { name: 'Settings' }).click();
  const row = owner.page.locator(`[data-till="${last}"]`);
  await row.getByRole('button', { name: /Shut .* out/ }).focus();
  await owner.page.keyboard.down('Enter');
  await row.getByRole('button', { name: 'Pair again' }).waitFor();
  await owner.page.keyboard.up('Enter');
  if (address === '127.0.0.1') return;
  await page.waitForSelector('.pairing');
  await row.getByRole('button', { name: 'Pair again' }).click();
  await owner.page.waitForSelector('.till-code .qr');
  expect(await violations(owner.page)).toEqual([]);
  expect(await misfits(owner.page)).toEqual([]);
  const code = (await owner.page.textContent('.till-code strong')) ?? '';
  await page.fill('#pairing-code', code);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.sale-line');
  expect(await page.textContent('.sale-line-name')).toContain('Kopi susu');
  expect((await node.till.list({})).items.map((till) => till.code)).toEqual(items.map((till) => till.code));
  await context.close();
  await owner.context.close();
});

check('[SYN-10] the page about trust fits a phone, breaks no rule, and leads to the till under TLS', async () => {
  const { context, page } = await open(`${plain}/trust?lang=id`, { viewport: phone, colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole('link', { name: safe }).click();
  await page.waitForURL(`${safe}/`);
  await context.close();
});
