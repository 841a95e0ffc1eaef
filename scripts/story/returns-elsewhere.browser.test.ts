// A receipt of one store at the till of another, in a real browser: found at the centre, returned, and told to everybody.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPage, hasChromium, launchBrowser, openTill } from '#node/till/test-page';
import { startChain } from './test-chain.ts';

if (!hasChromium) console.warn('Skipping returns-elsewhere.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const soon = { timeout: 20_000, interval: 50 };

let browser: Browser;

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  browser = await launchBrowser();
}, 120_000);

afterAll(() => browser?.close());

check(
  '[ORD-14] goods of another store come back at this till, once, and both stores and the books know',
  {
    timeout: 90_000,
  },
  async () => {
    const chain = await startChain();
    const { centre } = chain;
    const home = await chain.startNode();
    const sale = await home.sell('KOPI-SUSU', 2);
    await expect
      .poll(
        () =>
          centre.as.order.show({ params: { id: sale.id } }).then(
            () => 'known',
            () => 'unknown',
          ),
        soon,
      )
      .toBe('known');
    const other = await chain.startStore('Warung Budi');
    await expect.poll(() => other.price('KOPI-SUSU'), soon).toBe(1_800_000);

    const { page, errors, scan, text, tile } = await openTill(browser, other.url);
    await tile('KOPI-SUSU').waitFor();
    await page.keyboard.press('F6');
    await page.waitForSelector('.return-find');
    await scan(sale.receipt);
    await page.getByRole('button', { name: 'Tanya toko lain' }).click();
    await page.getByRole('button', { name: /Warung Sari/ }).click();
    await page.waitForSelector('.return-line');
    expect(await text('.return-line')).toContain('Kopi susu');
    await page.getByRole('button', { name: 'Tambah retur Kopi susu' }).click();
    await page.getByRole('button', { name: 'Berubah pikiran' }).click();
    await page.keyboard.press('F9');
    await page.waitForSelector('.return-taken');
    expect(await text('.return-taken .done-change strong')).toBe('Rp 18.000');
    expect(other.store.stock.level(chain.productId('KOPI-SUSU')).onHand).toBe(1);
    await expect.poll(async () => (await centre.as.order.show({ params: { id: sale.id } })).returns.length, soon).toBe(1);

    await page.getByRole('button', { name: 'Retur berikutnya' }).click();
    await page.waitForSelector('.return-find');
    await scan(sale.receipt);
    await page.getByRole('button', { name: 'Tanya toko lain' }).click();
    await page.getByRole('button', { name: /Warung Sari/ }).click();
    await page.waitForSelector('.return-line');
    expect(await text('.return-line')).toContain('1 sudah kembali');
    expect((await centre.as.exception.list({ query: {} })).items).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  },
);
