// What the till looks like in a real browser: sizes, places that never move, languages, currencies, keys, and twenty thousand products.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNode, type TestNode } from '../test-node.ts';
import { buildPage, desk, hasChromium, launchBrowser, openTill, phone, type TillPage } from './test-page.ts';

if (!hasChromium) console.warn('Skipping till-look.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

let browser: Browser;
let node: TestNode;

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ demo: true })]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await node?.remove();
});

/** Visits every screen and sheet of a sale, and calls at each. */
async function visitAll({ page, tile, scan }: TillPage, look: (where: string) => Promise<void>): Promise<void> {
  await look('nothing sold');
  await tile('KOPI-SUSU').click();
  await tile('AIR-600').click();
  await look('sell');
  await page.fill('#search-field', 'kopi');
  await look('search');
  await page.keyboard.press('Escape');
  for (const key of ['F1', 'F10']) {
    await page.keyboard.press(key);
    await look(`sheet ${key}`);
    await page.keyboard.press('Escape');
  }
  for (const screen of ['Held sales', 'Return', 'This sale', 'Receipts']) {
    await page.keyboard.press('F10');
    await page.locator('.menu-entries').getByRole('button', { name: screen }).click();
    await page.waitForSelector('.hold-open, .return-find, .details, .receipts');
    await look(screen);
    await page.keyboard.press('Escape');
  }
  await scan('4006381333931');
  await page.waitForSelector('.notice');
  await look('notice');
  await page.click('#pay-box');
  await look('cash');
  await page.click('.quick button:nth-child(2)');
  await look('cash given');
  await page.click('#pay-box');
  await page.waitForSelector('.done');
  await look('done');
  await page.waitForTimeout(450);
  await page.click('#pay-box');
  await look('next sale');
}

/** Controls in sight that are smaller than a finger, and whatever leaves the page sideways. */
const misfits = ({ page }: TillPage) =>
  page.evaluate(() => {
    const name = (element: Element) => element.getAttribute('aria-label') ?? element.textContent ?? element.id;
    const boxed = [...document.querySelectorAll('button, input:not(.sink)')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height > 0);
    const small = boxed.filter(({ box }) => box.width < 47.5 || box.height < 47.5);
    const outside = boxed.filter(
      ({ element, box }) => !element.closest('.categories') && (box.left < 0 || box.right > innerWidth),
    );
    const scrolls = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    return [
      ...scrolls,
      ...small.map(({ element, box }) => `small: ${name(element)} ${box.width}×${box.height}`),
      ...outside.map(({ element }) => `outside: ${name(element)}`),
    ];
  });

check.each([desk, phone, { width: 320, height: 640 }, { width: 1440, height: 900 }])(
  'check 18: at $width × $height every control is 48 × 48 and nothing scrolls sideways',
  async (viewport) => {
    const till = await openTill(browser, node.url, { viewport });
    await visitAll(till, async (where) => expect(await misfits(till), where).toEqual([]));
    if (viewport.width > 700) return;
    await till.tile('KOPI-SUSU').click();
    await till.page.click('.sale-toggle');
    expect(await misfits(till)).toEqual([]);
    await till.page.click('.sale-head .quiet');
    expect(await misfits(till)).toEqual([]);
  },
);

check('check 21: Due and Pay stand in the same place on every screen, and nothing shifts', async () => {
  const till = await openTill(browser, node.url);
  const { page } = till;
  await page.evaluate(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) shifts.sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const boxes = () =>
    page.evaluate(() =>
      ['due-box', 'pay-box'].map((id) => {
        const { x, y, width, height } = document.getElementById(id)?.getBoundingClientRect() ?? new DOMRect();
        return [x, y, width, height];
      }),
    );
  const first = await boxes();
  await visitAll(till, async (where) => expect(await boxes(), where).toEqual(first));
  node.offline();
  await expect.poll(() => till.text('.state-line')).toContain('No internet');
  expect(await boxes()).toEqual(first);
  expect(await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)).toBeLessThanOrEqual(0.01);
});

check('check 17: rupiah show dots in all three languages, and every word changes with the language', async () => {
  const { page, tile, text } = await openTill(browser, node.url);
  await tile('KOPI-SUSU').click();
  for (const [language, pay] of [
    ['Bahasa Indonesia', 'BAYAR 18.000'],
    ['Svenska', 'BETALA 18.000'],
    ['English', 'PAY 18.000'],
  ] as const) {
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: language }).click();
    await page.keyboard.press('Escape');
    expect(await text('#pay-box .pay-label')).toBe(pay);
    expect(await text('.tile[data-product="KOPI-SUSU"] .tile-price')).toBe('18.000');
  }
});

