// Search at the till, offline: by code, by prefix, by any part of the name, and with a slip of the finger, best first.
import type { CatalogueProduct } from '#schema/wire/till';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import { type CatalogueRow, sellable, viewOf } from './catalogue.ts';
import type { Store } from './store.ts';

export type Search = (store: Store, text: string, limit: number) => CatalogueProduct[];

const TRIGRAM = 3;

/** Lower case without accents, as the index folds what it holds. */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const quoted = (term: string): string => `"${term.replaceAll('"', '""')}"`;

/** Every word as a part of the name: `"kopi" AND "sus"`. Words shorter than a trigram cannot be looked up and are left out. */
export function exactQuery(text: string): string | undefined {
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => [...word].length >= TRIGRAM);
  return words.length > 0 ? words.map(quoted).join(' AND ') : undefined;
}

/** Any of its trigrams: a name with one wrong letter still shares most of them, and ranks by how many. */
export function nearQuery(text: string): string | undefined {
  const letters = [...fold(text).trim()];
  const trigrams = letters.slice(TRIGRAM - 1).map((_, start) => letters.slice(start, start + TRIGRAM).join(''));
  return trigrams.length > 0 ? [...new Set(trigrams)].map(quoted).join(' OR ') : undefined;
}

export function openSearch(sqlite: Sqlite): Search {
  const byCode = rowOf<CatalogueRow>(
    sqlite,
    sellable('(p.sku = ? COLLATE NOCASE OR p.id = (SELECT b.product_id FROM barcodes b WHERE b.code = ?)) LIMIT 1'),
  );
  const byPrefix = rowsOf<CatalogueRow>(sqlite, sellable(`p.name LIKE ? ESCAPE '\\' ORDER BY p.position, p.name LIMIT ?`));
  const matching = `p.row IN (SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rank LIMIT ?)`;
  const byMatch = rowsOf<CatalogueRow>(sqlite, sellable(matching));

  return (store, text, limit) => {
    const found = new Map<string, CatalogueProduct>();
    const add = (rows: CatalogueRow[]) => {
      for (const row of rows) if (found.size < limit && !found.has(row.id)) found.set(row.id, viewOf(row));
    };
    const { currency, country } = store;
    const code = text.trim();
    const exactCode = byCode(currency, country, code, code.padStart(14, '0'));
    if (exactCode) add([exactCode]);
    const exact = exactQuery(text);
    if (exact) add(ranked(byMatch(currency, country, exact, limit * 4), text));
    else add(byPrefix(currency, country, `${code.replace(/[\\%_]/g, '\\$&')}%`, limit));
    const near = nearQuery(text);
    if (near && found.size < limit) add(closest(byMatch(currency, country, near, limit * 4), text));
    return [...found.values()];
  };
}

/** Names that begin with the text first, then by their place in the shop. */
function ranked(rows: CatalogueRow[], text: string): CatalogueRow[] {
  const start = fold(text.trim());
  const rank = (row: CatalogueRow) => (fold(row.name).startsWith(start) ? 0 : 1);
  return rows.toSorted((a, b) => rank(a) - rank(b) || a.position - b.position || a.name.localeCompare(b.name));
}

/** What shares at least half of its trigrams with the text; less is another word. */
function closest(rows: CatalogueRow[], text: string): CatalogueRow[] {
  const wanted = trigramsOf(text);
  const share = (row: CatalogueRow) => {
    const had = trigramsOf(`${row.name} ${row.sku}`);
    return [...wanted].filter((trigram) => had.has(trigram)).length / wanted.size;
  };
  return rows
    .map((row) => ({ row, share: share(row) }))
    .filter((candidate) => candidate.share >= 0.4)
    .toSorted((a, b) => b.share - a.share || a.row.name.localeCompare(b.row.name))
    .map((candidate) => candidate.row);
}

function trigramsOf(text: string): Set<string> {
  const letters = [...fold(text).trim()];
  return new Set(letters.slice(TRIGRAM - 1).map((_, start) => letters.slice(start, start + TRIGRAM).join('')));
}
