// Looks after what a node needs and cannot make: room on its disk, a clock that runs forwards, a database that is whole.
import { statfs } from 'node:fs/promises';
import type { Clock } from '#schema/values/clock';
import type { Log } from '../base/log.ts';
import type { Troubles } from './troubles.ts';

const EVERY_MS = 60_000;
/** Room for some days of sales, and for the checkpoint of a large log. */
const LOW_BYTES = 300_000_000;
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Bytes that a node may still write in its folder. */
export type FreeBytes = (folder: string) => Promise<number>;

export const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

export interface WatchParts {
  clock: Clock;
  log: Log;
  troubles: Troubles;
  dataFolder: string;
  freeBytes: FreeBytes;
  /** Milliseconds that the centre's clock is ahead of this machine's. */
  clockOffset: () => number;
  /** The time of the last fact: what time it was at least. */
  lastFactAt: () => number;
}

/** The journal's time never runs backwards; a clock that does is said, or its facts would all stand at one time and nobody knew why. */
export const isClockOff = ({ now, clockOffset, lastFactAt }: { now: number; clockOffset: number; lastFactAt: number }): boolean =>
  Math.abs(clockOffset) > CLOCK_TOLERANCE_MS || lastFactAt - (now + clockOffset) > CLOCK_TOLERANCE_MS;

export function startWatch({ clock, log, troubles, dataFolder, freeBytes, clockOffset, lastFactAt }: WatchParts): {
  stop(): void;
} {
  let stopped = false;
  let cancel = () => {};
  const set = (code: Parameters<Troubles['raise']>[0], isSo: boolean) => (isSo ? troubles.raise(code) : troubles.clear(code));

  async function look(): Promise<void> {
    set('clock-off', isClockOff({ now: clock.now(), clockOffset: clockOffset(), lastFactAt: lastFactAt() }));
    try {
      set('disk-low', (await freeBytes(dataFolder)) < LOW_BYTES);
    } catch (error) {
      log.warn({ error }, 'the room on the disk cannot be read');
    }
    if (!stopped) cancel = clock.after(EVERY_MS, look);
  }

  void look();
  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}
