// Dispensers and printers, each with its state as a symbol and a word.
import type { Device } from '#schema/wire/device';
import type { Printer } from '#schema/wire/print';
import { useActions, useSay, useStore } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { type Loaded, useLoaded } from '../menu/use-loaded.ts';
import { clockText } from '../node-link/state-line.ts';
import type { WordKey } from '../words/words.ts';

type Tone = 'ok' | 'info' | 'warn' | 'fault';

const states = {
  online: { tone: 'ok', word: 'device_online' },
  busy: { tone: 'info', word: 'device_busy' },
  fault: { tone: 'fault', word: 'device_fault' },
  offline: { tone: 'fault', word: 'device_offline' },
} as const satisfies Record<Device['state'], { tone: Tone; word: WordKey }>;

export const conditionWords = {
  ready: 'printer_is_ready',
  'paper-out': 'printer_is_empty',
  'cover-open': 'printer_is_open',
  error: 'printer_is_faulty',
  offline: 'printer_is_silent',
} as const satisfies Record<Printer['condition'], WordKey>;

export function StateChip({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className="state-chip" data-tone={tone}>
      <Icon name={tone} size={16} /> {children}
    </span>
  );
}

export const printerTone = ({ condition, paperLow }: Printer): Tone =>
  condition === 'ready' ? (paperLow ? 'warn' : 'ok') : condition === 'offline' || condition === 'error' ? 'fault' : 'warn';

export function printerWord({ condition, paperLow }: Printer): WordKey {
  return condition === 'ready' && paperLow ? 'printer_paper_low' : conditionWords[condition];
}

function Seen({ at }: { at: string | null }) {
  const say = useSay();
  const { timeZone } = useStore();
  return <>{at === null ? say('device_never') : say('device_seen', { time: clockText(Date.parse(at), timeZone) })}</>;
}

export function DispenserList({ printers }: { printers: Loaded<{ items: Printer[] }> }) {
  const { parts } = useActions();
  const say = useSay();
  const devices = useLoaded(async () => (await parts.calls.device.list()).items);
  const both = [...(devices.value ?? []), ...(printers.value?.items ?? [])];
  if (devices.value === null) return <p className="empty">{say(devices.failed ? 'box_no_answer' : 'screen_loading')}</p>;
  if (both.length === 0) return <p className="empty">{say('devices_none')}</p>;
  return (
    <ul className="rows">
      {devices.value.map((device) => (
        <li className="row" key={device.id}>
          <span className="row-what">
            <strong>{device.name}</strong>
            <span className="meta">
              {device.slots
                .map(({ productName }) => productName)
                .filter(Boolean)
                .join(', ')}{' '}
              · <Seen at={device.lastSeenAt} />
            </span>
          </span>
          <StateChip tone={states[device.state].tone}>{say(states[device.state].word)}</StateChip>
        </li>
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
