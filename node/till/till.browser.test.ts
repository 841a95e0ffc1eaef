// The till in a real browser on a real node. The numbers are those of the acceptance checks in the till's specification.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from '#schema/client';
import { present } from '#schema/values/assert';
import { draftContract } from '#schema/wire/draft';
import { startTestNode, type TestNode, type TestProduct } from '../test-node.ts';
import { awaitKept, buildPage, hasChromium, launchBrowser, openTab, openTill, type TillPage } from './test-page.ts';

if (!hasChromium) console.warn('Skipping till.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const codes = Array.from({ length: 10 }, (_, index) => String(8_990_000_000_000 + index));
const products: TestProduct[] = [
  { sku: 'KOPI-SUSU', name: 'Kopi susu', amount: 1_800_000, barcodes: ['08991234567892'], category: 'Kopi' },
  { sku: 'TEH-MANIS', name: 'Teh manis', amount: 600_000, category: 'Teh' },
  { sku: 'ROTI-BAKAR', name: 'Roti bakar', amount: 1_150_000, category: 'Makanan' },
  { sku: 'AIR-600', name: 'Air 600 ml', amount: 500_000, category: 'Air', dispensable: true, stockPolicy: 'forbid' },
  ...codes.map((code, index) => ({ sku: `N-${index}`, name: `Nomor ${index}`, amount: 100_000, barcodes: [`0${code}`] })),
];
const kopi = '8991234567892';

let browser: Browser;
let node: TestNode;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ products, demo: true })]);
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

declare global {
  interface Window {
    /** What other tabs say while it is held is heard when it is let go, as by a page that stood still. */
    holdWords(held: boolean): void;
  }
}

/** In the page, before anything of it. */
function makeWordsHeld(): void {
  const said: (() => void)[] = [];
  let isHeld = false;
  window.BroadcastChannel = class extends BroadcastChannel {
    override set onmessage(hear: (event: MessageEvent) => void) {
      super.onmessage = (event) => (isHeld ? void said.push(() => hear(event)) : hear(event));
    }
  };
  window.holdWords = (held) => {
    isHeld = held;
    if (!held) for (const hear of said.splice(0)) hear();
  };
}

const soldSales = async (on: TestNode = node) => (await on.sale.list({ query: { limit: '500' } })).items;

async function fill({ tile }: TillPage): Promise<void> {
  for (const sku of ['KOPI-SUSU', 'KOPI-SUSU', 'ROTI-BAKAR']) await tile(sku).click();
}

check(
  '[ORD-13] check 15: a coffee sold for cash: quick amounts, change in big figures, a receipt on the screen; saved once',
  async () => {
    const till = await open();
    const before = await soldSales();
    await fill(till);
    expect(await till.due()).toBe('Rp 47.500');
    await till.page.click('#pay-box');
    expect(await till.page.locator('.quick button').allTextContents()).toEqual(['Exact 47.500', '50.000', '60.000', '100.000']);
    await till.page.click('.quick button:nth-child(2)');
    await till.page.click('#pay-box');
    expect(await till.text('.done-change strong')).toBe('Rp 2.500');
    expect(await till.page.locator('.done-change strong').evaluate((it) => getComputedStyle(it).fontSize)).toBe('56px');
    const sold = await soldSales();
    expect(sold.length).toBe(before.length + 1);
    const receipt = await till.text('.receipt');
    for (const part of ['Warung Sari', present(sold[0], 'a sale').receipt, '2 × 18.000', '36.000', '50.000', 'Terima kasih'])
      expect(receipt).toContain(part);
    await till.page.waitForTimeout(450);
    await till.page.keyboard.press('Enter');
    await till.page.waitForSelector('[data-screen="sell"]');
    expect(await till.text('.last-change')).toContain('2.500');
  },
);

check('[PRD-05] search finds by name and by code while typing, with the node and without it', async () => {
  const { page, tile, lines } = await open();
  await page.fill('#search-field', 'roti');
  await tile('KOPI-SUSU').waitFor({ state: 'detached' });
  expect(await page.locator('.tile[data-product]').count()).toBe(1);
  await page.keyboard.press('Enter');
  expect(await lines()).toEqual(['1 Roti bakar']);
  await page.route('**/catalogue/search*', (route) => route.abort());
  await page.fill('#search-field', 'teh-');
  await tile('KOPI-SUSU').waitFor({ state: 'detached' });
  expect(await page.locator('.tile[data-product]').count()).toBe(1);
});

