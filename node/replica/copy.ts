// A new copy of a replica table is built beside the old one, which stays in use, and takes its place in one transaction.
import { rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { ReplicaTable } from './tables.ts';

export const nextOf = (table: string): string => `${table}_next`;

const SEARCH = 'product_search';

/** Index names are one space for the whole database, so a copy's indexes wear the prefix that the live ones don't. */
const otherName = (index: string): string => (index.startsWith('next_') ? index.slice(5) : `next_${index}`);

export function beginCopy(sqlite: Sqlite, { table, searchable }: ReplicaTable): void {
  const next = nextOf(table);
  sqlite.exec(`DROP TABLE IF EXISTS ${next}`);
  const made = rowsOf<{ type: string; name: string; sql: string }>(
    sqlite,
    'SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC',
  )(table);
  for (const { type, name, sql } of made)
    sqlite.exec(type === 'table' ? renamed(sql, table, next) : renamed(renamed(sql, name, otherName(name)), table, next));
  if (!searchable) return;
  sqlite.exec(`DROP TABLE IF EXISTS ${nextOf(SEARCH)}`);
  const [search] = rowsOf<{ sql: string }>(sqlite, `SELECT sql FROM sqlite_master WHERE name = '${SEARCH}'`)();
  if (search) sqlite.exec(renamed(search.sql, SEARCH, nextOf(SEARCH)));
}

/** Inside the transaction that also moves the shape's cursor. */
export function swapCopy(sqlite: Sqlite, { table, searchable }: ReplicaTable): void {
  sqlite.exec(`DROP TABLE ${table}; ALTER TABLE ${nextOf(table)} RENAME TO ${table}`);
  if (searchable) sqlite.exec(`DROP TABLE ${SEARCH}; ALTER TABLE ${nextOf(SEARCH)} RENAME TO ${SEARCH}`);
}

export const hasCopy = (sqlite: Sqlite, { table }: ReplicaTable): boolean =>
  rowsOf(sqlite, `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`)(nextOf(table)).length > 0;

export const searchTable = (staged: boolean): string => (staged ? nextOf(SEARCH) : SEARCH);

const renamed = (sql: string, from: string, to: string): string =>
  sql.replace(new RegExp(`(["\`' ])${from}(["\`' (])`), (_, before: string, after: string) => `${before}${to}${after}`);
