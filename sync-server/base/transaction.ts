// The one way to write at the centre: routes, apply and sweeps open a transaction here and hand `tx` to commands.
import type { Database, Tx } from './database.ts';
import { isRetryable } from './sql-state.ts';

export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
}

const mostAttempts = 6;

/**
 * Commits what the work did, or nothing. A serialization failure or a deadlock starts the work again at once (Postgres has
 * already made us wait for the winner), so the work must have no effect outside `tx`.
 */
export async function transaction<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  { isolation = 'read committed', readOnly = false }: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.session((db) =>
        db.transaction(work, { isolationLevel: isolation, accessMode: readOnly ? 'read only' : 'read write' }),
      );
    } catch (fault) {
      if (attempt === mostAttempts || !isRetryable(fault)) throw fault;
    }
  }
}

/** Work that may fail on its own: what it did is undone, the transaction around it goes on. */
export function savepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return tx.transaction(work);
}
