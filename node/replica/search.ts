// Search at the till, offline: by code, by prefix, by any part of the name, and with a slip of the finger, best first.
import type { CatalogueProduct } from '#schema/wire/till';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import { type CatalogueRow, sellable, viewOf } from './catalogue.ts';
import { isSlipOf, slipsWithoutTrace, TRIGRAM, trigramsOf } from './slip.ts';
import type { Store } from './store.ts';

export type Search = (store: Store, text: string, limit: number) => CatalogueProduct[];

/** So many of what matches are put in order. More means that the text says too little: whoever wants one of them goes on typing. */
const CANDIDATES = 500;

/** Lower case without accents, as the index folds what it holds. */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

const quoted = (term: string): string => `"${term.replaceAll('"', '""')}"`;
const anyOf = (terms: readonly string[]): string => `(${terms.map(quoted).join(' OR ')})`;

/** Words shorter than a trigram cannot be looked up and are left out. */
const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => [...word].length >= TRIGRAM);

/** The name begins with the text, or every word is a part of it: `"kopi" AND "sus"`. */
export function exactQueries(text: string): string[] {
  const words = wordsOf(text);
  return words.length > 0 ? [`name : ^ ${quoted(fold(text))}`, words.map(quoted).join(' AND ')] : [];
}

/**
 * Each word in its turn may be wrong while the others are right: it is near by what a slip leaves of it, or, where the slip left
 * nothing, by the others alone. Then all of them may be wrong.
 */
export function nearQueries(text: string): string[] {
  const words = wordsOf(text);
  const near = words.map((word) => anyOf([...trigramsOf(word), ...slipsWithoutTrace(word)]));
  const others = words.map((_, wrong) => words.filter((_, at) => at !== wrong).map(quoted));
  const oneWrong = near.map((terms, wrong) => [...(others[wrong] ?? []), terms].join(' AND '));
  if (words.length < 2) return oneWrong;
  return [...oneWrong, ...others.map((terms) => terms.join(' AND ')), near.join(' AND ')];
}

export function openSearch(sqlite: Sqlite): Search {
  const byCode = rowOf<CatalogueRow>(
    sqlite,
    sellable(`p.row IN (SELECT row FROM products WHERE sku = ? COLLATE NOCASE
      UNION ALL SELECT row FROM products WHERE id = (SELECT product_id FROM barcodes WHERE code = ?)) LIMIT 1`),
  );
  // In the order of the shop, so that it stops as soon as it has enough.
  const byPrefix = rowsOf<{ row: number }>(
    sqlite,
    `SELECT row FROM products WHERE name LIKE ? ESCAPE '\\' AND archived = 0 ORDER BY position, name LIMIT ?`,
  );
  // Without an order the index stops at the limit; to rank by it would mean to visit everything that matches.
  const matching = `SELECT row, name, position FROM products WHERE archived = 0
    AND row IN (SELECT rowid FROM product_search WHERE product_search MATCH ? LIMIT ${CANDIDATES})`;
  const bestMatches = rowsOf<{ row: number }>(sqlite, `${matching} ORDER BY position, name LIMIT ?`);
  const nearMatches = rowsOf<{ row: number; name: string }>(sqlite, `${matching} ORDER BY position, name`);
  const byRows = rowsOf<CatalogueRow>(
    sqlite,
    sellable('p.row IN (SELECT value FROM json_each(?)) ORDER BY p.position, p.name LIMIT ?'),
  );
  /** Some may lack a price here, so more are looked at than are wanted. */
  const spare = (limit: number) => limit * 4;

  return (store, text, limit) => {
    const found = new Map<string, CatalogueProduct>();
    const { currency, country } = store;
    const add = (rows: readonly CatalogueRow[]) => {
      for (const row of rows) if (found.size < limit && !found.has(row.id)) found.set(row.id, viewOf(row));
    };
    const addRows = (rows: readonly { row: number }[]) =>
      add(byRows(currency, country, JSON.stringify(rows.map(({ row }) => row)), limit));
    const code = text.trim();
    const exactCode = byCode(currency, country, code, code.padStart(14, '0'));
    if (exactCode) add([exactCode]);
    const queries = exactQueries(text);
    if (queries.length === 0) addRows(byPrefix(`${code.replace(/[\\%_]/g, '\\$&')}%`, spare(limit)));
    for (const query of queries) if (found.size < limit) addRows(bestMatches(query, spare(limit)));
    if (found.size > 0) return [...found.values()];
    const words = wordsOf(text);
    for (const query of nearQueries(text)) {
      if (found.size >= limit) break;
      addRows(
        nearMatches(query)
          .filter(({ name }) => words.every((word) => isSlipOf(word, fold(name))))
          .slice(0, spare(limit)),
      );
    }
    return [...found.values()];
  };
}
