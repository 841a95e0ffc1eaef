// Opens the store's database. What is answered is on disk: WAL with synchronous=FULL, and foreign keys inside journal and projections.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { packageRoot } from './package-root.ts';

const require = createRequire(import.meta.url);

export type Sqlite = BetterSqlite3.Database;

export type OpenSqlite = (file: string, options?: { readonly?: boolean }) => Sqlite;

/** Version 13 brings its binary but needs a newer Node; 12 is compiled at install and serves the older ones. */
function loadDriver(): typeof BetterSqlite3 {
  return Number(process.versions.napi) >= 10 ? require('better-sqlite3-v13') : require('better-sqlite3');
}

export const openSqlite: OpenSqlite = (file, { readonly = false } = {}) => {
  const Database = loadDriver();
  const sqlite = new Database(file, { readonly, fileMustExist: readonly });
  sqlite.pragma('busy_timeout = 5000');
  sqlite.pragma('foreign_keys = ON');
  if (readonly) return sqlite;
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  // What a savepoint needs to undo one sale is a little more than SQLite keeps in memory by itself: each would go through a file.
  sqlite.pragma('temp_store = MEMORY');
  return sqlite;
};

export function migrateSqlite(sqlite: Sqlite): void {
  const migrationsFolder = join(packageRoot(), 'schema/tables/store/migrations');
  if (isMigrated(sqlite, migrationsFolder)) return;
  // Loaded only for this: on every other start it would take longer to load than the database to open.
  const { drizzle } = require('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3');
  const { migrate } = require('drizzle-orm/better-sqlite3/migrator') as typeof import('drizzle-orm/better-sqlite3/migrator');
  migrate(drizzle({ client: sqlite, casing: 'snake_case' }), { migrationsFolder });
}

/** By the time of the last migration, as the migrator itself decides. */
function isMigrated(sqlite: Sqlite, migrationsFolder: string): boolean {
  const known = sqlite.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'`).get();
  if (!known) return false;
  const { entries } = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  const done = sqlite.prepare<[], number | null>('SELECT max(created_at) FROM __drizzle_migrations').pluck().get() ?? 0;
  return entries.every(({ when }) => when <= done);
}

/** A read of many rows, a row for each call: prepared once, typed where it is written. */
export function rowsOf<Row>(sqlite: Sqlite, sql: string): (...values: unknown[]) => Row[] {
  const { statement, rowFrom } = reader<Row>(sqlite, sql);
  return (...values) => statement.all(...values).map(rowFrom);
}

export function rowOf<Row>(sqlite: Sqlite, sql: string): (...values: unknown[]) => Row | undefined {
  const { statement, rowFrom } = reader<Row>(sqlite, sql);
  return (...values) => {
    const columns = statement.get(...values);
    return columns && rowFrom(columns);
  };
}

/** Rows come as arrays and become objects here, all of one shape: the driver's own objects take twice as long to make and to read. */
function reader<Row>(sqlite: Sqlite, sql: string) {
  const statement = sqlite.prepare<unknown[], unknown[]>(sql).raw();
  const names = statement.columns().map(({ name }) => name);
  const rowFrom = (columns: unknown[]): Row => {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < names.length; at++) row[names[at] as string] = columns[at];
    return row as Row;
  };
  return { statement, rowFrom };
}

export function writer(sqlite: Sqlite, sql: string): (...values: unknown[]) => number {
  const statement = sqlite.prepare(sql);
  return (...values) => statement.run(...values).changes;
}