check('checks 7, 8, 9: a scan changes no field and presses no button, wherever the focus is', async () => {
  const { page, scan, lines, text } = await open();
  await page.fill('#search-field', 'ko');
  await scan(kopi);
  expect(await page.inputValue('#search-field')).toBe('ko');
  await expect.poll(lines).toEqual(['1 Kopi susu']);
  await page.keyboard.press('Escape');
  await page.click('.sale-head .quiet');
  await page.keyboard.press('1');
  await page.waitForTimeout(150);
  await page.keyboard.press('2');
  await page.waitForTimeout(150);
  await scan(kopi);
  await expect.poll(lines).toEqual(['2 Kopi susu']);
  expect(await text('.quantity-entry')).toBe('12');
  await page.keyboard.press('Escape');
  const before = await soldSales();
  await page.keyboard.press('F8');
  await page.waitForTimeout(200);
  await scan(kopi);
  await expect.poll(lines).toEqual(['3 Kopi susu']);
  expect(await page.getAttribute('.till', 'data-screen')).toBe('cash');
  expect(await text('.given-row output')).toBe('54.000');
  expect(await soldSales()).toHaveLength(before.length);
});

check('check 10: a person typing at 120 ms a key is never a scan', async () => {
  const { page, lines } = await open();
  await page.focus('#search-field');
  await page.keyboard.type(kopi, { delay: 120 });
  await page.waitForTimeout(250);
  expect(await page.inputValue('#search-field')).toBe(kopi);
  expect(await lines()).toEqual([]);
});

check('check 11: ten different codes within a second are ten lines in their order', async () => {
  const { page, scan, lines } = await open();
  for (const code of codes) await scan(code);
  await expect.poll(lines).toEqual(codes.map((_, index) => `1 Nomor ${index}`));
  await scan('4006381333931');
  await page.waitForSelector('.notice[data-tone="fault"]');
  expect(await lines()).toHaveLength(10);
});

check(
  'check 12: a scan under each sheet, and on each screen that takes none itself, adds the item and what is open stays',
  async () => {
    const { page, scan, lines } = await open();
    const openings: { open: () => Promise<unknown>; stays: string }[] = [
      ...['F1', 'F10', 'F7'].map((key) => ({ open: () => page.keyboard.press(key), stays: '.sheet' })),
      { open: () => page.getByRole('button', { name: 'Quantity' }).click(), stays: '.quantity-entry' },
      { open: () => page.keyboard.press('F4'), stays: '.hold-open' },
      { open: () => page.getByRole('button', { name: 'Customer, note and more' }).click(), stays: '.details' },
    ];
    await scan(present(codes[0], 'a code'));
    for (const [index, { open: opened, stays }] of openings.entries()) {
      await opened();
      await page.waitForSelector(stays);
      await scan(present(codes[index + 1], 'a code'));
      await expect.poll(async () => (await lines()).length).toBe(index + 2);
      expect(await page.locator(stays).count()).toBe(1);
      await page.keyboard.press('Escape');
    }
  },
);

check('check 1: a reload in the middle of a sale keeps lines and quantities', async () => {
  const till = await open();
  await fill(till);
  await expect.poll(till.lines).toEqual(['2 Kopi susu', '1 Roti bakar']);
  await till.page.reload();
  await expect.poll(till.lines).toEqual(['2 Kopi susu', '1 Roti bakar']);
  await till.page.keyboard.press('Control+z');
  expect(await till.lines()).toEqual(['2 Kopi susu']);
});

check(
  '[ORD-15] two tabs of one till have a sale each, a reload keeps both, and a closed tab leaves its sale to the next',
  async () => {
    const one = await open();
    const context = one.page.context();
    await one.tile('KOPI-SUSU').click();
    const two = await openTab(context, node.url);
    opened.push(two);
    expect(await two.lines()).toEqual([]);
    await two.tile('TEH-MANIS').click();
    for (const { page } of [one, two]) await page.reload();
    await expect.poll(one.lines).toEqual(['1 Kopi susu']);
    await expect.poll(two.lines).toEqual(['1 Teh manis']);
    await one.page.close();
    const next = await openTab(context, node.url);
    opened.push(next);
    await expect.poll(next.lines).toEqual(['1 Kopi susu']);
    expect(await two.lines()).toEqual(['1 Teh manis']);
  },
);

