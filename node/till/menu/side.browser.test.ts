// Screens beside the sale: opened by the menu and by digits, without a node too; nothing of the sale moves; and what a person sets up for a
// till stays. In a real browser on a real node.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';
import { knownCodes } from '../scanner/learned.ts';
import { misfits, violations } from '../test-access.ts';
import {
  awaitKept,
  awaitScreen,
  buildPage,
  desk,
  hasChromium,
  launchBrowser,
  openTill,
  phone,
  type TillPage,
} from '../test-page.ts';

if (!hasChromium) console.warn('Skipping side.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const kopi = '8991234567892';

let browser: Browser;
let node: TestNode;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ demo: true })]);
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

async function open(options: Parameters<typeof openTill>[2] = {}, url = node.url): Promise<TillPage> {
  const till = await openTill(browser, url, options);
  opened.push(till);
  return till;
}

async function go({ page }: TillPage, name: string | RegExp): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name }).click();
}

const place = ({ page }: TillPage, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height];
  });

check(
  'checks 12, 20, 21: F10 and a digit open a screen, Esc leads back; a scan under the menu is goods; Pay and Due never move',
  async () => {
    const till = await open();
    const { page, tile, scan, lines } = till;
    await tile('TEH-MANIS').click();
    const boxes = async () => [await place(till, '#pay-box'), await place(till, '#due-box')];
    const before = await boxes();
    await page.keyboard.press('F10');
    await page.waitForSelector('.menu-entries');
    await scan(kopi);
    await expect.poll(lines).toEqual(['1 Teh manis', '1 Kopi susu']);
    await page.waitForTimeout(200);
    expect(await page.getAttribute('.till', 'data-screen')).toBe('sell');
    const names = await page.locator('.menu-entries button:has(kbd)').allTextContents();
    expect(names.length).toBe(10);
    for (const [index] of names.entries()) {
      if ((await page.locator('.menu-entries').count()) === 0) await page.keyboard.press('F10');
      await page.waitForSelector('.menu-entries');
      await page.keyboard.press(String((index + 1) % 10));
      await page.waitForSelector('.side > :not(.side-waiting)');
      expect(await boxes()).toEqual(before);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('screen-heading');
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-screen="sell"]');
    }
    expect(await lines()).toEqual(['1 Teh manis', '1 Kopi susu']);
  },
);

check('[SYN-02] a screen that was fetched opens without the node; Pay on it still says why it waits', async () => {
  let own = await startTestNode({});
  const till = await open({}, own.url);
  const { page, text } = till;
  await till.tile('TEH-MANIS').click();
  await awaitScreen(till, 'settings');
  await own.stop();
  await page.waitForSelector('.state-line[data-link="lost"]');
  await go(till, 'Settings');
  await expect.poll(() => text('.side')).toContain('Theme');
  expect(await text('.side')).toContain('No answer from the store box');
  expect(await text('#pay-note')).toBe('Waits for the store box');
  own = await startTestNode({ dataFolder: own.dataFolder, port: Number(new URL(own.url).port) });
  await expect.poll(() => text('.side')).toContain('GB free');
  await own.remove();
});

check('[SYN-02] a screen whose code does not come says so, keeps the sale, and opens after a reload', async () => {
  const till = await open();
  const { page, text } = till;
  await page.context().route('**/settings-screen*', (route) => route.abort());
  await page.reload();
  await till.tile('TEH-MANIS').click();
  await go(till, 'Settings');
  await expect.poll(() => text('.side')).toContain('This screen could not be loaded. Reload the page: your sale is kept.');
  await page.context().unroute('**/settings-screen*');
  await awaitKept(page);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.waitForSelector('.tile[data-product]');
  await expect.poll(till.lines).toEqual(['1 Teh manis']);
  await go(till, 'Settings');
  await expect.poll(() => text('.side')).toContain('Theme');
});

check('[STO-02] theme and size that a person chose stay over a reload, also against what the machine prefers', async () => {
  const till = await open({ colorScheme: 'light' });
  const { page } = till;
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await background()).toBe('rgb(247, 248, 250)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe('rgb(15, 19, 24)');
  await go(till, 'Settings');
  await page.getByRole('button', { name: 'Light', exact: true }).click();
  await expect.poll(background).toBe('rgb(247, 248, 250)');
  await page.getByRole('button', { name: '125 %' }).click();
  await page.reload();
  await page.waitForSelector('.tile[data-product]');
  expect(await background()).toBe('rgb(247, 248, 250)');
  const [x = 0, y = 0, , height = 0] = await place(till, '#pay-box');
  const [exactX = 0, , exactWidth = 0] = await place(till, '.actions .exact');
  expect(exactX + exactWidth).toBeLessThanOrEqual(x);
  expect(Math.round(height)).toBe(80);
  expect(y + height).toBeLessThanOrEqual(desk.height);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(desk.height);
});

/** A scanner of the United States at a host with a Swedish keyboard, which puts `]` before each code. */
const swaps: Record<string, string> = { '-': '+', '/': '-', '+': '´', $: '¤' };
const typed = (code: string) => `]${[...code].map((character) => swaps[character] ?? character).join('')}`;

