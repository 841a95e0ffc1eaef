// The centre's one door to its database: the same handle over Postgres or PGlite, opened by open-database.ts and given to everything else.
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';

/** What `execute(sql)` answers on both drivers; `affectedRows()` reads the count that they name differently. */
export interface Rows<Row = Record<string, unknown>> {
  rows: Row[];
  rowCount?: number | null;
  affectedRows?: number;
}

interface RowsKind extends PgQueryResultHKT {
  type: Rows<this['row']>;
}

type NoSchema = Record<string, never>;

/** Reads that may run on their own or inside a transaction take this; a `Tx` is one too. */
export type Drizzle = PgDatabase<RowsKind, NoSchema, NoSchema>;

/** What commands take: on PGlite's single session the root handle inside a transaction would wait for itself. */
export type Tx = PgTransaction<RowsKind, NoSchema, NoSchema>;

export interface Database {
  kind: 'postgres' | 'pglite';
  db: Drizzle;
  /** Lends one session for as long as the work takes: session locks, transactions, cursors. */
  session<T>(work: (db: Drizzle) => Promise<T>): Promise<T>;
  /** Calls with each payload; with '' after a lost connection came back, when payloads may have been missed. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export const affectedRows = (result: Rows): number => result.rowCount ?? result.affectedRows ?? 0;
