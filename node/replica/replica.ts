// What came from the centre: applies a shape's messages together with the cursor that they lead to, and tells what changed.
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { unsynced } from '../base/unsynced.ts';
import { beginCopy, hasCopy, swapCopy } from './copy.ts';
import { type RowChange, rowWriter, type WriteRows } from './row-writer.ts';
import type { ReplicaTable } from './tables.ts';

export interface ShapeCursor {
  handle: string;
  offset: string;
  /** False while a new copy is being built: the cursor then speaks of the copy, and the old rows stay in use. */
  complete: boolean;
}

export interface ReplicaChange {
  table: ReplicaTable;
  /** The keys of the rows that changed, or all after a new copy took over. */
  keys: readonly string[] | 'all';
  productIds: readonly string[] | 'all';
}

export interface Replica {
  cursor(table: ReplicaTable): ShapeCursor | undefined;
  /** Starts a new copy of the table; what is there stays in use until the copy is complete. */
  restart(table: ReplicaTable): void;
  /** One transaction: the rows, and how far the shape has been read. */
  apply(table: ReplicaTable, changes: readonly RowChange[], cursor: ShapeCursor): void;
  /** Rows of a copy that is not in use yet, without moving the cursor: a long snapshot is taken in slices. */
  stage(table: ReplicaTable, changes: readonly RowChange[]): void;
  isComplete(): boolean;
}

export function openReplica(sqlite: Sqlite, tables: readonly ReplicaTable[], onChange: (change: ReplicaChange) => void): Replica {
  const readCursor = rowOf<{ handle: string; offset: string; complete: number }>(
    sqlite,
    'SELECT handle, "offset", complete FROM shape_cursors WHERE shape = ?',
  );
  const writeCursor = writer(
    sqlite,
    `INSERT INTO shape_cursors (shape, handle, "offset", complete) VALUES (?, ?, ?, ?)
     ON CONFLICT (shape) DO UPDATE SET handle = excluded.handle, "offset" = excluded."offset", complete = excluded.complete`,
  );
  const dropCursor = writer(sqlite, 'DELETE FROM shape_cursors WHERE shape = ?');
  const isStaged = (table: ReplicaTable) => readCursor(table.shape)?.complete !== 1;
  const writers = new Map<string, WriteRows>();
  /** Rows and cursor are lost together or not at all, and the centre has both: unlike a fact, they need not wait for the disk. */
  const inTransaction = unsynced(sqlite);

  function writerOf(table: ReplicaTable, staged: boolean): WriteRows {
    const name = `${table.shape} ${staged}`;
    const known = writers.get(name) ?? rowWriter(sqlite, table, staged);
    writers.set(name, known);
    return known;
  }

  return {
    cursor(table) {
      const row = readCursor(table.shape);
      if (row && row.complete !== 1 && !hasCopy(sqlite, table)) return undefined;
      return row && { ...row, complete: row.complete === 1 };
    },
    restart(table) {
      inTransaction(() => {
        beginCopy(sqlite, table);
        dropCursor(table.shape);
      });
      writers.delete(`${table.shape} true`);
    },
    stage: (table, changes) => inTransaction(() => void writerOf(table, true)(changes)),
    apply(table, changes, cursor) {
      const staged = isStaged(table);
      let products: ReadonlySet<string> = new Set();
      inTransaction(() => {
        products = writerOf(table, staged)(changes);
        if (staged && cursor.complete) swapCopy(sqlite, table);
        writeCursor(table.shape, cursor.handle, cursor.offset, cursor.complete ? 1 : 0);
      });
      if (staged && cursor.complete) onChange({ table, keys: 'all', productIds: 'all' });
      else if (!staged && changes.length > 0)
        onChange({ table, keys: changes.map(({ row }) => String(row[table.key])), productIds: [...products] });
    },
    isComplete: () => tables.every((table) => readCursor(table.shape)?.complete === 1),
  };
}
