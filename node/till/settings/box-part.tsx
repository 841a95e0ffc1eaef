// The store box: its clock, its disk, its backups, and what it has sent.
import type { Client } from '#schema/client';
import { type BoxState, nodeContract } from '#schema/wire/node';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { StateChip } from '../devices/state-chip.tsx';
import { useLoaded } from '../menu/use-loaded.ts';
import { clockText, dayText } from '../node-link/state-line.ts';
import type { Say } from '../words/words.ts';

const GIGABYTE = 1_000_000_000;

function Row({ name, said, tone, word }: { name: string; said: string; tone: 'ok' | 'warn' | 'info'; word: string }) {
  return (
    <li className="row">
      <span className="row-what">
        <strong>{name}</strong>
        <span className="meta">{said}</span>
      </span>
      <StateChip tone={tone}>{word}</StateChip>
    </li>
  );
}

function backupSaid({ backup }: BoxState, timeZone: string, say: Say): string {
  const time = (at: string) => `${dayText(Date.parse(at), timeZone)} ${clockText(Date.parse(at), timeZone)}`;
  if (backup.lastAt !== null) return say('box_backup_last', { time: time(backup.lastAt) });
  return backup.nextAt === null ? say('box_backup_never') : say('box_backup_next', { time: time(backup.nextAt) });
}

export function BoxPart() {
  const { parts } = useActions();
  const say = useSay();
  const { timeZone } = useStore();
  const waiting = useTill((state) => state.sync?.waiting ?? 0);
  const node: Client<typeof nodeContract> = parts.calls.of(nodeContract);
  const { value: box, failed } = useLoaded(() => node.box());
  if (!box) return <p className="empty">{say(failed ? 'box_no_answer' : 'screen_loading')}</p>;
  const room = box.freeBytes === null ? '–' : String(Math.floor(box.freeBytes / GIGABYTE));
  const isUnbacked = box.backup.failedAt !== null;
  return (
    <ul className="rows">
      <Row
        name={say('box_clock')}
        said={`${dayText(Date.parse(box.time), timeZone)} ${clockText(Date.parse(box.time), timeZone)}`}
        tone={box.clockOff ? 'warn' : 'ok'}
        word={say(box.clockOff ? 'box_wrong' : 'box_fine')}
      />
      <Row
        name={say('box_disk')}
        said={say('box_room', { n: room })}
        tone={box.diskLow ? 'warn' : 'ok'}
        word={say(box.diskLow ? 'box_low' : 'box_fine')}
      />
      <Row
        name={say('box_backup')}
        said={backupSaid(box, timeZone, say)}
        tone={isUnbacked ? 'warn' : box.backup.lastAt === null ? 'info' : 'ok'}
        word={say(isUnbacked ? 'box_failed' : box.backup.lastAt === null ? 'box_none' : 'box_fine')}
      />
      <Row
        name={say('box_office')}
        said={say('box_sent', { n: waiting })}
        tone={box.sync.link === 'online' ? 'ok' : 'info'}
        word={say(box.sync.link === 'online' ? 'box_online' : 'box_offline')}
      />
      <li className="meta">{say('box_version', { version: box.version, place: `${box.generation}.${box.seq}` })}</li>
    </ul>
  );
}
