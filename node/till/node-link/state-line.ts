// What the state line says: which link is down, what is saved here and what has been sent. Pure.
import { wallTime } from '#schema/values/time';
import type { SyncState } from '#schema/wire/till';
import type { Trouble } from '#schema/wire/trouble';
import { ageText, type Language, type Parts, type WordKey } from '../words/words.ts';

/** The link between this page and the store's node. `back` for a moment after it was lost. */
export type NodeLink = 'connecting' | 'up' | 'lost' | 'back';

export type Tone = 'ok' | 'info' | 'warn';

export interface Statement {
  tone: Tone;
  key: WordKey;
  /** The same in few words, for a narrow line. */
  short: WordKey;
  parts: Parts;
}

export interface StateOfLinks {
  link: NodeLink;
  sync: SyncState | undefined;
  /** What is wrong with the node itself. */
  troubles: readonly Trouble[];
  now: number;
  language: Language;
  timeZone: string;
}

const troubleKeys = {
  replaced: 'trouble_replaced',
  damaged: 'trouble_damaged',
  'disk-full': 'trouble_disk_full',
  'disk-low': 'trouble_disk_low',
  'clock-off': 'trouble_clock_off',
  'backup-failed': 'trouble_backup_failed',
  'device-alert': 'trouble_device_alert',
} as const satisfies Record<Trouble['code'], WordKey>;

export const clockText = (at: number, timeZone: string, to: 'minutes' | 'seconds' = 'minutes'): string =>
  wallTime(at, timeZone).slice(11, to === 'minutes' ? 16 : 19);

export const dayText = (at: number, timeZone: string): string => wallTime(at, timeZone).slice(0, 10);

/** One at a time: what stops selling comes first. */
function sayTrouble(troubles: readonly Trouble[], time: string): Statement[] {
  const worst = troubles.find(({ stopsSelling }) => stopsSelling) ?? troubles[0];
  if (!worst) return [];
  const key = troubleKeys[worst.code];
  return [{ tone: 'warn', key, short: `${key}_short`, parts: { time } }];
}

export function stateLine({ link, sync, troubles, now, language, timeZone }: StateOfLinks): Statement[] {
  if (link === 'lost') return [{ tone: 'warn', key: 'node_lost', short: 'node_lost_short', parts: {} }];
  if (link === 'back') return [{ tone: 'ok', key: 'node_back', short: 'node_back_short', parts: {} }];
  if (link === 'connecting' || !sync) return [{ tone: 'info', key: 'connecting', short: 'connecting', parts: {} }];
  const said = sayTrouble(troubles, clockText(now, timeZone));
  if (sync.link !== 'online')
    said.push({ tone: 'info', key: 'offline', short: sync.waiting > 0 ? 'offline_brief' : 'offline_short', parts: {} });
  if (sync.waiting > 0) {
    const age = ageText(now - Date.parse(sync.oldestWaitingAt ?? new Date(now).toISOString()), language);
    said.push({
      tone: sync.link === 'online' ? 'ok' : 'info',
      key: 'queue',
      short: 'queue_short',
      parts: { n: sync.waiting, age },
    });
  }
  if (said.length === 0) {
    const at = sync.lastContactAt === null ? now : Date.parse(sync.lastContactAt);
    said.push({ tone: 'ok', key: 'sent', short: 'sent', parts: { time: clockText(at, timeZone) } });
  }
  return said;
}
