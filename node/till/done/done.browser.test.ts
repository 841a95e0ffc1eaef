// What the customer takes along, in a real browser on a real node with a simulated printer: paper, a file, a code; and no printer stops a queue.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from '#schema/client';
import { printContract } from '#schema/wire/print';
import { type PrinterSandbox, startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { systemClock } from '../../base/clock.ts';
import { profileOf } from '../../receipt/test-sale.ts';
import { startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping done.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const MINUTES_MS = 60_000;

let browser: Browser;
let node: TestNode;
let printer: PrinterSandbox;
let laterMs = 0;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  const clock = { ...systemClock, now: () => systemClock.now() + laterMs };
  [browser, node, printer] = await Promise.all([
    launchBrowser(),
    startTestNode({ clock, demo: true }),
    startPrinterSandbox({ widthDots: 576 }),
  ]);
  const machineToken = readFileSync(join(node.dataFolder, 'machine.token'), 'utf8').trim();
  const link = { kind: 'network' as const, host: '127.0.0.1', port: printer.port };
  await callsAs(machineToken).addPrinter({ body: { id: node.makeId(), name: 'Counter', link, profile: profileOf() } });
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
  await printer?.stop();
});

const callsAs = (token: string) =>
  client(printContract, { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) });

const jobs = async () => (await callsAs(node.token).jobs({ query: {} })).items;

async function open(): Promise<TillPage> {
  const till = await openTill(browser, node.url);
  opened.push(till);
  return till;
}

async function sell({ page, tile }: TillPage): Promise<void> {
  await tile('TEH-MANIS').click();
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.done');
}

async function next({ page }: TillPage): Promise<void> {
  await page.waitForTimeout(450);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.till[data-screen="sell"]');
}

const chip = ({ text }: TillPage) => text('.print-chip');

check('[IOT-08] P prints the receipt and says so; again is a copy; a sale that was not asked for has no paper', async () => {
  const till = await open();
  await sell(till);
  await expect.poll(() => chip(till)).toBe('Printer: ready');
  await till.page.keyboard.press('p');
  await expect.poll(() => chip(till)).toBe('Printed');
  await till.page.keyboard.press('p');
  await expect.poll(() => chip(till)).toBe('Copy printed');
  expect(printer.pieces()).toHaveLength(2);
  await next(till);
  await sell(till);
  await till.page.waitForTimeout(300);
  expect(printer.pieces()).toHaveLength(2);
});

check('check 24: no paper stops nothing: the next sale starts, and the job prints once under its own id', async () => {
  const till = await open();
  const { page } = till;
  const before = printer.pieces().length;
  printer.setPaper('out');
  await sell(till);
  await expect.poll(() => chip(till)).toBe('Printer: no paper');
  await page.keyboard.press('p');
  await expect.poll(() => chip(till)).toContain('Prints as soon as it can.');
  const [waiting] = await jobs();
  await next(till);
  await sell(till);
  await next(till);
  printer.setPaper('ok');
  await expect.poll(async () => (await jobs())[0]?.state).toBe('printed');
  expect((await jobs())[0]?.id).toBe(waiting?.id);
  expect(printer.pieces()).toHaveLength(before + 1);
});

check('check 24: a job that was given up says so on any screen, and is tried again under the same id', async () => {
  const till = await open();
  const { page, text } = till;
  const before = printer.pieces().length;
  printer.setPaper('out');
  await sell(till);
  await expect.poll(() => chip(till)).toBe('Printer: no paper');
  await page.keyboard.press('p');
  await expect.poll(() => chip(till)).toContain('Prints as soon as it can.');
  const [given] = await jobs();
  laterMs = 16 * MINUTES_MS;
  // The printer says how it stands, and its queue looks at the time.
  printer.setCover('open');
  await expect.poll(() => text('.notice'), { timeout: 20_000 }).toContain('Sale saved. Receipt not printed: it waited too long.');
  printer.setCover('closed');
  printer.setPaper('ok');
  await page.keyboard.press('p');
  await expect.poll(() => chip(till)).toMatch(/^(Printed|Copy printed)$/);
  expect((await jobs()).filter(({ id }) => id === given?.id)).toMatchObject([{ state: 'printed' }]);
  expect(printer.pieces()).toHaveLength(before + 1);
});

check('[IOT-08] the slip of the voucher that is shown goes to the printer, while it is open', async () => {
  const till = await open();
  const { page, tile } = till;
  await tile('AIR-600').click();
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.voucher');
  await page.getByRole('button', { name: 'Print voucher' }).click();
  await expect.poll(async () => (await jobs())[0]).toMatchObject({ kind: 'voucher', state: 'printed' });
  await page.locator('.voucher-words .action').click();
  await page.getByRole('button', { name: 'Print voucher' }).waitFor({ state: 'detached' });
  await next(till);
});

check('the receipt’s code and file are handed out; the last change stays on Sell until the next line', async () => {
  const till = await open();
  const { page, tile, text } = till;
  await tile('KOPI-SUSU').click();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: '20.000', exact: true }).click();
  await page.click('#pay-box');
  await page.waitForSelector('.done');
  const receipt = (await text('.header-title .meta')).replace('Receipt ', '');
  await page.getByRole('button', { name: 'Show receipt QR' }).click();
  expect(await page.getAttribute('.receipt-code .qr', 'aria-label')).toBe(`Code of receipt ${receipt}`);
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Send' }).click();
  expect((await file).suggestedFilename()).toBe(`${receipt}.pdf`);
  await next(till);
  expect(await text('.last-change')).toContain('2.000');
  await page.keyboard.press('F4');
  await page.waitForSelector('.hold-open');
  await page.keyboard.press('Escape');
  expect(await text('.last-change')).toContain(receipt);
  await tile('KOPI-SUSU').click();
  expect(await page.locator('.last-change').count()).toBe(0);
});
