// Holding a sale and going on with it, here or at another till, with the node and without it; in real browsers on a real node.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from '#schema/client';
import { textHash } from '#schema/facts/chain';
import { draftContract } from '#schema/wire/draft';
import { startTestNode, type TestNode } from '../../test-node.ts';
import { awaitScreen, buildPage, hasChromium, launchBrowser, openTill, type TillPage } from '../test-page.ts';

if (!hasChromium) console.warn('Skipping held.browser.test: no Chromium here (set LAPAK_CHROMIUM).');
const check = test.skipIf(!hasChromium);

let browser: Browser;
let node: TestNode;
let opened: TillPage[] = [];

const settings = JSON.stringify({ languages: ['en', 'id', 'sv'], cardTerminal: true });

beforeAll(async () => {
  if (!hasChromium) return;
  await buildPage();
  browser = await launchBrowser();
}, 120_000);

beforeEach(async () => {
  if (!hasChromium) return undefined;
  node = await startTestNode({ store: { settings } });
  pairSecond(node);
  return async () => {
    for (const { errors, page } of opened) {
      expect(errors).toEqual([]);
      await page.context().close();
    }
    opened = [];
    await node.remove();
  };
});

afterAll(() => browser?.close());

/** As pairing by a code on another machine would leave it. */
function pairSecond({ store: { sqlite }, makeId }: TestNode): void {
  const id = makeId();
  sqlite.prepare("INSERT INTO tills (id, code, name, paired_at) VALUES (?, 'T2', 'Till 2', 0)").run(id);
  sqlite.prepare('INSERT INTO till_tokens (token_hash, till_id, created_at) VALUES (?, ?, 0)').run(textHash('second'), id);
}

async function open(which: 1 | 2 = 1, url = node.url): Promise<TillPage> {
  const localStorage = which === 1 ? [] : [{ name: 'lapak.token', value: 'second' }];
  const till = await openTill(browser, url, { storageState: { cookies: [], origins: [{ origin: url, localStorage }] } });
  opened.push(till);
  return till;
}

/** In the page: how many held sales wait there for the node. */
const unsentHere = () =>
  new Promise<number>((resolve) => {
    const opening = indexedDB.open('lapak-till');
    opening.onsuccess = () => {
      const { result: database } = opening;
      const range = IDBKeyRange.bound('unsent-sale/', 'unsent-sale0');
      const counting = database.transaction('kept').objectStore('kept').count(range);
      counting.onsuccess = () => {
        database.close();
        resolve(counting.result);
      };
    };
  });

const drafts = async (on: TestNode = node) => {
  const headers = () => ({ authorization: `Bearer ${on.token}` });
  return (await client(draftContract, { baseUrl: on.url, fetch, headers }).list()).items;
};
const states = async () => (await drafts()).map(({ state }) => state);

async function showHeld({ page }: TillPage): Promise<void> {
  await page.keyboard.press('F4');
  await page.waitForSelector('.hold-open');
}

const isOn = ({ page }: TillPage, screen: string) => page.waitForSelector(`.till[data-screen="${screen}"]`);

const press = ({ page }: TillPage, name: string | RegExp) => page.getByRole('button', { name }).click();

async function payExactly(till: TillPage): Promise<void> {
  await till.page.keyboard.press('F9');
  await isOn(till, 'tender');
  await till.page.keyboard.press('1');
  await isOn(till, 'cash');
  await till.page.locator('.quick button').first().click();
  await till.page.click('#pay-box');
  await till.page.waitForSelector('.done');
}

check('[ORD-13] a sale is held without a name by F4 twice, and resumed at another till, which sells it once', async () => {
  const [one, two] = [await open(), await open(2)];
  await one.tile('KOPI-SUSU').click();
  await one.tile('TEH-MANIS').click();
  await showHeld(one);
  await one.page.keyboard.press('F4');
  await isOn(one, 'sell');
  expect(await one.lines()).toEqual([]);
  await expect.poll(() => two.text('.actions')).toContain('Hold 1');
  await showHeld(two);
  await press(two, /^Resume/);
  await isOn(two, 'sell');
  expect(await two.lines()).toEqual(['1 Kopi susu', '1 Teh manis']);
  await payExactly(two);
  expect(await drafts()).toEqual([]);
  await expect.poll(() => one.text('.actions')).not.toContain('Hold 1');
  expect((await node.sale.list()).items).toHaveLength(1);
});

