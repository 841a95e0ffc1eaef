// What is done to a node's folder while the node does not run: recover it from the centre, back it up, go on from a backup.
import type { Clock, RandomBytes } from '#schema/values/clock';
import { idMaker } from '#schema/values/id';
import type { Backup } from '#schema/wire/backup';
import { backUp } from './backup/backup.ts';
import { putInPlace } from './backup/restore.ts';
import { randomBytes, systemClock } from './base/clock.ts';
import { backupFolder, databaseFile, highestGeneration, noteGeneration, openDataFolder } from './base/data-folder.ts';
import { migrateSqlite, openSqlite } from './base/sqlite.ts';
import { projectionsOf } from './store.ts';
import { openIdentity } from './sync/identity.ts';
import {
  CannotRecover,
  goOnFromBackup,
  type RecoverParts,
  type Recovery,
  recoverOnto,
  unfinishedRecovery,
} from './sync/recover.ts';

interface Place {
  dataFolder: string;
  clock?: Clock;
  random?: RandomBytes;
  fetch?: typeof fetch;
}

/** The folder is this program's for as long as the work lasts. */
async function withFolder<T>(place: Place, work: (parts: RecoverParts) => Promise<T>): Promise<T> {
  const { dataFolder, clock = systemClock, random = randomBytes, fetch: call = fetch } = place;
  const folder = openDataFolder(dataFolder, random);
  const sqlite = openSqlite(databaseFile(dataFolder));
  try {
    migrateSqlite(sqlite);
    const identity = openIdentity(sqlite, idMaker(clock, random), random);
    const projections = projectionsOf(sqlite);
    const highestKnown = () => highestGeneration(dataFolder);
    return await work({ sqlite, projections, identity, clock, fetch: call, highestKnown });
  } finally {
    sqlite.close();
    folder.release();
  }
}

export interface RecoverOptions extends Place {
  serverUrl: string;
  code: string;
  name: string;
  onFacts?: (facts: number) => void;
}

/** Makes a fresh folder the successor of the store's lost machine. */
export function recoverNode(options: RecoverOptions): Promise<Recovery & { storeCode: string }> {
  const { dataFolder, serverUrl, code, name, onFacts } = options;
  return withFolder(options, async (parts) => {
    const recovery = await recoverOnto({ ...parts, onFacts }, { serverUrl, code, name, fetch: parts.fetch });
    noteGeneration(dataFolder, recovery.generation);
    return recovery;
  });
}

export interface RestoreOptions extends Place {
  /** The backup; without it a restore that was broken off goes on. */
  file?: string;
}

/** Goes on from a backup; undefined where the centre says that this machine was replaced meanwhile. */
export async function restoreNode(options: RestoreOptions): Promise<Recovery | undefined> {
  const { dataFolder, file, clock = systemClock, random = randomBytes } = options;
  if (file !== undefined) {
    const folder = openDataFolder(dataFolder, random);
    await putInPlace({ file, dataFolder, makeId: idMaker(clock, random), now: clock.now() }).finally(folder.release);
  }
  return withFolder(options, async (parts) => {
    if (unfinishedRecovery(parts.sqlite)?.why !== 'restored')
      throw new CannotRecover('No restore was begun in this folder.', 'Name the backup to go on from.');
    const recovery = await goOnFromBackup(parts);
    if (recovery) noteGeneration(dataFolder, recovery.generation);
    return recovery;
  });
}

/** Backs up a node that does not run; one that runs does it itself, when it is asked. */
export function backUpNode(options: Place & { to?: string }): Promise<Backup> {
  const { dataFolder, to = backupFolder(dataFolder), clock = systemClock } = options;
  return withFolder(options, ({ sqlite }) => backUp({ sqlite, folder: to, now: clock.now() }));
}
