// The dispensers of this store: what the centre says they pour, joined with what this machine has paired.
import { rowsOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface Dispenser {
  id: string;
  number: number;
  name: string;
  slots: { slot: number; productId: string }[];
  /** Null until the device is paired with this machine: without its key nothing can be minted for it. */
  driver: string | null;
  rootKey: Uint8Array | null;
}

export interface Dispensers {
  all(): readonly Dispenser[];
  byId(id: string): Dispenser | undefined;
  byNumber(number: number): Dispenser | undefined;
  pair(id: string, driver: string, rootKey: Uint8Array, now: number): void;
  /** The shape of devices, or a key of theirs, has changed. */
  forget(): void;
  /** One listener: whoever fetches the keys that are lacking. */
  onForgotten(listener: () => void): void;
}

interface DispenserRow {
  id: string;
  number: number;
  name: string;
  slots: string;
  driver: string | null;
  rootKey: string | null;
}

export function openDispensers(sqlite: Sqlite): Dispensers {
  const read = rowsOf<DispenserRow>(
    sqlite,
    `SELECT d.id, d.number, d.name, d.slots, v.driver, v.root_key AS rootKey
     FROM devices d LEFT JOIN device_pairings v ON v.id = d.id WHERE d.archived = 0 AND d.number IS NOT NULL ORDER BY d.number`,
  );
  const insert = writer(sqlite, 'INSERT INTO device_pairings (id, driver, root_key, paired_at) VALUES (?, ?, ?, ?)');
  let known: Dispenser[] | undefined;
  let listener = () => {};
  const all = () => {
    known ??= read().map((row) => ({
      ...row,
      slots: JSON.parse(row.slots),
      rootKey: row.rootKey === null ? null : Buffer.from(row.rootKey, 'hex'),
    }));
    return known;
  };
  return {
    all,
    byId: (id) => all().find((dispenser) => dispenser.id === id),
    byNumber: (number) => all().find((dispenser) => dispenser.number === number),
    pair(id, driver, rootKey, now) {
      insert(id, driver, Buffer.from(rootKey).toString('hex'), now);
      known = undefined;
    },
    forget() {
      known = undefined;
      listener();
    },
    onForgotten(next) {
      listener = next;
    },
  };
}
