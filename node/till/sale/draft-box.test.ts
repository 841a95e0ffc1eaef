// One open sale a tab, over reloads, crashes and several tabs at once, on one store of the browser.
import { expect, test } from 'vitest';
import type { Keep } from '../base/keep.ts';
import { noPayment } from '../tender/payment.ts';
import { addToCart, emptyCart } from './cart.ts';
import { type Draft, draftBox } from './draft-box.ts';

const sale = (productId: string, id = productId): Draft => ({
  cart: addToCart(emptyCart, { lineId: `line-${productId}`, productId, quantity: 1 }),
  draft: { id, revision: 1, page: 'page', name: null },
  payment: noPayment,
  charges: [],
});
const goods = (draft: Draft | null) => draft?.cart.lines.map(({ productId }) => productId) ?? null;

/** A browser whose tabs open, reload, close, crash, and stand still: then what they are told waits until they wake. */
function browser() {
  const kept = new Map<string, unknown>();
  const living = new Set<string>();
  const hearers = new Map<string, (sale: string) => unknown>();
  const waiting: { sale: string; from: string }[] = [];
  let made = 0;
  const makeId = () => {
    made += 1;
    return String(made).padStart(4, '0');
  };
  const keep: Keep = {
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    entries: async (prefix) => [...kept].filter(([key]) => key.startsWith(prefix)),
    async alter(key, change) {
      const after = change(kept.get(key));
      if (after === undefined) kept.delete(key);
      else kept.set(key, after);
      return after;
    },
  };

  function loadPage(memory: { sale: string | null }) {
    const page = `page-${makeId()}`;
    living.add(page);
    const tab = {
      page,
      openSale: () => memory.sale,
      rememberOpenSale: (key: string) => {
        memory.sale = key;
      },
      others: async () => new Set([...living].filter((each) => each !== page)),
      tellTaken: (sale: string, from: string) => void waiting.push({ sale, from }),
      onTaken: (hear: (sale: string) => unknown) => void hearers.set(page, hear),
    };
    const box = draftBox({ keep, tab, makeId });
    const letGo: boolean[] = [];
    box.onTaken((isSame) => letGo.push(isSame));
    const end = () => living.delete(page);
    return {
      ...box,
      letGo,
      close: end,
      freeze: end,
      async wake() {
        living.add(page);
        for (const { sale, from } of waiting) if (from === page) await hearers.get(page)?.(sale);
      },
      reload() {
        end();
        return loadPage(memory);
      },
      duplicate: () => loadPage({ ...memory }),
    };
  }
  return { kept, openTab: () => loadPage({ sale: null }) };
}

test('[ORD-15] each tab keeps its own open sale, also over reloads', async () => {
  const { openTab } = browser();
  const one = openTab();
  expect(await one.load()).toBeNull();
  await one.save(sale('kopi'));
  const two = openTab();
  expect(await two.load()).toBeNull();
  await two.save(sale('teh'));
  const [oneAgain, twoAgain] = [one.reload(), two.reload()];
  expect(goods(await twoAgain.load())).toEqual(['teh']);
  expect(goods(await oneAgain.load())).toEqual(['kopi']);
});

test('[ORD-15] a duplicated tab begins an empty sale beside the one that it was made from', async () => {
  const { openTab } = browser();
  const one = openTab();
  await one.load();
  await one.save(sale('kopi'));
  const copy = one.duplicate();
  expect(await copy.load()).toBeNull();
  await copy.save(sale('teh'));
  expect(goods(await one.reload().load())).toEqual(['kopi']);
  expect(goods(await copy.reload().load())).toEqual(['teh']);
});

test('[SYN-10] what a closed or crashed tab left open is found by the next, the newest first, each by one tab alone', async () => {
  const { openTab } = browser();
  const before = [openTab(), openTab()];
  for (const [index, tab] of before.entries()) {
    await tab.load();
    await tab.save(sale(index === 0 ? 'kopi' : 'teh'));
  }
  for (const tab of before) tab.close();
  const found = await Promise.all([openTab().load(), openTab().load(), openTab().load()]);
  expect(found.map(goods)).toEqual([['teh'], ['kopi'], null]);
});

test('[SYN-10] a payment whose answer is out is found again with its sale id', async () => {
  const { openTab } = browser();
  const tab = openTab();
  await tab.load();
  const payment = { state: 'sending', saleId: 'sale-1', body: null } as const;
  await tab.save({ ...sale('kopi'), payment });
  tab.close();
  expect(await openTab().load()).toMatchObject({ payment });
});

/** One tab slept with coffee in its sale, and another took it over. */
async function tookOver() {
  const { openTab, kept } = browser();
  const slept = openTab();
  await slept.load();
  await slept.save(sale('kopi'));
  slept.freeze();
  const next = openTab();
  expect(goods(await next.load())).toEqual(['kopi']);
  return { openTab, kept, slept, next };
}

const emptied: Draft = { cart: emptyCart, draft: null, payment: noPayment, charges: [] };

test('[ORD-15] a page that slept while another took its sale over lets go of it when it wakes', async () => {
  const { slept, next } = await tookOver();
  expect(slept.letGo).toEqual([]);
  await slept.wake();
  expect(slept.letGo).toEqual([true]);
  expect(next.letGo).toEqual([]);
  await slept.save(emptied);
  expect(goods(await next.reload().load())).toEqual(['kopi']);
});

test('[ORD-15] what was added in the moment of waking is let go as something else, once, and written over nothing', async () => {
  const { slept, next, kept } = await tookOver();
  await Promise.all([slept.save(sale('teh', 'kopi')), slept.save(sale('roti', 'kopi'))]);
  await slept.wake();
  expect(slept.letGo).toEqual([false]);
  await slept.save(sale('roti', 'another'));
  expect(kept.size).toBe(2);
  expect(goods(await next.reload().load())).toEqual(['kopi']);
  expect(goods(await slept.reload().load())).toEqual(['roti']);
});

test('[ORD-15] a sale that was begun in the moment of waking is no copy of the one that was taken over, and is kept', async () => {
  const { slept } = await tookOver();
  await slept.save(sale('teh'));
  await slept.wake();
  expect(slept.letGo).toEqual([]);
  expect(goods(await slept.reload().load())).toEqual(['teh']);
});

test('[ORD-15] what was added when the other page had ended the sale already is not taken for that sale', async () => {
  const { slept, next, kept } = await tookOver();
  await next.save(emptied);
  await slept.save(sale('teh', 'kopi'));
  await slept.wake();
  expect(slept.letGo).toEqual([false]);
  expect(kept.size).toBe(0);
});

test('[SYN-10] a page that waits for the answer to a payment keeps the sale in sight until it has it', async () => {
  const { slept, kept } = await tookOver();
  const payment = { state: 'sending', saleId: 'kopi', body: null } as const;
  await slept.save({ ...sale('kopi'), payment });
  await slept.wake();
  expect(slept.letGo).toEqual([]);
  await slept.save(sale('kopi'));
  expect(slept.letGo).toEqual([true]);
  expect(kept.size).toBe(1);
});

test('an empty sale leaves nothing behind', async () => {
  const { openTab, kept } = browser();
  const tab = openTab();
  await tab.load();
  await tab.save(sale('kopi'));
  await tab.save(emptied);
  expect(kept.size).toBe(0);
});
