// What a device said and nobody can read: each message is counted, and the log hears of it at most once a minute, because a broken
// device says it a thousand times a second.
import type { Log } from '../base/log.ts';
import type { CountRefusal } from './refusals.ts';

const SAID_EVERY_MS = 60_000;

interface UnreadableParts {
  /** Its name. */
  device: string;
  now: () => number;
  log: Pick<Log, 'warn'>;
  refused: CountRefusal;
}

/** Takes why a message cannot be read. */
export function openUnreadable({ device, now, log, refused }: UnreadableParts): (why: string) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  let unsaid = 0;
  return (why) => {
    refused('unreadable');
    unsaid += 1;
    if (now() - saidAt < SAID_EVERY_MS) return;
    log.warn({ device, why, messages: unsaid }, 'a device sent what cannot be read');
    saidAt = now();
    unsaid = 0;
  };
}