check('[ORD-15] a tab that stood still while another took its sale over lets go of it, before the node says so', async () => {
  const one = await open();
  const { page } = one;
  const context = page.context();
  // The node would tell it too, in its own time.
  await context.route(/\/api\/v1\/drafts/, () => {});
  await page.addInitScript(makeWordsHeld);
  await page.reload();
  await one.tile('KOPI-SUSU').click();
  await awaitKept(page);
  await page.evaluate(() => window.holdWords(true));
  const two = await context.newPage();
  await two.goto(node.url);
  const lines = (of: Page) => of.locator('.sale-line-name').allTextContents();
  await expect.poll(() => lines(two)).toEqual(['Kopi susu']);
  expect(await lines(page)).toEqual(['Kopi susu']);
  await page.evaluate(() => window.holdWords(false));
  await expect.poll(() => one.text('.notice')).toBe('This sale goes on at Till 1.');
  expect(await lines(page)).toEqual([]);
  await awaitKept(two);
  await two.reload();
  await expect.poll(() => lines(two)).toEqual(['Kopi susu']);
  await one.tile('TEH-MANIS').click();
  await expect.poll(one.lines).toEqual(['1 Teh manis']);
});

check('check 23: Ctrl+Z brings a removed line back to its old position', async () => {
  const { page, tile, lines } = await open();
  for (const sku of ['KOPI-SUSU', 'TEH-MANIS', 'ROTI-BAKAR']) await tile(sku).click();
  await page.getByRole('button', { name: 'Remove Teh manis, line 2' }).click();
  expect(await lines()).toEqual(['1 Kopi susu', '1 Roti bakar']);
  await page.keyboard.press('Control+z');
  expect(await lines()).toEqual(['1 Kopi susu', '1 Teh manis', '1 Roti bakar']);
});

check('[PAY-03] check 2: a held Enter and a double click on Take cash are one sale each, and Done still shows', async () => {
  const before = (await soldSales()).length;
  for (const [index, take] of [
    async ({ page }: TillPage) => {
      for (let held = 0; held < 25; held++) await page.keyboard.down('Enter');
      await page.waitForTimeout(600);
      for (let held = 0; held < 5; held++) await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
    },
    ({ page }: TillPage) => page.dblclick('#pay-box'),
  ].entries()) {
    const till = await open();
    await till.tile('TEH-MANIS').click();
    await till.page.keyboard.press('F8');
    await till.page.waitForSelector('.cash');
    await take(till);
    await till.page.waitForSelector('.done');
    await till.page.waitForTimeout(200);
    expect(await till.page.getAttribute('.till', 'data-screen')).toBe('done');
    expect((await soldSales()).length).toBe(before + index + 1);
  }
});

check(
  'check 3: an answer lost after the commit is found again under the same receipt; a request lost before it is sent again',
  async () => {
    const before = (await soldSales()).length;
    const { page, tile, text } = await open();
    await page.route('**/api/v1/sales', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await tile('TEH-MANIS').click();
    await page.keyboard.press('F8');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.done');
    const [saved] = await soldSales();
    expect(await text('.notice')).toBe(`It was saved: receipt ${saved?.receipt}.`);
    expect(await text('.header-title')).toContain(present(saved, 'a sale').receipt);
    await page.unroute('**/api/v1/sales');
    await page.waitForTimeout(450);
    await page.keyboard.press('Enter');
    await tile('TEH-MANIS').click();
    await page.keyboard.press('F8');
    await page.route('**/api/v1/sales', (route) => route.abort(), { times: 1 });
    await page.keyboard.press('Enter');
    await expect.poll(() => text('.notice')).toBe('It was not saved. Nothing was recorded. Try again.');
    expect(await text('#pay-box')).toContain('Try again');
    await page.click('#pay-box');
    await page.waitForSelector('.done');
    expect((await soldSales()).length).toBe(before + 2);
  },
);

check('a reload while the answer is out asks the node instead of selling again', async () => {
  const before = (await soldSales()).length;
  const { page, tile, text } = await open();
  await page.route('**/api/v1/sales', async (route) => {
    await route.fetch();
    // Never answered.
  });
  await tile('TEH-MANIS').click();
  await page.keyboard.press('F8');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await soldSales()).length).toBe(before + 1);
  await page.reload();
  await page.waitForSelector('.done');
  expect(await text('.notice')).toContain('It was saved: receipt');
  expect((await soldSales()).length).toBe(before + 1);
});

