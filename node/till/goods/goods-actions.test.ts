// Goods that are written down while the page still reads what was written down before: both stand, and neither is lost.
import { expect, test } from 'vitest';
import type { Keep } from '../base/keep.ts';
import { createStateStore } from '../base/state-store.ts';
import { catalogueOf } from '../catalogue/catalogue.ts';
import type { SideTill } from '../menu/side-problem.ts';
import { firstState, type TillState } from '../till-state.ts';
import { openGoods } from './goods-actions.ts';
import { addProduct, type GoodsEntry, newEntry } from './goods-entry.ts';

const product = (id: string) => ({ id, sku: id.toUpperCase(), name: id, quantityScale: 0, barcodes: [], pluCode: null });

const halfTyped: GoodsEntry = addProduct({ ...newEntry('before', 'receive'), party: 'CV Tirta' }, 'kopi', 1, 'line-before');

/** A browser that takes its time to read. */
function writingDown(kept: Map<string, unknown>) {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const keep: Keep = {
    get: async (key) => begun.then(() => kept.get(key)),
    put: async (key, value) => void kept.set(key, value),
    entries: async () => [],
    async alter(key, change) {
      const after = change(kept.get(key));
      if (after === undefined) kept.delete(key);
      else kept.set(key, after);
      return after;
    },
  };
  let asked = 0;
  const drafts = async () => {
    asked += 1;
    return { items: [] };
  };
  let made = 0;
  const makeId = () => {
    made += 1;
    return `id-${made}`;
  };
  const catalogue = catalogueOf([product('kopi'), product('teh')] as never, []);
  const state = createStateStore<TillState>({ ...firstState('en', true), phase: 'ready', catalogue });
  const parts = { state, keep, makeId, calls: { of: () => ({ drafts }) }, beep() {} };
  return { goods: openGoods({ parts } as unknown as SideTill), begin, asked: () => asked };
}

const keptLines = (kept: Map<string, unknown>, kind = 'receive') =>
  (kept.get(`goods/${kind}`) as GoodsEntry).lines.map(({ productId, quantity }) => `${quantity} ${productId}`);

test('[INV-05] what is scanned and typed before the kept delivery is read joins it', async () => {
  const kept = new Map<string, unknown>([['goods/receive', halfTyped]]);
  const { goods, begin } = writingDown(kept);
  const started = goods.start({ isLost: false });
  for (const code of ['kopi', 'teh']) goods.scanned(code);
  goods.change((entry) => ({ ...entry, document: 'SJ-8841' }));
  expect(kept.get('goods/receive')).toBe(halfTyped);
  begin();
  await started;
  expect(kept.get('goods/receive')).toMatchObject({ id: 'before', party: 'CV Tirta', document: 'SJ-8841' });
  expect(keptLines(kept)).toEqual(['2 kopi', '1 teh']);
  expect(goods.state.get().entries.receive).toBe(kept.get('goods/receive'));
});

test('[INV-05] an early scan counts for what the screen then shows, and what was chosen early stays chosen', async () => {
  const kept = new Map<string, unknown>([['goods/chosen', 'transfer-in']]);
  const { goods, begin } = writingDown(kept);
  const started = goods.start({ isLost: false });
  goods.scanned('kopi');
  goods.choose('waste');
  goods.scanned('teh');
  begin();
  await started;
  expect(goods.state.get().kind).toBe('waste');
  expect([keptLines(kept, 'transfer-in'), keptLines(kept, 'waste')]).toEqual([['1 kopi'], ['1 teh']]);
});

test('[SYN-10] without the node too what was kept is read, once: a node that is back changes nothing of it', async () => {
  const kept = new Map<string, unknown>([['goods/receive', halfTyped]]);
  const { goods, begin, asked } = writingDown(kept);
  begin();
  await goods.start({ isLost: true });
  expect([goods.state.get().entries.receive, asked()]).toEqual([halfTyped, 0]);
  goods.scanned('kopi');
  await goods.start({ isLost: false });
  expect([keptLines(kept), asked()]).toEqual([['2 kopi'], 1]);
});
