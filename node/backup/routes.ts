// A backup when the machine's own programs ask for one.
import { ok, type Result, refuse } from '#schema/values/result';
import type { Backup } from '#schema/wire/backup';
import { BackupFault } from './backup.ts';
import type { BackupSchedule } from './schedule.ts';

export async function backUpNow(backups: BackupSchedule, to: string | undefined): Promise<Result<Backup, 'backup-failed'>> {
  try {
    return ok(await backups.run(to));
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error;
    return refuse('backup-failed', error.message, { next: 'Name a folder that can be written and has room, with --to.' });
  }
}
