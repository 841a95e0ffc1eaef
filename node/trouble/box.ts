// How the store box stands, for whoever stands before a till.
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { BoxState } from '#schema/wire/node';
import type { BackupSchedule } from '../backup/schedule.ts';
import type { Store } from '../store.ts';

interface BoxParts {
  store: Pick<Store, 'journal' | 'link' | 'troubles' | 'now'>;
  backups: Pick<BackupSchedule, 'state'>;
  witnessedSeq: () => number;
  /** Room on its disk. */
  freeBytes: () => Promise<number>;
  version: string;
}

export async function boxState({ store, backups, witnessedSeq, freeBytes, version }: BoxParts): Promise<Result<BoxState, never>> {
  const { journal, link, now } = store;
  const troubles = store.troubles.list();
  const has = (code: string) => troubles.some((trouble) => trouble.code === code);
  const { lastAt, failedAt, nextAt } = backups.state();
  const { generation, seq } = journal.head();
  return ok({
    version,
    time: isoTime(now()),
    clockOff: has('clock-off'),
    freeBytes: await freeBytes().catch(() => null),
    diskLow: has('disk-low') || has('disk-full'),
    backup: { lastAt, failedAt, nextAt },
    generation,
    seq,
    witnessedSeq: witnessedSeq(),
    sync: link.state(),
    troubles,
  });
}