check(
  '[SYN-02] checks 4 and 5: with the node gone lines add and Pay says why it waits; when it is back nothing is doubled',
  async () => {
    let own = await startTestNode({ products });
    const till = await open({}, own.url);
    const { page } = till;
    await fill(till);
    await own.stop();
    await page.waitForSelector('.state-line[data-link="lost"]');
    expect(await till.text('.state-line .long')).toBe("Can't reach the store box. Your sale is kept. Payment waits.");
    await till.scan(kopi);
    await expect.poll(till.lines).toEqual(['3 Kopi susu', '1 Roti bakar']);
    expect(await page.getAttribute('#pay-box', 'aria-disabled')).toBe('true');
    expect(await till.text('#pay-note')).toBe('Waits for the store box');
    await page.click('#pay-box', { force: true });
    expect(await page.getAttribute('.till', 'data-screen')).toBe('sell');
    // Said for four seconds: the page itself waits for it, and from before it can be said.
    const said = page.waitForFunction(() => document.querySelector('.state-line[data-link="back"] .long')?.textContent);
    own = await startTestNode({ products, dataFolder: own.dataFolder, port: Number(new URL(own.url).port) });
    expect(await (await said).jsonValue()).toBe('Store box is back. Carry on.');
    expect(await till.lines()).toEqual(['3 Kopi susu', '1 Roti bakar']);
    const headers = () => ({ authorization: `Bearer ${own.token}` });
    const drafts = () => client(draftContract, { baseUrl: own.url, fetch, headers }).list();
    await expect.poll(async () => (await drafts()).items).toMatchObject([{ state: 'open', items: 4 }]);
    await page.keyboard.press('F8');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.done');
    expect(await soldSales(own)).toHaveLength(1);
    expect((await drafts()).items).toEqual([]);
    await own.remove();
  },
);

check('the state line says when the internet is gone, and what waits', async () => {
  const { page, text } = await open();
  node.offline();
  await expect.poll(() => text('.state-line .said:first-child .long')).toBe('No internet. Sales work as usual.');
  expect(await text('.state-line')).toMatch(/\d+ sales saved here, waiting to send\. Oldest .+\./);
  expect(await page.getAttribute('.state-line', 'data-tone')).toBe('info');
});

check('[PRD-09] a price changed at the centre reaches the open till and its open sale without a reload', async () => {
  const { page, tile, due, text } = await open();
  await tile('N-9').click();
  expect(await due()).toBe('Rp 1.000');
  await page.keyboard.press('F8');
  node.setPrice('N-9', 250_000);
  await expect.poll(due).toBe('Rp 2.500');
  expect(await text('.given-row output')).toBe('2.500');
  expect(await text('.notice')).toContain('Due is now 2.500');
  await page.keyboard.press('Escape');
  expect(await text('.tile[data-product="N-9"] .tile-price')).toBe('2.500');
});

check('[DSP-01] a dispensable item gives a QR, the virtual dispenser pours it, and the till sees it at once', async () => {
  const { page, tile, text, scan } = await open();
  await tile('AIR-600').click();
  await tile('AIR-600').click();
  await page.keyboard.press('F8');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.qr');
  expect(await text('.pages')).toBe('Voucher 1 of 2');
  await page.click('.voucher-words > .action');
  await expect.poll(() => text('.voucher-state')).toBe('Dispensed');
  await expect.poll(() => text('.pour')).toBe('Poured.');
  await page.getByRole('button', { name: 'Next voucher' }).click();
  expect(await text('.voucher-state')).toBe('Not used yet');
  const [sold] = await soldSales();
  const { vouchers } = await node.sale.show({ params: { id: present(sold, 'a sale').id } });
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-screen="sell"]');
  const openVoucher = present(vouchers.find(({ state }) => state === 'open')?.code, 'an open voucher');
  await scan(openVoucher);
  await expect.poll(() => text('.notice')).toContain('Air 600 ml: Not used yet.');
  await scan(present(vouchers.find(({ state }) => state === 'dispensed')?.code, 'a used voucher'));
  await expect.poll(() => text('.notice')).toContain('already used');
});
