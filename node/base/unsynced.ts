// One transaction that does not wait for the disk, for what may be lost together and comes again by itself. Facts never go this way.
import type { Sqlite } from './sqlite.ts';

export function unsynced(sqlite: Sqlite): (work: () => void) => void {
  const usual = sqlite.pragma('synchronous', { simple: true });
  return (work) => {
    sqlite.pragma('synchronous = NORMAL');
    try {
      sqlite.transaction(work).immediate();
    } finally {
      sqlite.pragma(`synchronous = ${usual}`);
    }
  };
}