check('check 16: SEK 99,50 in cash is 100 kr, with the rounding as its own line before payment', async () => {
  const swedish = await startTestNode({
    products: [{ sku: 'SAFT', name: 'Saft', amount: 9_950 }],
    store: {
      currency: 'SEK',
      country: 'SE',
      time_zone: 'Europe/Stockholm',
      settings: JSON.stringify({ languages: ['sv', 'en'] }),
    },
    tax: { rate: 1_200, inclusive: true },
  });
  const { page, tile, due, text } = await openTill(browser, swedish.url, { locale: 'sv-SE' });
  await tile('SAFT').click();
  expect(await due()).toBe('99,50 kr');
  await page.keyboard.press('F9');
  expect(await due()).toBe('100,00 kr');
  expect(await text('.totals')).toContain('Öresavrundning0,50');
  for (const key of '100,00') await page.keyboard.press(key, { delay: 60 });
  expect(await text('.change-row output')).toBe('0,00');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.done');
  expect((await swedish.sale.list({ query: {} })).items[0]?.due).toBe(10_000);
  await swedish.remove();
});

/** Whether what has the focus shows it and is covered by nothing. */
const focusIsSeen = ({ page }: TillPage) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing has the focus';
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    const ring = getComputedStyle(element).outlineStyle;
    if (ring === 'none') return `no ring on ${element.id}`;
    return element === top || element.contains(top) ? 'seen' : `covered: ${element.id}`;
  });

check('check 20: a full sale by keyboard alone, the focus always in sight', async () => {
  const till = await openTill(browser, node.url);
  const { page, lines } = till;
  await page.getByRole('button', { name: 'Kopi susu, 18.000 rupiah, add.' }).waitFor();
  await page.keyboard.press('F2');
  expect(await focusIsSeen(till)).toBe('seen');
  await page.keyboard.type('teh manis', { delay: 90 });
  await till.tile('KOPI-SUSU').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('+');
  expect(await lines()).toEqual(['2 Teh manis']);
  for (const key of ['3', '*']) {
    await page.waitForTimeout(150);
    await page.keyboard.press(key);
  }
  await page.locator('.tile[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  expect(await page.locator('.tile[tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Enter');
  expect(await lines()).toEqual(['2 Teh manis', '3 Kopi susu']);
  await page.getByRole('button', { name: 'Kopi susu, 18.000 rupiah, add. 3 in the sale' }).waitFor();
  await page.getByRole('button', { name: 'Line 2: 3 Kopi susu, 54.000 rupiah' }).waitFor();
  await page.keyboard.press('F9');
  expect(await focusIsSeen(till)).toBe('seen');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.done');
  expect(await focusIsSeen(till)).toBe('seen');
  await page.waitForTimeout(450);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-screen="sell"]');
  expect(await focusIsSeen(till)).toBe('seen');
});

const FRAME_MS = 17;

/** Taps forty tiles, each when the one before has been painted: from a tap to its painted line, and an idle frame after each; p95. */
const tapTimes = (page: TillPage['page']) =>
  page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const taps: number[] = [];
    const frames: number[] = [];
    const p95 = (took: number[]) => took.sort((left, right) => left - right)[Math.floor(took.length * 0.95)] ?? Number.NaN;
    for (const tile of [...document.querySelectorAll<HTMLElement>('.tile')].slice(0, 40)) {
      const began = performance.now();
      tile.click();
      await painted();
      const shown = performance.now();
      taps.push(shown - began);
      await painted();
      frames.push(performance.now() - shown);
    }
    return { tapMs: p95(taps), frameMs: p95(frames) };
  });

// A program that takes the processor away for a moment looks like a slow till: then it is measured again.
check(
  'check 22: with 20,000 products at most 80 tiles exist, and a tap is in the sale within 50 ms (p95)',
  { retry: 2 },
  async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      sku: `P-${index}`,
      name: `Barang ${index}`,
      amount: 100_000 + index * 100,
      barcodes: [`0888${String(index).padStart(10, '0')}`],
    }));
    const full = await startTestNode({ products: many });
    const { page, scan, lines } = await openTill(browser, full.url);
    const tiles = () => page.locator('.tile').count();
    expect(await tiles()).toBeLessThanOrEqual(80);
    const { tapMs, frameMs } = await tapTimes(page);
    expect(await page.locator('.sale-line').count()).toBe(40);
    // On a busy machine every frame is late, also one in which nothing happens: that is not the till's.
    const lateMs = Math.max(0, frameMs - FRAME_MS);
    expect(tapMs - lateMs).toBeLessThanOrEqual(50);
    await page.locator('.tiles').evaluate((grid) => grid.scrollTo(0, 200_000));
    await page.waitForTimeout(100);
    expect(await tiles()).toBeLessThanOrEqual(80);
    await scan('8880000019999');
    await expect.poll(async () => (await lines()).at(-1)).toBe('1 Barang 19999');
    await full.remove();
  },
);
