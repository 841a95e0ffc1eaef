// A store's row as an older centre or a hand left it: what it lacks gets its standard, and the store sells.
import { expect, onTestFinished, test } from 'vitest';
import { standardSettings } from '#schema/rules/settings';
import { saleOf, startTestNode } from '../test-node.ts';

test.each([
  ['no setting at all', {}, {}],
  ['an older centre’s settings', { cashStep: null, cutOverHour: 5 }, { cashStep: null, cutOverHour: 5 }],
  [
    'half of a setting of two parts',
    { discountLimit: { percent: 500 } },
    { discountLimit: { ...standardSettings('SEK', 'id').discountLimit, percent: 500 } },
  ],
])('[STO-02] with %s the rest is standard, for the till and for what is sold', async (_, kept, expected) => {
  const node = await startTestNode({ demo: true, store: { currency: 'SEK', settings: JSON.stringify(kept) } });
  onTestFinished(() => node.remove());
  const { store } = await node.till.session();
  expect(store.settings).toEqual({ ...standardSettings('SEK', 'id'), ...expected });
  const { vouchers, businessDate } = await node.sale.close({ body: saleOf(node, { 'AIR-600': 1 }) });
  expect(businessDate).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(Date.parse(vouchers[0]?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 14 * 60_000);
});