check(
  'check 10: a till learns its scanner from three codes; then what it adds is taken off, and signs are put right',
  async () => {
    const till = await open();
    const { page, scan, lines, text } = till;
    await scan(typed('KOPI-SUSU'));
    await expect.poll(() => text('.notice')).toContain('Unknown code ]KOPI+SUSU');
    await go(till, 'Settings');
    await page.getByRole('button', { name: 'Learn my scanner' }).click();
    for (const [index, code] of knownCodes.entries()) {
      await expect.poll(() => text('.side')).toContain(`Scan this code: ${index + 1} of 3`);
      await scan(typed(code));
    }
    await expect.poll(() => text('.side')).toContain('4 signs put right, “]” taken off');
    await page.keyboard.press('Escape');
    await scan(typed('KOPI-SUSU'));
    await expect.poll(lines).toEqual(['1 Kopi susu']);
    await page.reload();
    await page.waitForSelector('.tile[data-product]');
    await scan(typed('TEH-MANIS'));
    await expect.poll(lines).toEqual(['1 Kopi susu', '1 Teh manis']);
    await page.focus('#search-field');
    await scan(typed('ROTI-BAKAR'), 60);
    await expect.poll(lines).toEqual(['1 Kopi susu', '1 Teh manis', '1 Roti bakar']);
    expect(await page.inputValue('#search-field')).toBe('');
    await go(till, 'Settings');
    await page.getByRole('button', { name: 'Learn my scanner' }).click();
    for (let scans = 0; scans < 3; scans++) {
      await expect.poll(() => text('.side')).toContain(`Scan this code: ${scans + 1} of 3`);
      await scan(`899123456789${scans}`);
    }
    await expect.poll(() => text('.side')).toContain('That was another code.');
  },
);

check('[SYN-02] what is wrong with the store box is said in the state line, and settings show how it stands', async () => {
  const own = await startTestNode({});
  const till = await open({}, own.url);
  const { text } = till;
  own.store.troubles.raise('clock-off');
  await expect
    .poll(() => text('.state-line .long'))
    .toMatch(/^Store clock looks wrong \(\d\d:\d\d\)\. Keep selling; a manager must set it before closing\.$/);
  await go(till, 'Settings');
  const box = till.page.locator('.panel', { hasText: 'Store box' });
  await expect.poll(() => box.textContent()).toMatch(/Clock.*Wrong.*Disk.*OK.*Backup.*None yet.*Office/);
  own.store.troubles.clear('clock-off');
  own.store.troubles.raise('disk-full');
  await expect.poll(() => text('.state-line .long')).toContain('The store box is full.');
  await own.remove();
});

check.each([desk, phone, { width: 320, height: 640 }])(
  'checks 17, 18: at $width × $height every control fits a finger in every language, and nothing leaves the page sideways',
  async (viewport) => {
    for (const locale of ['en', 'id', 'sv']) {
      const till = await open({ viewport });
      const { page, scan } = till;
      await page.evaluate((language) => localStorage.setItem('lapak.language', language), locale);
      await page.reload();
      await page.waitForSelector('.tile[data-product]');
      const screens = await page.keyboard.press('F10').then(() => page.locator('.menu-entries button').count());
      for (let entry = 0; entry < screens - 1; entry++) {
        if ((await page.locator('.menu-entries').count()) === 0) await page.keyboard.press('F10');
        await page.locator('.menu-entries button').nth(entry).click();
        await page.waitForSelector('.side > :not(.side-waiting)');
        if ((await page.locator('.finder').count()) > 0) await scan(kopi);
        const tabs = await page.locator('.tabs button').count();
        for (let tab = 0; tab < Math.max(tabs, 1); tab++) {
          if (tabs > 0) await page.locator('.tabs button').nth(tab).click();
          expect(await misfits(page), `${locale}: ${await till.text('#screen-heading')} ${tab}`).toEqual([]);
        }
      }
      await page.close();
    }
  },
  60_000,
);

check.each([
  { name: 'counter', viewport: desk, colorScheme: 'light' as const },
  { name: 'counter', viewport: desk, colorScheme: 'dark' as const },
  { name: 'phone', viewport: phone, colorScheme: 'light' as const },
  { name: 'phone', viewport: phone, colorScheme: 'dark' as const },
])(
  'check 19: on a $name in the $colorScheme theme stock, devices and settings break no rule of WCAG 2.2 AA',
  { timeout: 120_000 },
  async (options) => {
    await node.sale.close({ body: saleOf(node, { 'AIR-600': 1 }) });
    const till = await open({ viewport: options.viewport, colorScheme: options.colorScheme, reducedMotion: 'reduce' });
    const { page, scan } = till;
    const look = async (where: string) => expect.soft(await violations(page), where).toEqual([]);
    const press = (name: string | RegExp) => page.locator('.side').getByRole('button', { name }).first().click();
    await go(till, 'Stock count');
    await press('Start counting');
    await page.waitForSelector('.finder');
    await scan(kopi);
    await page.waitForSelector('.quantity-field');
    await look('count');
    await press('Review differences');
    await page.getByRole('button', { name: 'Go on counting' }).waitFor();
    await look('review');
    await press('Finish with manager');
    await page.waitForSelector('.panel');
    await look('new count');
    await go(till, 'Goods in and out');
    await page.waitForSelector('.tabs');
    await scan(kopi);
    await page.locator('.row-open').click();
    await look('receive');
    await press('Waste');
    await look('waste');
    await go(till, 'Devices and vouchers');
    await page.waitForSelector('.rows');
    await look('devices');
    await press(/^Vouchers/);
    await press('Show QR');
    await page.waitForSelector('.qr');
    await look('vouchers');
    await press('Printing');
    await look('printing');
    await go(till, 'Settings');
    await press('Learn my scanner');
    await page.waitForSelector('.bars');
    await look('settings');
    await go(till, /^Stock\s*\d?$/);
    for (const tab of ['Low', 'Expiring soon', 'Last written']) {
      await press(tab);
      await page.waitForTimeout(150);
      await look(`stock ${tab}`);
    }
  },
);
