// Writes the rows of one shape into one copy of its table: whole rows, changed columns, deletions, and the search index beside them.
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { nextOf, searchTable } from './copy.ts';
import type { ReplicaTable } from './tables.ts';

export type Row = Record<string, unknown>;

export interface RowChange {
  operation: 'insert' | 'update' | 'delete';
  row: Row;
}

export interface RowWriter {
  write(change: RowChange): void;
  /** The product that the row with this key is about, as it stands. */
  productOf(key: unknown): string | undefined;
}

export function rowWriter(sqlite: Sqlite, replica: ReplicaTable, staged: boolean): RowWriter {
  const { key, columns, product, searchable } = replica;
  const table = staged ? nextOf(replica.table) : replica.table;
  const places = columns.map(() => '?').join(', ');
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  const upsert = writer(
    sqlite,
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places}) ON CONFLICT (${key}) DO UPDATE SET ${set}`,
  );
  const remove = writer(sqlite, `DELETE FROM ${table} WHERE ${key} = ?`);
  const readProduct = product
    ? rowOf<{ product: string }>(sqlite, `SELECT ${product} AS product FROM ${table} WHERE ${key} = ?`)
    : undefined;
  const search = searchable ? searchWriter(sqlite, table, staged) : undefined;

  function update(row: Row): void {
    const changed = columns.filter((column) => column !== key && row[column] !== undefined);
    if (changed.length === 0) return;
    const sets = changed.map((column) => `${column} = ?`).join(', ');
    writer(sqlite, `UPDATE ${table} SET ${sets} WHERE ${key} = ?`)(...changed.map((column) => row[column]), row[key]);
  }

  return {
    productOf: (value) => readProduct?.(value)?.product,
    write({ operation, row }) {
      if (operation === 'delete') {
        search?.remove(row[key]);
        remove(row[key]);
        return;
      }
      if (operation === 'update') update(row);
      else upsert(...columns.map((column) => row[column] ?? null));
      search?.put(row[key]);
    },
  };
}

function searchWriter(sqlite: Sqlite, table: string, staged: boolean) {
  const index = searchTable(staged);
  const put = writer(
    sqlite,
    `INSERT OR REPLACE INTO ${index} (rowid, name, sku) SELECT row, name, sku FROM ${table} WHERE id = ?`,
  );
  const remove = writer(sqlite, `DELETE FROM ${index} WHERE rowid = (SELECT row FROM ${table} WHERE id = ?)`);
  return { put: (id: unknown) => void put(id), remove: (id: unknown) => void remove(id) };
}
