// Who the customers are that facts of this store only name. Kept here until the centre has them and sends them down as a shape; then only
// the salt stays, by which a repeated wish is known. Erased, not even that.
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface Details {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
}

export interface Undelivered extends Details {
  salt: string;
  addedAt: number;
}

export interface DetailStore {
  keep(details: Details, salt: string, addedAt: number): void;
  saltOf(id: string): string | undefined;
  undelivered(limit: number): Undelivered[];
  delivered(ids: readonly string[], now: number): void;
  /** What came back down need not stand here as well. */
  letGo(): void;
  erase(id: string): void;
}

export function openDetails(sqlite: Sqlite): DetailStore {
  const insert = writer(
    sqlite,
    'INSERT INTO customer_details (id, salt, name, phone, email, added_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const readSalt = rowOf<{ salt: string }>(sqlite, 'SELECT salt FROM customer_details WHERE id = ?');
  const readUndelivered = rowsOf<Undelivered>(
    sqlite,
    `SELECT id, salt, name, phone, email, added_at AS addedAt FROM customer_details
     WHERE delivered_at IS NULL AND name IS NOT NULL ORDER BY added_at, id LIMIT ?`,
  );
  const markDelivered = writer(sqlite, 'UPDATE customer_details SET delivered_at = ? WHERE id = ?');
  const letGo = writer(
    sqlite,
    `UPDATE customer_details SET name = NULL, phone = NULL, email = NULL
     WHERE delivered_at IS NOT NULL AND name IS NOT NULL AND id IN (SELECT id FROM customers WHERE name IS NOT NULL)`,
  );
  const remove = writer(sqlite, 'DELETE FROM customer_details WHERE id = ?');
  return {
    keep: ({ id, name, phone, email }, salt, addedAt) => void insert(id, salt, name, phone, email, addedAt),
    saltOf: (id) => readSalt(id)?.salt,
    undelivered: (limit) => readUndelivered(limit),
    delivered(ids, now) {
      for (const id of ids) markDelivered(now, id);
    },
    letGo: () => void letGo(),
    erase: (id) => void remove(id),
  };
}
