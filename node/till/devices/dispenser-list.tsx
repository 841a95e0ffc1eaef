// Dispensers and printers, each with its state as a symbol and a word.
import type { Device } from '#schema/wire/device';
import type { Printer } from '#schema/wire/print';
import { useSay } from '../base/till-context.tsx';
import type { Loaded } from '../menu/use-loaded.ts';
import type { WordKey } from '../words/words.ts';
import { DeviceRow } from './device-row.tsx';
import { Seen, StateChip, type Tone } from './state-chip.tsx';

export const conditionWords = {
  ready: 'printer_is_ready',
  'paper-out': 'printer_is_empty',
  'cover-open': 'printer_is_open',
  error: 'printer_is_faulty',
  offline: 'printer_is_silent',
} as const satisfies Record<Printer['condition'], WordKey>;

export const printerTone = ({ condition, paperLow }: Printer): Tone =>
  condition === 'ready' ? (paperLow ? 'warn' : 'ok') : condition === 'offline' || condition === 'error' ? 'fault' : 'warn';

export function printerWord({ condition, paperLow }: Printer): WordKey {
  return condition === 'ready' && paperLow ? 'printer_paper_low' : conditionWords[condition];
}

export interface DispenserListProps {
  devices: Loaded<Device[]>;
  printers: Loaded<{ items: Printer[] }>;
  /** Counts what was told of commands: who has one open asks again. */
  commandNews: number;
}

export function DispenserList({ devices, printers, commandNews }: DispenserListProps) {
  const say = useSay();
  if (devices.value === null) return <p className="empty">{say(devices.failed ? 'box_no_answer' : 'screen_loading')}</p>;
  // Printers come with what a till needs to know of them from their own list.
  const others = devices.value.filter(({ kind }) => kind !== 'printer');
  if (others.length + (printers.value?.items.length ?? 0) === 0) return <p className="empty">{say('devices_none')}</p>;
  return (
    <ul className="rows">
      {others.map((device) => (
        <DeviceRow key={device.id} device={device} commandNews={commandNews} onChange={devices.again} />
      ))}
      {printers.value?.items.map((printer) => (
        <li className="row" key={printer.id}>
          <span className="row-what">
            <strong>{printer.name}</strong>
            <span className="meta">
              <Seen at={printer.lastSeenAt} />
            </span>
          </span>
          <StateChip tone={printerTone(printer)}>{say(printerWord(printer))}</StateChip>
        </li>
      ))}
    </ul>
  );
}
