// Writes the rows of one shape into one copy of its table: whole rows, changed columns, deletions, and the search index beside them.
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { nextOf } from './copy.ts';
import type { ReplicaTable } from './tables.ts';

export type Row = Record<string, unknown>;

export interface RowChange {
  operation: 'insert' | 'update' | 'delete';
  row: Row;
}

/** Writes changes in their order; answers which products they are about, as the rows stood before and as they stand. */
export type WriteRows = (changes: readonly RowChange[]) => ReadonlySet<string>;

export function rowWriter(sqlite: Sqlite, replica: ReplicaTable, staged: boolean): WriteRows {
  const { key, product, searchable } = replica;
  const table = staged ? nextOf(replica.table) : replica.table;
  const write = changeWriter(sqlite, replica, table);
  // Nobody reads a copy that is being built: it is indexed when it is whole, and nobody keeps anything of its products.
  const search = searchable && !staged ? searchWriter(sqlite, table) : undefined;
  const readProduct =
    product && !staged
      ? rowOf<{ product: string }>(sqlite, `SELECT ${product} AS product FROM ${table} WHERE ${key} = ?`)
      : undefined;

  return (changes) => {
    const products = new Set<string>();
    const note = (value: unknown) => {
      const found = readProduct?.(value);
      if (found) products.add(found.product);
    };
    for (const change of changes) {
      const value = change.row[key];
      note(value);
      if (change.operation === 'delete') search?.remove(value);
      write(change);
      note(value);
    }
    search?.put(changes.map(({ row }) => row[key]));
    return products;
  };
}

function changeWriter(sqlite: Sqlite, { key, columns }: ReplicaTable, table: string): (change: RowChange) => void {
  const places = columns.map(() => '?').join(', ');
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  const upsert = writer(
    sqlite,
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places}) ON CONFLICT (${key}) DO UPDATE SET ${set}`,
  );
  const remove = writer(sqlite, `DELETE FROM ${table} WHERE ${key} = ?`);
  // The same few columns change again and again.
  const updates = new Map<string, (...values: unknown[]) => number>();

  function update(row: Row): void {
    const changed = columns.filter((column) => column !== key && row[column] !== undefined);
    if (changed.length === 0) return;
    const sets = changed.map((column) => `${column} = ?`).join(', ');
    const write = updates.get(sets) ?? writer(sqlite, `UPDATE ${table} SET ${sets} WHERE ${key} = ?`);
    updates.set(sets, write);
    write(...changed.map((column) => row[column]), row[key]);
  }

  return ({ operation, row }) => {
    if (operation === 'delete') remove(row[key]);
    else if (operation === 'update') update(row);
    else upsert(...columns.map((column) => row[column] ?? null));
  };
}

/** The index of trigrams flushes after each statement that writes it, so many rows go in by one. */
function searchWriter(sqlite: Sqlite, table: string) {
  const put = writer(
    sqlite,
    `INSERT OR REPLACE INTO product_search (rowid, name, sku)
     SELECT row, name, sku FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const remove = writer(sqlite, `DELETE FROM product_search WHERE rowid = (SELECT row FROM ${table} WHERE id = ?)`);
  return { put: (ids: unknown[]) => void put(JSON.stringify(ids)), remove: (id: unknown) => void remove(id) };
}
