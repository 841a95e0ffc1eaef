// Vouchers that wait for a person, in a real browser on a real node whose dispenser nobody can ask.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textHash } from '#schema/facts/chain';
import { present } from '#schema/values/assert';
import { recordOutcome } from '../../dispense/commands.ts';
import { saleOf, startTestNode, type TestNode } from '../../test-node.ts';
import { buildPage, hasChromium, launchBrowser, openTill, signIn, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping cases.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

const staff = [
  { name: 'Ayu', role: 'cashier', pin: '111111' },
  { name: 'Citra', role: 'manager', pin: '999999', badge: 'LBCITRA01' },
] as const;

let browser: Browser;
let node: TestNode;
let calls: Awaited<ReturnType<TestNode['signedIn']>>;
const opened: TillPage[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  [browser, node] = await Promise.all([launchBrowser(), startTestNode({ staff: [...staff] })]);
  const { store, makeId } = node;
  const dispenser = present(store.dispensers.all()[0], 'a dispenser');
  store.dispensers.pair(dispenser.id, 'none', new Uint8Array(32).fill(7), store.now());
  const id = makeId();
  store.sqlite.prepare("INSERT INTO tills (id, code, name, paired_at) VALUES (?, 'T2', 'Till 2', 0)").run(id);
  store.sqlite.prepare('INSERT INTO till_tokens (token_hash, till_id, created_at) VALUES (?, ?, 0)').run(textHash('second'), id);
  calls = await node.signedIn('Citra', '999999', 'second');
}, 120_000);

afterAll(async () => {
  for (const { errors } of opened) expect(errors).toEqual([]);
  await browser?.close();
  await node?.remove();
});

const sell = (quantity: number) => calls.sale.close({ body: saleOf(node, { 'AIR-600': quantity }) });

async function open(): Promise<TillPage> {
  const till = await openTill(browser, node.url);
  opened.push(till);
  await signIn(till, 'Ayu', '111111');
  await till.tile('AIR-600').waitFor();
  return till;
}

const press = ({ page }: TillPage, name: string) => page.locator('.side').getByRole('button', { name }).first().click();

check('[DSP-01] only a dispenser that is played has a button that holds the code before it', async () => {
  const { page, tile } = await open();
  await tile('AIR-600').click();
  await page.keyboard.press('F8');
  await page.waitForSelector('.cash');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.qr');
  expect(await page.locator('.voucher-words > .action').count()).toBe(0);
});

check('[DSP-09] [IAM-07] money goes back though the dispenser cannot be asked, once a manager takes the risk', async () => {
  const sale = await sell(1);
  const till = await open();
  const { page, scan, text } = till;
  await page.keyboard.press('F6');
  await page.waitForSelector('.return-find');
  await scan(sale.receipt);
  await page.waitForSelector('.return-line');
  await press(till, 'Return one more Air 600 ml');
  await press(till, 'Changed mind');
  await page.keyboard.press('F9');
  await page.waitForSelector('.returns [role="alert"]');
  expect(await text('.returns [role="alert"]')).toContain('does not answer');
  await press(till, 'Take the risk');
  await press(till, 'It may be poured as well');
  await page.waitForSelector('.approval-what');
  await scan('LBCITRA01');
  await page.waitForSelector('.return-taken');
  const { vouchers } = await calls.sale.show({ params: { id: sale.id } });
  expect(vouchers.map(({ state }) => state)).toEqual(['voided']);
});

check('[DSP-05] [DSP-09] what is in doubt is settled by a manager, and what failed gets a new voucher', async () => {
  const sale = await sell(2);
  for (const [unit, outcome] of [
    [0, 'uncertain'],
    [1, 'fail'],
  ] as const) {
    const voucher = present(node.store.vouchers.row(present(sale.vouchers[unit], 'a voucher').id), 'a row');
    await node.store.journal.write((commit) => recordOutcome(commit, { voucher, unit: 0, outcome, reason: null }, node.store));
  }
  const till = await open();
  const { page, scan } = till;
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name: 'Devices and vouchers' }).click();
  await page.waitForSelector('.side .stack');
  await press(till, 'Vouchers');
  const cases = () => page.locator('[data-case]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-case')));
  await expect.poll(cases).toEqual(['uncertain', 'failed']);
  await press(till, 'It came out');
  await press(till, 'It did come out?');
  await page.waitForSelector('.approval-what');
  await scan('LBCITRA01');
  await expect.poll(cases).toEqual(['failed']);
  await press(till, 'New voucher');
  await expect.poll(cases).toEqual([]);
  const { vouchers } = await calls.sale.show({ params: { id: sale.id } });
  expect(vouchers.map(({ state }) => state)).toEqual(['dispensed', 'failed', 'open']);
});

check('[DSP-09] a dispenser is taken out of use, and back, by whoever sees that something is wrong', async () => {
  const till = await open();
  const { page } = till;
  const { dispensers, pauses } = node.store;
  const { id } = present(dispensers.all()[0], 'a dispenser');
  await page.keyboard.press('F10');
  await page.locator('.menu-entries').getByRole('button', { name: 'Devices and vouchers' }).click();
  await page.locator('[data-device]').getByRole('button', { name: 'Pause' }).waitFor();
  await press(till, 'Pause');
  await press(till, 'Sell and pour nothing here?');
  await page.locator('[data-device]').getByRole('button', { name: 'Resume' }).waitFor();
  expect(pauses.isPaused(id)).toBe(true);
  await page.getByText('It could not be told yet: it may still pour by itself.').waitFor();
  await press(till, 'Resume');
  await page.locator('[data-device]').getByRole('button', { name: 'Pause' }).waitFor();
  expect(pauses.isPaused(id)).toBe(false);
  await page.getByText('It could not be told yet').waitFor({ state: 'detached' });
});
