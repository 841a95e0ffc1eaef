// Search while typing, and Enter: what it adds is of what stands typed, however late the node answers.
import { expect, test } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import type { CatalogueProduct } from '#schema/wire/till';
import { createStateStore } from '../base/state-store.ts';
import type { TillParts } from '../till-parts.ts';
import { firstState, type TillState } from '../till-state.ts';
import { catalogueOf } from './catalogue.ts';
import { searchActions } from './search-actions.ts';

const product = (id: string, name: string, position: number) =>
  ({ id, sku: id.toUpperCase(), name, pluCode: null, categoryId: null, position, barcodes: [] }) as unknown as CatalogueProduct;

function searching() {
  const clock = handClock();
  const catalogue = catalogueOf([product('kopi', 'Kopi susu', 0), product('teh', 'Teh manis', 1)], []);
  const state = createStateStore<TillState>({ ...firstState('en', true), phase: 'ready', link: 'up', catalogue });
  const answers = new Map<string, (ids: string[]) => void>();
  const search = ({ query }: { query: { q: string } }) =>
    new Promise<{ items: { id: string }[] }>((resolve) => {
      answers.set(query.q, (ids) => resolve({ items: ids.map((id) => ({ id })) }));
    });
  const actions = searchActions({ state, clock, calls: { till: { search } } } as unknown as TillParts);
  return { clock, state, answers, ...actions };
}

test('[PRD-05] Enter takes the first that the node found', async () => {
  const { type, choose, clock, answers } = searching();
  type('tah');
  await clock.pass(200);
  answers.get('tah')?.(['teh']);
  await clock.pass(0);
  expect(choose()).toBe('teh');
});

test('[PRD-05] Enter before the answer takes nothing that was found of the text before', async () => {
  const { type, choose, clock, answers, state } = searching();
  type('kopi');
  await clock.pass(200);
  answers.get('kopi')?.(['kopi']);
  await clock.pass(0);
  type('teh');
  expect(state.get().search.results).toEqual(['kopi']);
  expect(choose()).toBe('teh');
  await clock.pass(200);
  expect(choose()).toBe('teh');
  type('tehh');
  expect(choose()).toBeUndefined();
});
