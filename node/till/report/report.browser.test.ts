// Reports in a real browser on a real node: X looks, Z says what it waits for and closes, and the closed day can be read and saved.
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';
import { misfits, violations } from '../test-access.ts';
import { buildPage, desk, hasChromium, holdDown, launchBrowser, openTill, phone, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping report.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

let browser: Browser;
const opened: TillPage[] = [];
const nodes: TestNode[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  for (const node of nodes) await node.remove();
});

async function startDay(options: Parameters<typeof startTestNode>[0] = {}): Promise<TestNode> {
  const settings = JSON.stringify({ languages: ['en', 'id', 'sv'], cardTerminal: true });
  const node = await startTestNode({ store: { settings }, ...options });
  nodes.push(node);
  return node;
}

async function openReports(node: TestNode, options: Parameters<typeof openTill>[2] = {}): Promise<TillPage> {
  const till = await openTill(browser, node.url, options);
  opened.push(till);
  if (await till.page.locator('.sign-in').count()) {
    await signIn(till, 'Ayu', '111111');
    await till.page.waitForSelector('.tile[data-product]');
  }
  await till.page.keyboard.press('F10');
  await till.page.locator('.menu-entries').getByRole('button', { name: 'Reports' }).click();
  await till.page.waitForSelector('.report .side-title');
  return till;
}

const choose = ({ page }: TillPage, name: string) => page.locator('.report > .choice').getByRole('button', { name }).click();

check('[REP-06] [REP-07] X shows the day and its hours, saves a PDF, and changes nothing', async () => {
  const node = await startDay();
  await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 2 }) });
  const head = node.store.journal.head().seq;
  const till = await openReports(node);
  const { page, text } = till;
  expect(await text('.report-totals')).toContain('Sales (1)36.000');
  expect(await text('.report-totals')).toContain('Cash (1)36.000');
  expect(await text('.report-totals')).toContain('Tax 11 % of 32.432');
  await page.waitForSelector('.day-chart');
  expect(await page.locator('.chart-hour').count()).toBe(1);
  expect(await text('.day-chart table')).toContain('36.000');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save PDF' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('X.pdf');
  expect(readFileSync(await file.path(), 'latin1').slice(0, 5)).toBe('%PDF-');
  await page.getByRole('button', { name: 'Print' }).click();
  await expect.poll(() => text('.print-chip')).toContain('No printer');
  expect(node.store.journal.head().seq).toBe(head);
});

check('[REP-06] Z waits for a shift, shows it, closes with a manager’s approval once, and the day goes on', async () => {
  const node = await startDay({
    staff: [
      { name: 'Ayu', role: 'cashier', pin: '111111' },
      { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
    ],
  });
  const calls = await node.signedIn('Ayu', '111111');
  await calls.shift.open({ body: { id: node.makeId(), denominations: [] } });
  const sold = await calls.sale.close({ body: saleOf(node, { 'TEH-MANIS': 1 }) });
  const till = await openReports(node, { viewport: phone });
  const { page, text, scan } = till;
  await choose(till, 'Z: close the day');
  await page.waitForSelector('.report-waits');
  expect(await text('.report-waits')).toContain('Z waits: open shifts: 1.');
  expect(await page.locator('.hold').getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('button', { name: 'Show Till 1, shift 1' }).click();
  await page.getByRole('textbox', { name: '5.000: how many', exact: true }).fill('1');
  await page.getByRole('textbox', { name: '1.000: how many', exact: true }).fill('1');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect.poll(() => text('.shift-difference')).toContain('No difference');
  await page.keyboard.press('F9');
  await expect.poll(() => text('.side')).toContain('Shift 1 is closed.');
  await page.getByRole('button', { name: 'Reports' }).click();
  await page.waitForSelector('.report-totals');
  await page.locator('.notice button').click();
  await holdDown(till, page.locator('.hold'), '.approval-what');
  expect(await text('.approval-what')).toContain('Close the day');
  await scan('LBCITRA01');
  await expect.poll(() => text('.report')).toContain('ZA-000001');
  expect(await text('.report-totals')).toContain('Net6.000');
  expect(node.store.reports.list(undefined, 10)).toMatchObject([
    { number: 1, approvedBy: node.staffId('Citra'), businessDate: sold.businessDate },
  ]);
  await choose(till, 'Z: close the day');
  await expect.poll(() => text('.report')).toContain('Nothing has happened since the last close.');
  await choose(till, 'Closed days');
  await page.locator('.report-days button').click();
  await expect.poll(() => text('.report')).toContain('ZA-000001');
});

check.each([
  { ...desk, colorScheme: 'light' as const },
  { ...phone, colorScheme: 'dark' as const },
  { width: 320, height: 640, colorScheme: 'light' as const },
])(
  'checks 17, 18, 19: at $width × $height, $colorScheme, shift and reports fit a finger and can be read by everybody',
  async ({ colorScheme, ...viewport }) => {
    const node = await startDay();
    await node.shift.open({ body: { id: node.makeId(), denominations: [] } });
    await node.sale.close({ body: saleOf(node, { 'KOPI-SUSU': 2 }) });
    const till = await openReports(node, { viewport, colorScheme });
    const { page } = till;
    const look = async (where: string) => {
      expect(await misfits(page), where).toEqual([]);
      expect(await violations(page), where).toEqual([]);
    };
    await page.waitForSelector('.day-chart');
    await look('X');
    await choose(till, 'Z: close the day');
    await page.waitForSelector('.report-waits');
    await look('Z that waits');
    await page.locator('.report-waits button').click();
    await page.waitForSelector('.count-fields');
    await look('count');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.waitForSelector('.shift-difference');
    await look('compared');
    for (const [language, word] of [
      ['Svenska', 'Saknas'],
      ['Bahasa Indonesia', 'Kurang'],
    ] as const) {
      await page.keyboard.press('F10');
      await page.getByRole('button', { name: language }).click();
      await page.keyboard.press('Escape');
      expect(await till.text('.shift-difference')).toContain(word);
      expect(await till.text('.shift-difference')).toContain('−36.000');
      await look(language);
    }
  },
);
