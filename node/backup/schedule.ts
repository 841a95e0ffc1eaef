// Backs the node up each night, and when asked. One that fails is said at the tills and in the status, and tried again in an hour.
import type { Clock } from '#schema/values/clock';
import { isoTime, wallTime } from '#schema/values/time';
import type { Backup, BackupState } from '#schema/wire/backup';
import type { Log } from '../base/log.ts';
import type { Sqlite } from '../base/sqlite.ts';
import type { Troubles } from '../trouble/troubles.ts';
import { backUp, lastBackupAt } from './backup.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** When nobody sells. */
const AT_HOUR = 3;
/** A machine that is off at night is backed up when it has been on for a while. */
const AFTER_START_MS = 10 * 60_000;

export interface BackupSchedule {
  state(): BackupState;
  /** Writes one now; a fault is thrown, and said like that of a night. */
  run(folder?: string): Promise<Backup>;
  stop(): Promise<void>;
}

interface ScheduleParts {
  sqlite: Sqlite;
  folder: string;
  clock: Clock;
  now: () => number;
  timeZone: () => string;
  log: Log;
  troubles: Troubles;
}

/** Until the next three o'clock on the store's wall. */
export function untilNight(at: number, timeZone: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = wallTime(at, timeZone).slice(11).split(':').map(Number);
  const sinceMidnight = (hours * 60 + minutes) * 60_000 + seconds * 1_000;
  return ((AT_HOUR * HOUR_MS - sinceMidnight + DAY_MS - 1) % DAY_MS) + 1;
}

export function startBackups({ sqlite, folder, clock, now, timeZone, log, troubles }: ScheduleParts): BackupSchedule {
  let last = lastBackupAt(folder);
  let failure: { at: number; why: string } | null = null;
  let nextAt: number | null = null;
  let cancel = () => {};
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  function next(delayMs: number): void {
    if (stopped) return;
    nextAt = now() + delayMs;
    cancel();
    cancel = clock.after(delayMs, () => {
      running = run().catch(() => {});
    });
  }

  async function run(to = folder): Promise<Backup> {
    try {
      const backup = await backUp({ sqlite, folder: to, now: now() });
      if (to === folder) last = Date.parse(backup.at);
      failure = null;
      troubles.clear('backup-failed');
      next(untilNight(now(), timeZone()));
      return backup;
    } catch (error) {
      failure = { at: now(), why: (error as Error).message };
      log.error({ error }, 'a backup failed');
      troubles.raise('backup-failed');
      next(HOUR_MS);
      throw error;
    }
  }

  const isRecent = last !== null && now() - last < DAY_MS + HOUR_MS;
  next(isRecent ? untilNight(now(), timeZone()) : AFTER_START_MS);
  const timeOrNull = (at: number | null | undefined) => (at == null ? null : isoTime(at));
  return {
    run,
    state: () => ({
      folder,
      lastAt: timeOrNull(last),
      failedAt: timeOrNull(failure?.at),
      why: failure?.why ?? null,
      nextAt: timeOrNull(nextAt),
    }),
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
