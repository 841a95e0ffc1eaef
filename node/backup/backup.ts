// A backup: a copy of the database while the node sells, read again whole before it counts. It holds the node's keys, so it is as secret
// as the machine.
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { isoTime } from '#schema/values/time';
import type { Backup } from '#schema/wire/backup';
import { openSqlite, type Sqlite } from '../base/sqlite.ts';
import { checkFile } from './check-file.ts';

const KEPT = 7;

/** Expected: the copy could not be written, or is not what it should be. The ones before it are as they were. */
export class BackupFault extends Error {
  override name = 'BackupFault';
}

interface BackUpParts {
  sqlite: Sqlite;
  folder: string;
  now: number;
}

export async function backUp({ sqlite, folder, now }: BackUpParts): Promise<Backup> {
  const file = join(folder, nameAt(now));
  const part = `${file}.part`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await sqlite.backup(part);
    chmodSync(part, 0o600);
    makeSingle(part);
    const { facts, problems } = await checkFile(part, { quick: false });
    if (problems.length > 0) throw new BackupFault(`The copy is not whole: ${problems.join('; ')}`);
    syncToDisk(part);
    renameSync(part, file);
    syncToDisk(folder);
    forgetOld(folder);
    return { file, at: isoTime(now), bytes: statSync(file).size, facts };
  } catch (error) {
    if (existsSync(part)) rmSync(part);
    if (error instanceof BackupFault) throw error;
    throw new BackupFault(`The copy could not be written: ${(error as Error).message}`, { cause: error });
  }
}

const nameAt = (at: number): string => `store-${isoTime(at).replaceAll(':', '-')}.db`;
const namePattern = /^store-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.db$/;

/** One file without a log beside it: that is what people copy. */
function makeSingle(file: string): void {
  const copy = openSqlite(file);
  copy.pragma('journal_mode = DELETE');
  copy.close();
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

const backupsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => namePattern.test(name))
    .sort();

function forgetOld(folder: string): void {
  for (const name of backupsIn(folder).slice(0, -KEPT)) rmSync(join(folder, name));
}

/** When the newest backup in a folder was made; null where there is none. */
export function lastBackupAt(folder: string): number | null {
  try {
    const newest = backupsIn(folder).at(-1);
    return newest === undefined ? null : Date.parse(newest.replace(namePattern, '$1$2:$3:$4'));
  } catch {
    // The folder is made with the first backup.
    return null;
  }
}
