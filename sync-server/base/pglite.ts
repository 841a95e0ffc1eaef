// PGlite behind the Database type: Postgres inside this process, in a folder or in memory, with one session for everybody.
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Database, Drizzle } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { int8TypeId, parseInt8, sessionSettings } from './session-settings.ts';

export interface PgliteDatabase extends Database {
  /** The whole cluster as a tar file, for `loadDataDir`. */
  dump(): Promise<Blob>;
}

type Location = { folder: string } | { memory: true; loadDataDir?: Blob };

export async function openPglite(location: Location): Promise<PgliteDatabase> {
  const release = 'folder' in location ? lockFolder(location.folder) : () => undefined;
  try {
    return await openLocked(location, release);
  } catch (fault) {
    release();
    throw fault;
  }
}

async function openLocked(location: Location, release: () => void): Promise<PgliteDatabase> {
  const client = new PGlite({
    dataDir: 'folder' in location ? location.folder : 'memory://',
    loadDataDir: 'memory' in location ? location.loadDataDir : undefined,
    parsers: { [int8TypeId]: parseInt8 },
  });
  await client.waitReady;
  await client.exec(
    Object.entries(sessionSettings)
      .map(([name, value]) => `SET ${name} = '${value}'`)
      .join('; '),
  );
  const db = drizzle(client, { casing: 'snake_case' }) as unknown as Drizzle;
  return {
    kind: 'pglite',
    db,
    session: (work) => work(db),
    listen: async (channel, onPayload) => {
      const stop = await client.listen(channel, onPayload);
      return () => stop();
    },
    close: async () => {
      await client.close();
      release();
    },
    dump: () => client.dumpDataDir('none'),
  };
}