check(
  '[ORD-13] a held sale keeps its name, its note and who buys; what is open is held for the one that is resumed',
  async () => {
    const till = await open();
    const { page, tile, lines, text } = till;
    await tile('KOPI-SUSU').click();
    await page.getByRole('button', { name: 'Customer, note and more' }).click();
    await press(till, /^Note$/);
    await page.fill('.note-field input', 'No sugar');
    await page.keyboard.press('Enter');
    await showHeld(till);
    await page.fill('.hold-open input', 'Table 4');
    await page.keyboard.press('Enter');
    await isOn(till, 'sell');
    await tile('ROTI-BAKAR').click();
    await showHeld(till);
    expect(await text('.held-name strong')).toBe('Table 4');
    await press(till, /^Resume: Table 4/);
    await isOn(till, 'sell');
    expect(await lines()).toEqual(['1 Kopi susu']);
    expect(await text('.sale-said')).toContain('No sugar');
    expect(await text('#sale-heading')).toContain('Table 4');
    expect(await text('.notice')).toContain('The open sale was held.');
    await page.keyboard.press('Control+z');
    await expect.poll(lines).toEqual(['1 Roti bakar']);
    // Both were told to the node in that moment: which came first says nothing.
    await expect.poll(async () => (await states()).toSorted()).toEqual(['held', 'open']);
  },
);

check('[ORD-13] Undo brings a held sale back; a binned one is restored', async () => {
  const till = await open();
  const { page, tile, lines } = till;
  await tile('KOPI-SUSU').click();
  await showHeld(till);
  await page.keyboard.press('F4');
  await isOn(till, 'sell');
  await page.keyboard.press('Control+z');
  await expect.poll(lines).toEqual(['1 Kopi susu']);
  await showHeld(till);
  await page.keyboard.press('F4');
  await isOn(till, 'sell');
  await showHeld(till);
  await press(till, /^Put/);
  await page.getByRole('heading', { name: 'Binned' }).waitFor();
  await expect.poll(states).toEqual(['binned']);
  await press(till, /^Restore/);
  await isOn(till, 'sell');
  expect(await lines()).toEqual(['1 Kopi susu']);
});

check('[ORD-13] Undo finds the sale that the node has just taken, before the list is read again', async () => {
  const till = await open();
  const { page, tile, lines } = till;
  await page.route(/\/api\/v1\/drafts$/, () => {});
  await tile('KOPI-SUSU').click();
  await showHeld(till);
  const heard = page.waitForResponse(async (response) => (await response.text()).includes('"held"'));
  await page.keyboard.press('F4');
  await isOn(till, 'sell');
  await heard;
  await expect.poll(() => page.evaluate(unsentHere)).toBe(0);
  await page.keyboard.press('Control+z');
  await expect.poll(lines).toEqual(['1 Kopi susu']);
});

check('[ORD-13] of two tills that resume the same sale one gets it, and the other hears of it', async () => {
  const [one, two] = [await open(), await open(2)];
  await one.tile('KOPI-SUSU').click();
  await showHeld(one);
  await one.page.keyboard.press('F4');
  await isOn(one, 'sell');
  await expect.poll(states).toEqual(['held']);
  for (const till of [one, two]) {
    await showHeld(till);
    await till.page.waitForSelector('.held-row');
    // What the other does is told too late, however long this one takes to press.
    await till.page.route(/\/api\/v1\/drafts$/, () => {});
  }
  await Promise.all([one, two].map((till) => till.page.locator('.held-row .action').dispatchEvent('click')));
  await expect.poll(async () => [...(await one.lines()), ...(await two.lines())]).toEqual(['1 Kopi susu']);
  const late = (await one.lines()).length > 0 ? two : one;
  await expect.poll(() => late.text('.notice')).toMatch(/goes on at Till|not held any more/);
});

