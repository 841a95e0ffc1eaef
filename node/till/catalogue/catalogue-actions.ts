// Brings the catalogue to the page and keeps it fresh. Changes are taken one after the other, so an older answer never covers a newer.

import { amountText } from '#schema/values/money-text';
import type { CatalogueProduct } from '#schema/wire/till';
import { amountGiven, fillGiven } from '../tender/given.ts';
import { change, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { openSale, type TillState } from '../till-state.ts';
import { type Catalogue, catalogueOf, mergeProducts, setLevels, settle } from './catalogue.ts';

const PAGE = '500';
/** Ids that fit into one address. */
const IDS_AT_ONCE = 200;
/** Beyond this, reading everything is quicker. */
const IDS_AT_MOST = 2_000;
const KEEP_AFTER_MS = 3_000;

export interface CatalogueActions {
  reload(): Promise<void>;
  refetch(productIds: readonly string[] | 'all'): Promise<void>;
  setLevels(levels: readonly { productId: string; available: number }[]): void;
  chooseCategory(category: string | null): void;
}

/** New prices under an open sale: the exact amount follows what is due, and the cashier is told. */
export function withCatalogue(state: TillState, catalogue: Catalogue): TillState {
  const before = openSale(state);
  const next = { ...state, catalogue };
  const after = openSale(next);
  const wasExact = state.given.filled && amountGiven(state.given, before.currency) === before.cashDue;
  return wasExact && after.cashDue !== before.cashDue ? { ...next, given: fillGiven(after.cashDue, after.currency) } : next;
}

export function catalogueActions(parts: TillParts): CatalogueActions {
  const { state, calls, clock, catalogues } = parts;
  let cancelKeeping = () => {};
  let queue: Promise<void> = Promise.resolve();

  // The link sees that the node is gone and reads everything again when it is back; here a failed reading changes nothing.
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    queue = queue.then(work).catch(() => {});
    return queue;
  };

  const place = (catalogue: Catalogue) => {
    const before = openSale(state.get());
    state.update((current) => withCatalogue(current, settle(current.catalogue, catalogue)));
    const after = openSale(state.get());
    if (before.lines.length === 0 || !before.allSold || before.cashDue === after.cashDue) return;
    warn(parts, noticeOf('warn', 'price_changed', { amount: amountText({ amount: after.cashDue, currency: after.currency }) }));
  };

  const showKept = async (storeId: string) => {
    const kept = await catalogues.load(storeId);
    if (kept && !state.get().catalogue.complete) place(catalogueOf(kept.products, kept.categories));
  };

  const readAll = async () => {
    const storeId = state.get().session?.store.id ?? '';
    if (!state.get().catalogue.complete) await showKept(storeId);
    const { items: categories } = await calls.till.categories();
    const products: CatalogueProduct[] = [];
    let after: string | null | undefined;
    do {
      const page = await calls.till.products({ query: { limit: PAGE, ...(after ? { after } : {}) } });
      products.push(...page.items);
      after = page.next;
    } while (after);
    place(catalogueOf(products, categories));
    // Later, when nobody waits: copying all of it takes a while.
    cancelKeeping();
    cancelKeeping = clock.after(KEEP_AFTER_MS, () => void catalogues.save({ version: 2, storeId, products, categories }));
  };

  const readSome = async (ids: readonly string[]) => {
    const found: CatalogueProduct[] = [];
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      const some = ids.slice(start, start + IDS_AT_ONCE);
      const page = await calls.till.products({ query: { ids: some.join(','), limit: PAGE } });
      found.push(...page.items);
    }
    place(mergeProducts(state.get().catalogue, found, ids));
  };

  return {
    reload: () => inTurn(readAll),
    refetch: (ids) => inTurn(() => (ids === 'all' || ids.length > IDS_AT_MOST ? readAll() : readSome(ids))),
    setLevels: (levels) => state.update((current) => ({ ...current, catalogue: setLevels(current.catalogue, levels) })),
    chooseCategory: (category) => change(parts, { category, search: { text: '', results: null } }),
  };
}
