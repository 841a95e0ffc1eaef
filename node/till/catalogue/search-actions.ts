// Search while typing: the node finds slips of the finger too; without it the page searches what it holds.
import { change, type TillParts } from '../till-parts.ts';
import { productByCode, searchHere } from './catalogue.ts';

/** Longer than the gaps of a scanner, so that a scan into the field asks nothing. */
const PAUSE_MS = 110;
const MOST_RESULTS = 60;

export interface SearchActions {
  type(text: string): void;
  clear(): void;
  /** Enter: the product with this very code, else the first one found. What is shown may be of the text before: then it is found here. */
  choose(): string | undefined;
}

export function searchActions(parts: TillParts): SearchActions {
  const { state, clock, calls } = parts;
  let cancel = () => {};
  /** What the results are of: they stay in sight while the text goes on. */
  let foundOf = '';

  const show = (text: string, results: readonly string[]) => {
    if (state.get().search.text !== text) return;
    foundOf = text;
    change(parts, { search: { text, results } });
  };

  const find = async (text: string) => {
    const query = text.trim();
    if (state.get().link !== 'lost') {
      try {
        const { items } = await calls.till.search({ query: { q: query.slice(0, 80), limit: String(MOST_RESULTS) } });
        const { products } = state.get().catalogue;
        return show(
          text,
          items.map(({ id }) => id).filter((id) => products.has(id)),
        );
      } catch {
        // The link notices and says so; the search goes on here.
      }
    }
    show(text, searchHere(state.get().catalogue, query, MOST_RESULTS));
  };

  const actions: SearchActions = {
    type(text) {
      cancel();
      const { results } = state.get().search;
      const isEmpty = text.trim() === '';
      change(parts, { search: { text, results: isEmpty ? null : results } });
      if (!isEmpty) cancel = clock.after(PAUSE_MS, () => void find(text));
    },
    clear: () => actions.type(''),
    choose() {
      const { search, catalogue } = state.get();
      if (search.text.trim() === '') return undefined;
      const results = search.text === foundOf ? search.results : searchHere(catalogue, search.text.trim(), 1);
      return productByCode(catalogue, search.text)?.id ?? results?.[0];
    },
  };
  return actions;
}