check('[SYN-10] a till that dies with a sale open is continued at another, which alone sells it', async () => {
  const [one, two] = [await open(), await open(2)];
  await one.tile('KOPI-SUSU').click();
  await one.tile('KOPI-SUSU').click();
  // Between two taps the node may have been told of the first.
  await expect.poll(async () => (await drafts()).map(({ items }) => items)).toEqual([2]);
  await one.page.close();
  await showHeld(two);
  await two.page.getByRole('heading', { name: 'Open at other tills' }).waitFor();
  await expect.poll(() => two.text('.held-name')).toMatch(/2 items.*open at Till 1/);
  await press(two, /^Continue here/);
  await isOn(two, 'sell');
  expect(await two.lines()).toEqual(['2 Kopi susu']);
  await payExactly(two);
  expect((await node.sale.list()).items).toHaveLength(1);
});

check('[SYN-10] a till whose sale goes on elsewhere lets go of it, and keeps as another what it added since', async () => {
  const [one, two] = [await open(), await open(2)];
  const takeOver = async () => {
    await expect.poll(states).toEqual(['open']);
    await showHeld(two);
    await press(two, /^Continue here/);
    await isOn(two, 'sell');
  };
  await one.tile('KOPI-SUSU').click();
  await takeOver();
  await expect.poll(one.lines).toEqual([]);
  expect(await one.text('.notice')).toBe('This sale goes on at Till 2.');
  await payExactly(two);
  await two.page.waitForTimeout(450);
  await two.page.keyboard.press('Enter');
  await one.tile('TEH-MANIS').click();
  await expect.poll(states).toEqual(['open']);
  await one.page.context().setOffline(true);
  await one.tile('ROTI-BAKAR').click();
  await takeOver();
  await one.page.context().setOffline(false);
  await expect.poll(() => one.text('.notice'), { timeout: 20_000 }).toContain('compare them');
  expect(await one.lines()).toEqual(['1 Teh manis', '1 Roti bakar']);
  expect(await two.lines()).toEqual(['1 Teh manis']);
  await expect.poll(states).toEqual(['open', 'open']);
});

check(
  '[SYN-10] with the node gone a sale is held in the browser, survives a reload, and is sent once when it is back',
  async () => {
    let own = await startTestNode({ store: { settings } });
    const till = await open(1, own.url);
    const { page, tile, lines, text } = till;
    await tile('KOPI-SUSU').click();
    await expect.poll(async () => (await drafts(own)).length).toBe(1);
    await awaitScreen(till, 'held');
    await own.stop();
    await page.waitForSelector('.state-line[data-link="lost"]');
    await tile('TEH-MANIS').click();
    await showHeld(till);
    await page.keyboard.press('F4');
    await isOn(till, 'sell');
    await tile('ROTI-BAKAR').click();
    await showHeld(till);
    expect(await text('.held-row')).toContain('only at this till so far');
    await press(till, /^Resume/);
    await isOn(till, 'sell');
    expect(await lines()).toEqual(['1 Kopi susu', '1 Teh manis']);
    own = await startTestNode({ dataFolder: own.dataFolder, port: Number(new URL(own.url).port) });
    const told = async () => (await drafts(own)).map(({ state, items }) => [state, items]);
    await expect.poll(told).toEqual([
      ['open', 2],
      ['held', 1],
    ]);
    await page.reload();
    await expect.poll(lines).toEqual(['1 Kopi susu', '1 Teh manis']);
    await tile('TEH-MANIS').click();
    await expect.poll(told).toEqual([
      ['open', 3],
      ['held', 1],
    ]);
    await own.remove();
  },
);

check('a scan while a part of the sale is paid holds it and begins the next one, and says so', async () => {
  const till = await open();
  const { page, tile, scan, lines, text, due } = till;
  await tile('KOPI-SUSU').click();
  await tile('TEH-MANIS').click();
  await page.keyboard.press('F9');
  await page.keyboard.press('2');
  await page.waitForSelector('.charge');
  await page.keyboard.type('4711', { delay: 90 });
  await page.getByRole('button', { name: 'Amount', exact: true }).click();
  await page.keyboard.type('20000', { delay: 90 });
  await page.keyboard.press('F9');
  await page.waitForSelector('.paid-so-far li');
  await scan('8991234567892');
  await isOn(till, 'sell');
  expect(await lines()).toEqual(['1 Kopi susu']);
  expect(await text('.notice')).toContain('was held');
  await showHeld(till);
  await press(till, /^Resume/);
  await isOn(till, 'sell');
  expect(await due()).toBe('Rp 4.000');
});
