// Opens the centre's database: a Postgres by its address, or a PGlite in a folder or in memory.
import type { Database } from './database.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

export type DatabaseLocation = { url: string; connections?: number } | { folder: string } | { memory: true; loadDataDir?: Blob };

export function openDatabase(location: DatabaseLocation): Promise<Database> {
  return 'url' in location ? openPostgres(location) : openPglite(location);
}
