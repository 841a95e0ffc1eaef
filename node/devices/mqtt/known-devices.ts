// Which devices the broker knows: those of the store whose key this machine has.
import { rowOf, type Sqlite } from '../../base/sqlite.ts';
import type { FindDevice } from './rules.ts';

interface Row {
  number: number | null;
  rootKey: string;
}

/** Read for each message: a device that was archived is out at once. */
export function knownDevices(sqlite: Sqlite, storeCode: () => string | undefined): FindDevice {
  const from = 'FROM devices d JOIN device_pairings v ON v.id = d.id WHERE d.archived = 0';
  const byNumber = rowOf<Row>(sqlite, `SELECT d.number, v.root_key AS rootKey ${from} AND d.number = ?`);
  const byId = rowOf<Row>(sqlite, `SELECT d.number, v.root_key AS rootKey ${from} AND d.number IS NULL AND d.id = ?`);
  return (name) => {
    const store = storeCode();
    const row = /^[1-9]\d{0,9}$/.test(name) ? byNumber(Number(name)) : byId(name);
    if (!store || !row) return undefined;
    return { family: row.number === null ? 'dv' : 'sd', store, name, rootKey: Buffer.from(row.rootKey, 'hex') };
  };
}
