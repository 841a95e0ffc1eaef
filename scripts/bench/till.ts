// The till page in Chromium with 20,000 products: from a tap or a scan to the line on the screen, the script that its first load brings, and
// what the node holds of memory after a day of sales. The limit of a tap is a page that does nothing but add a line of text.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '#node/base/clock';
import { startTestNode } from '#node/test-node';
import { hasChromium, launchBrowser, typeAtOnce } from '#scripts/browser/chromium';
import { type Bench, type Measure, median, percentile, under } from './bench.ts';
import { memoryOf, type NodeChild, startNodeChild } from './node-child.ts';
import { openTill } from './till-socket.ts';

const PRODUCTS = 20_000;
const TAPS = 60;
const WARM_UP = 10;
const SALES = 5_000;
/** What a till does once it has its catalogue is over. */
const SETTLE_MS = 3_000;
const MEGABYTE = 1_000_000;

export const tillBench: Bench = async ({ path }) => {
  const shop = await fillShop(join(path, 'node'));
  const node = await startNodeChild(shop.folder);
  const measures = hasChromium ? await inBrowser(node, shop) : [];
  if (!hasChromium) console.error('No Chromium here (LAPAK_CHROMIUM): the page is not measured.');
  measures.push(...(await afterDay(node, shop)));
  await node.kill();
  return measures;
};

interface Shop {
  folder: string;
  token: string;
  barcodes: string[];
  makeWish: () => string;
}

async function fillShop(folder: string): Promise<Shop> {
  const products = Array.from({ length: PRODUCTS }, (_, at) => ({
    sku: `SKU-${at}`,
    name: `Barang ${at}`,
    amount: 100_000 + 100 * at,
    barcodes: [`0${8_990_000_000_000 + at}`],
    category: `Rak ${at % 40}`,
  }));
  const filled = await startTestNode({ dataFolder: folder, products });
  const { token, makeId } = filled;
  const ids = products.slice(0, 50).map(({ sku, amount }) => ({ productId: filled.productId(sku), amount }));
  await filled.stop();
  let sold = 0;
  const makeWish = () => {
    const chosen = [sold, sold + 1, sold + 2].map((at) => ids[at % ids.length]).filter((one) => one !== undefined);
    sold += 1;
    const total = chosen.reduce((sum, { amount }) => sum + amount, 0);
    const lines = chosen.map(({ productId }) => ({ lineId: makeId(), productId, quantity: 1 }));
    const tenders = [{ tenderId: makeId(), method: 'cash', tendered: total }];
    return JSON.stringify({ id: makeId(), lines, tenders, total, currency: 'IDR' });
  };
  return { folder, token, makeWish, barcodes: products.map(({ barcodes: [code = ''] }) => code.slice(1)) };
}

async function inBrowser(node: NodeChild, { barcodes }: Shop): Promise<Measure[]> {
  const browser = await launchBrowser();
  try {
    const script = await scriptBytes(browser, node.url);
    const page = await openPage(browser, node.url);
    await watchLines(page);
    const taps = await tapping(page);
    const scans = await scanning(page, barcodes);
    const limit = await bareTaps(browser);
    const measure = (name: string, took: readonly number[]): Measure => {
      const [value, least] = [percentile(took, 0.95), percentile(limit, 0.95)];
      return { name, ratio: value / least, value, limit: least, unit: 'ms', target: under(value, 50, 'p95 under 50 ms') };
    };
    return [
      measure('till.tap.p95', taps),
      measure('till.scan.p95', scans),
      { name: 'till.tap.median', ratio: median(taps) / median(limit), value: median(taps), limit: median(limit), unit: 'ms' },
      {
        name: 'till.script',
        ratio: null,
        value: script / 1_000,
        limit: null,
        unit: 'kB',
        target: under(script, 200_000, 'under 200 kB of gzip'),
      },
    ];
  } finally {
    await browser.close();
  }
}

