// Going on with a sale by a list that is old: what lies there still is brought at the first press, what goes on elsewhere stays there.
import { expect, test } from 'vitest';
import { ProblemError } from '#schema/client';
import type { Draft } from '#schema/wire/draft';
import { createStateStore } from '../base/state-store.ts';
import { addToCart, emptyCart } from '../sale/cart.ts';
import type { TillParts } from '../till-parts.ts';
import { firstState, type TillState } from '../till-state.ts';
import type { DraftSender } from './draft-sender.ts';
import { heldActions } from './held-actions.ts';
import { contentOf } from './held-sale.ts';

const cart = addToCart(emptyCart, { lineId: 'line', productId: 'kopi', quantity: 2 });

const draft = {
  id: 'sale',
  revision: 3,
  state: 'open',
  name: null,
  tillId: 'till-1',
  tillName: 'Till 1',
  pageId: 'page-1',
  content: contentOf({ cart, charges: [], ageChecked: 0 }),
} as Draft;

/** The list says `seen`; each of `known` is what the node has at one more asking. */
function resuming(seen: Draft, ...known: Draft[]) {
  const state = createStateStore<TillState>({ ...firstState('en', true), phase: 'ready' });
  state.update((now) => ({ ...now, held: { ...now.held, sales: [seen] } }));
  const asked: number[] = [];
  async function take({ body: { revision, pageId } }: { body: { revision: number; pageId: string } }) {
    const now = known[asked.length] as Draft;
    asked.push(revision);
    if (now.revision === revision) return { ...now, state: 'open', tillId: 'till-2', pageId, revision: revision + 1 };
    throw new ProblemError({ status: 409, code: 'stale-draft', detail: '', facts: { draft: now } } as never);
  }
  let refreshed = 0;
  const sender = {
    nudge() {},
    async refresh() {
      refreshed += 1;
    },
  } as unknown as DraftSender;
  const outbox = { all: async () => [], remove: async () => false };
  const parts = { state, outbox, page: 'page-2', calls: { draft: { take } } } as unknown as TillParts;
  return {
    ...heldActions(parts, sender),
    asked,
    said: () => state.get().notice?.key ?? null,
    lines: () => state.get().cart.lines.map(({ productId, quantity }) => `${quantity} ${productId}`),
    refreshed: () => refreshed,
  };
}

test.each<[string, Draft, Draft]>([
  ['one that a till left open, and had changed once more', draft, { ...draft, revision: 4 }],
  ['one whose till had reloaded its page before it died', draft, { ...draft, revision: 5, pageId: 'page-3' }],
  ['one that was left open, and is held now', draft, { ...draft, revision: 4, state: 'held' }],
  [
    'one that another till had gone on with, and holds again',
    { ...draft, state: 'held' },
    { ...draft, revision: 6, state: 'held', tillId: 'till-3', tillName: 'Till 3' },
  ],
])('[SYN-10] with an old list one press brings %s', async (_, seen, now) => {
  const { resume, asked, said, lines } = resuming(seen, now, now);
  await resume('sale');
  expect([asked, said(), lines()]).toEqual([[3, now.revision], null, ['2 kopi']]);
});

test.each<[string, Draft, Draft]>([
  ['one that was held, and is open at a till now', { ...draft, state: 'held' }, { ...draft, revision: 4 }],
  ['one that another till has gone on with', draft, { ...draft, revision: 4, tillId: 'till-3', tillName: 'Till 3' }],
])('[ORD-13] %s stays there: it is said, and the list is read again', async (_, seen, now) => {
  const { resume, asked, said, lines, refreshed } = resuming(seen, now, now);
  await resume('sale');
  expect([asked, said(), lines(), refreshed()]).toEqual([[3], 'sale_went', [], 1]);
});

test('[ORD-13] a till that lives and changes it at each asking keeps it: it is asked for once more and not for ever', async () => {
  const { resume, asked, said } = resuming(draft, { ...draft, revision: 4 }, { ...draft, revision: 5 });
  await resume('sale');
  expect([asked, said()]).toEqual([[3, 4], 'sale_went']);
});
