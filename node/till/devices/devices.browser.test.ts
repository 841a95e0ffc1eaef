// Printers, print jobs and vouchers as a cashier meets them: in a real browser, on a real node, at a simulated printer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from '#schema/client';
import { present } from '#schema/values/assert';
import { printContract } from '#schema/wire/print';
import { type PrinterSandbox, startPrinterSandbox } from '#scripts/sandbox/printer/printer';
import { profileOf } from '../../receipt/test-sale.ts';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping devices.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

let browser: Browser;
let node: TestNode;
let printer: PrinterSandbox;
const printerId = '01980000-0000-7000-8000-000000000001';
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ demo: true })]);
}, 120_000);

beforeEach(async () => {
  if (!hasChromium) return;
  printer = await startPrinterSandbox({ widthDots: 576 });
  await addPrinter(printerId, 'Counter', printer.port);
  await expect.poll(async () => (await node.print.printers()).items[0]?.condition).toBe('ready');
});

afterEach(() => printer?.stop());

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

function addPrinter(id: string, name: string, port: number) {
  const token = readFileSync(join(node.dataFolder, 'machine.token'), 'utf8').trim();
  const machine = client(printContract, { baseUrl: node.url, fetch, headers: () => ({ authorization: `Bearer ${token}` }) });
  return machine.addPrinter({ body: { id, name, link: { kind: 'network', host: '127.0.0.1', port }, profile: profileOf({}) } });
}

async function open(): Promise<TillPage> {
  const till = await openTill(browser, node.url);
  opened.push(till);
  return till;
}

async function go({ page }: TillPage, name: string): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name }).click();
  await page.waitForSelector('.side .stack');
}

const press = ({ page }: TillPage, name: string | RegExp) => page.locator('.side').getByRole('button', { name }).first().click();

/** Each job: what it is and what became of it. */
const jobs = ({ page }: TillPage) =>
  page
    .locator('[data-job]')
    .evaluateAll((rows) =>
      rows.map((row) => `${row.querySelector('strong')?.textContent} ${row.querySelector('.state-chip')?.textContent?.trim()}`),
    );

check(
  '[IOT-08] check 24: with the printer out of paper the next sale starts; the job is printed once, under its own id',
  async () => {
    const till = await open();
    const { page, tile, text } = till;
    printer.setPaper('out');
    await expect.poll(async () => (await node.print.printers()).items[0]?.condition).toBe('paper-out');
    await tile('TEH-MANIS').click();
    await page.keyboard.press('F8');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.done');
    await page.keyboard.press('p');
    await expect.poll(async () => (await node.print.jobs({ query: {} })).items.length).toBe(1);
    const [job] = (await node.print.jobs({ query: {} })).items;
    await expect.poll(() => text('.print-chip')).toContain('no paper');
    await page.waitForTimeout(450);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-screen="sell"]');
    await tile('KOPI-SUSU').click();
    expect(await till.lines()).toEqual(['1 Kopi susu']);
    await go(till, 'Devices and vouchers');
    await expect.poll(() => text('.rows')).toContain('No paper');
    await press(till, 'Printing');
    await expect.poll(() => jobs(till)).toEqual(['Receipt Waits']);
    printer.setPaper('ok');
    await expect.poll(() => jobs(till)).toEqual(['Receipt Printed']);
    expect(await page.locator('[data-job]').getAttribute('data-job')).toBe(present(job, 'a job').id);
    expect(printer.pieces()).toHaveLength(1);
  },
);

