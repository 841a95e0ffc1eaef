// A new copy of a replica table is built beside the old one, which stays in use, and takes its place in one transaction.
import { rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { ReplicaTable } from './tables.ts';

export const nextOf = (table: string): string => `${table}_next`;

/** Index names are one space for the whole database, so a copy's indexes wear the prefix that the live ones don't. */
const otherName = (index: string): string => (index.startsWith('next_') ? index.slice(5) : `next_${index}`);

interface Made {
  type: string;
  name: string;
  sql: string;
}

const madeOf = (sqlite: Sqlite, table: string): Made[] =>
  rowsOf<Made>(
    sqlite,
    'SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC',
  )(table);

/** What a row is found by while the copy is filled; every other index is quicker made at once, when all rows are there. */
const isNeededAtOnce = ({ type, sql }: Made): boolean => type === 'table' || /^CREATE UNIQUE INDEX/i.test(sql);

export function beginCopy(sqlite: Sqlite, { table }: ReplicaTable): void {
  const next = nextOf(table);
  sqlite.exec(`DROP TABLE IF EXISTS ${next}`);
  for (const { type, name, sql } of madeOf(sqlite, table).filter(isNeededAtOnce))
    sqlite.exec(type === 'table' ? renamed(sql, table, next) : renamed(renamed(sql, name, otherName(name)), table, next));
}

/** Inside the transaction that also moves the shape's cursor. */
export function swapCopy(sqlite: Sqlite, { table, searchable }: ReplicaTable): void {
  const indexes = madeOf(sqlite, table).filter((made) => !isNeededAtOnce(made));
  sqlite.exec(`DROP TABLE ${table}; ALTER TABLE ${nextOf(table)} RENAME TO ${table}`);
  for (const { sql } of indexes) sqlite.exec(sql);
  if (searchable)
    sqlite.exec(`INSERT INTO product_search (product_search) VALUES ('delete-all');
      INSERT INTO product_search (rowid, name, sku) SELECT row, name, sku FROM ${table}`);
}

export const hasCopy = (sqlite: Sqlite, { table }: ReplicaTable): boolean =>
  rowsOf(sqlite, `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`)(nextOf(table)).length > 0;

const renamed = (sql: string, from: string, to: string): string =>
  sql.replace(new RegExp(`(["\`' ])${from}(["\`' (])`), (_, before: string, after: string) => `${before}${to}${after}`);