/** With its whole catalogue: a scan finds what the page has. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1_024, height: 768 }, locale: 'en-GB' })).newPage();
  const pages = PRODUCTS / 500;
  let heard = 0;
  const whole = new Promise<void>((resolve) => {
    page.on('response', (answer) => {
      if (answer.url().includes('/catalogue/products') && ++heard === pages) resolve();
    });
  });
  await page.goto(url);
  await page.waitForSelector('.tile[data-product]');
  await whole;
  await page.waitForTimeout(SETTLE_MS);
  return page;
}

/** In the page: from the time of an event to the frame after something changed for it. */
async function watchLines(page: Page, event = 'pointerdown', within = '.sale'): Promise<void> {
  await page.evaluate(
    ([name, selector]) => {
      const took: number[] = [];
      let at: number | undefined;
      window.addEventListener(
        name,
        (heard) => {
          at = heard.timeStamp;
        },
        true,
      );
      window.addEventListener(
        'keydown',
        (heard) => {
          at = heard.timeStamp;
        },
        true,
      );
      new MutationObserver(() => {
        const began = at;
        at = undefined;
        if (began !== undefined) requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - began)));
      }).observe(document.querySelector(selector) as Element, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { took });
    },
    [event, within] as const,
  );
}

const tookIn = (page: Page): Promise<number[]> => page.evaluate(() => (window as unknown as { took: number[] }).took.splice(0));

async function each(page: Page, act: (at: number) => Promise<void>): Promise<number[]> {
  const took: number[] = [];
  for (let at = 0; at < WARM_UP + TAPS; at++) {
    await act(at);
    await page.waitForFunction(() => (window as unknown as { took: number[] }).took.length > 0);
    const [first] = await tookIn(page);
    if (at >= WARM_UP && first !== undefined) took.push(first);
  }
  return took;
}

/** Each tile in its turn: some make a new line, the second time round it counts one more. */
async function tapping(page: Page): Promise<number[]> {
  const tiles = page.locator('.tile[data-product]');
  const count = await tiles.count();
  return each(page, (at) => tiles.nth(at % Math.min(count, 12)).click());
}

async function scanning(page: Page, barcodes: readonly string[]): Promise<number[]> {
  const keyboard = await page.context().newCDPSession(page);
  return each(page, (at) =>
    typeAtOnce(keyboard, [...(barcodes[(at * 197) % barcodes.length] ?? ''), 'Enter'], { now: systemClock.now() }),
  );
}

async function bareTaps(browser: Browser): Promise<number[]> {
  const page = await browser.newPage();
  await page.setContent('<button>Add</button><ul class="sale"></ul>');
  await page.evaluate(() => {
    document.querySelector('button')?.addEventListener('click', () => {
      document.querySelector('ul')?.append(Object.assign(document.createElement('li'), { textContent: 'Kopi' }));
    });
  });
  await watchLines(page);
  return each(page, () => page.click('button'));
}

/** What came over the wire before the till could sell, in a browser that has nothing yet. */
async function scriptBytes(browser: Browser, url: string): Promise<number> {
  const page = await (await browser.newContext()).newPage();
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(url);
  await page.waitForSelector('.tile[data-product]');
  const loaded = await Promise.all(sizes);
  await page.context().close();
  return loaded.reduce((sum, size) => sum + size, 0);
}

async function afterDay(node: NodeChild, { token, makeWish }: Shop): Promise<Measure[]> {
  const till = await openTill({ port: Number(new URL(node.url).port), token });
  for (let sale = 0; sale < SALES; sale++) await till.sell(makeWish());
  till.close();
  const [value, bare] = [node.memory(), memoryOf(process.pid)];
  if (value === null || bare === null) return [];
  const target = under(value, 150 * MEGABYTE, 'under 150 MB');
  return [{ name: 'till.node-memory', ratio: null, value: value / MEGABYTE, limit: null, unit: 'MB', target }];
}
