// What keeps a node fit while it runs: it watches its disk and clock, looks once whether its database is whole, and backs it up each night.
import type { Clock } from '#schema/values/clock';
import { checkFile } from './backup/check-file.ts';
import { type BackupSchedule, startBackups } from './backup/schedule.ts';
import { backupFolder, databaseFile } from './base/data-folder.ts';
import type { Log } from './base/log.ts';
import type { Store } from './store.ts';
import type { Identity } from './sync/identity.ts';
import { type FreeBytes, startWatch } from './trouble/watch.ts';

interface UpkeepParts {
  store: Store;
  identity: Identity;
  clock: Clock;
  log: Log;
  dataFolder: string;
  /** Where the backups of each night go; beside the database unless said. */
  backupFolder?: string;
  freeBytes: FreeBytes;
}

export interface Upkeep {
  backups: BackupSchedule;
  stop(): Promise<void>;
}

export function startUpkeep({ store, identity, backupFolder: folder, ...parts }: UpkeepParts): Upkeep {
  const { clock, log, dataFolder } = parts;
  const { sqlite, troubles, now, stores, journal } = store;
  const watch = startWatch({
    ...parts,
    troubles,
    clockOffset: identity.clockOffset,
    lastFactAt: () => journal.head().occurredAt,
  });
  const backups = startBackups({
    sqlite,
    folder: folder ?? backupFolder(dataFolder),
    clock,
    now,
    timeZone: () => stores.current()?.timeZone ?? 'UTC',
    log,
    troubles,
  });
  const checked = checkFile(databaseFile(dataFolder), { quick: true }).then(
    ({ problems }) => {
      if (problems.length === 0) return;
      log.error({ problems }, 'the database is damaged');
      troubles.raise('damaged');
    },
    (error: unknown) => log.warn({ error }, 'the database could not be checked'),
  );
  return {
    backups,
    async stop() {
      watch.stop();
      await backups.stop();
      await checked;
    },
  };
}
