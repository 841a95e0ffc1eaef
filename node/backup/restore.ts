// Puts a backup in the place of a node's database. The file is read whole first; what stood there before is set aside, never overwritten.
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import type { MakeId } from '#schema/values/id';
import { isoTime } from '#schema/values/time';
import { databaseFile } from '../base/data-folder.ts';
import { migrateSqlite, openSqlite, rowOf } from '../base/sqlite.ts';
import { beginRecovery, CannotRecover } from '../sync/recover.ts';
import { checkFile } from './check-file.ts';

const parts = ['', '-wal', '-shm'];

interface PlaceParts {
  file: string;
  dataFolder: string;
  makeId: MakeId;
  now: number;
}

/** After it the folder holds the backup, and is to go on from there before it is a node again. */
export async function putInPlace({ file, dataFolder, makeId, now }: PlaceParts): Promise<void> {
  if (!existsSync(file))
    throw new CannotRecover(`There is no file ${file}.`, 'Name a backup: they stand in the folder “backups” of the node.');
  const { problems } = await checkFile(file, { quick: false });
  if (problems.length > 0) throw new CannotRecover(`${file} is not a whole backup: ${problems[0]}`, 'Take an older one.');
  const target = databaseFile(dataFolder);
  const store = storeOf(file);
  const present = existsSync(target) ? storeOf(target) : undefined;
  if (present && store !== present)
    throw new CannotRecover(
      'The backup is of another store than this folder.',
      'Name the folder of its store with --data-folder.',
    );
  const restoring = `${target}.restoring`;
  for (const part of parts) rmSync(restoring + part, { force: true });
  copyFileSync(file, restoring);
  chmodSync(restoring, 0o600);
  mark(restoring, makeId());
  const aside = `${target}.before-${isoTime(now).replaceAll(':', '-')}`;
  for (const part of parts) if (existsSync(target + part)) renameSync(target + part, aside + part);
  renameSync(restoring, target);
}

/** Whose node it is; undefined where the file cannot tell, being damaged or never enrolled. */
function storeOf(file: string): string | undefined {
  try {
    const sqlite = openSqlite(file, { readonly: true });
    try {
      return rowOf<{ storeId: string | null }>(sqlite, 'SELECT store_id AS storeId FROM identity')()?.storeId ?? undefined;
    } finally {
      sqlite.close();
    }
  } catch {
    return undefined;
  }
}

/** From here on it is no node before it has gone on in a new generation, whatever interrupts us. */
function mark(file: string, requestId: string): void {
  const sqlite = openSqlite(file);
  migrateSqlite(sqlite);
  beginRecovery(sqlite, { requestId, why: 'restored' });
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.pragma('journal_mode = DELETE');
  sqlite.close();
}