check('[IOT-08] of a job that may be on paper a person decides; it comes again under its id, as a copy', async () => {
  const sale = await node.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
  const id = node.makeId();
  printer.vanishAfter(120);
  await node.print.print({ body: { id, kind: 'receipt', subjectId: sale.id } });
  await expect.poll(async () => (await node.print.job({ params: { id } })).state).toBe('unknown');
  const till = await open();
  await go(till, 'Devices and vouchers');
  await press(till, 'Printing');
  const row = till.page.locator(`[data-job="${id}"]`);
  await expect.poll(() => row.textContent()).toContain('Look at the paper. Print again only if it is not there.');
  await printer.comeBack();
  await row.getByRole('button', { name: 'Print again' }).click();
  await expect.poll(async () => (await row.textContent()) ?? '').toContain('Printed');
  expect(printer.pieces().map(({ lines }) => lines.includes('COPY'))).toEqual([true]);
});

check('[IOT-08] a till chooses where it prints, prints a test page there, and cancels what waits', async () => {
  const kitchen = node.makeId();
  await addPrinter(kitchen, 'Kitchen', 1);
  const till = await open();
  const { page, text } = till;
  await go(till, 'Settings');
  await press(till, 'Kitchen');
  await expect.poll(async () => (await node.print.printers()).own).toBe(kitchen);
  await press(till, 'Test page');
  await go(till, 'Devices and vouchers');
  await press(till, 'Printing');
  await expect.poll(async () => (await jobs(till))[0]).toBe('Test page Waits');
  expect(await text('.rows')).toContain('this till prints here');
  await page.locator('[data-job]').first().getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(async () => (await jobs(till))[0]).toBe('Test page Cancelled');
  await node.print.choose({ body: { printerId } });
});

check(
  '[DSP-09] check 12: an open voucher shows its code, one at a time; a scanned one is told; cancelled, it is good no more',
  async () => {
    const sale = await node.sale.close({ body: saleOf(node, { 'AIR-600': 2 }) });
    const [first, second] = sale.vouchers.map(({ id, code }) => ({ id, code: present(code, 'a code') }));
    const till = await open();
    const { page, scan, text } = till;
    await go(till, 'Devices and vouchers');
    await expect.poll(() => text('.rows')).toContain('Water 1');
    await expect.poll(() => text('.rows')).toMatch(/Water 1.* Works.*Counter.* Ready/);
    await scan(present(first, 'a voucher').code);
    await expect.poll(() => text('.notice')).toContain('Air 600 ml: Not used yet.');
    await expect.poll(() => page.locator('.goods-line').count()).toBe(2);
    expect(await text('.goods-line')).toContain(`Receipt ${sale.receipt}`);
    for (let shown = 0; shown < 2; shown++) {
      await page.getByRole('button', { name: 'Show QR' }).first().click();
      await expect.poll(() => page.locator('.voucher-shown .qr').count()).toBe(1);
    }
    await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
    await page.getByRole('button', { name: 'Cancel this voucher?' }).click();
    await expect.poll(() => page.locator('.goods-line:not([data-case])').count()).toBe(1);
    expect(await page.locator('[data-case]').getAttribute('data-case')).toBe('voided');
    const states = async () =>
      Promise.all([first, second].map(async (voucher) => (await node.voucher.show({ params: { id: voucher?.id ?? '' } })).state));
    expect((await states()).sort()).toEqual(['open', 'voided']);
    expect(await till.lines()).toEqual([]);
  },
);

check('[DSP-11] a motor is turned from the till, once it was asked twice, and what came of it is said', async () => {
  const till = await open();
  const { page } = till;
  await go(till, 'Devices and vouchers');
  const row = page.locator('[data-device]').first();
  await expect.poll(() => row.textContent()).toContain('Works');
  // Printers stand once, with what a till needs to know of them.
  expect(await page.locator('[data-device]').count()).toBe(1);
  await row.getByRole('button', { name: 'Turn motor' }).click();
  await row.getByRole('button', { name: 'Turn once? What falls is not sold.' }).click();
  await expect.poll(() => row.textContent()).toContain('The motor turned.');
  expect(node.store.sqlite.prepare(`SELECT count(*) AS count FROM facts WHERE kind = 'device.answered'`).get()).toEqual({
    count: 1,
  });
});
