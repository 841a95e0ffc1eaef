// One device: how it stands, what it measures, what is wrong with it in words, and a turn of its motor for whoever looks after it.
import { useEffect, useState } from 'react';
import type { Device } from '#schema/wire/device';
import type { DeviceCommand } from '#schema/wire/device-command';
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useActions, useSay } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { sayProblem } from '../menu/side-problem.ts';
import { noticeOf, warn } from '../till-parts.ts';
import type { WordKey } from '../words/words.ts';
import { PauseButton } from './pause-button.tsx';
import { Seen, StateChip, type Tone } from './state-chip.tsx';

const states = {
  online: { tone: 'ok', word: 'device_online' },
  busy: { tone: 'info', word: 'device_busy' },
  fault: { tone: 'fault', word: 'device_fault' },
  offline: { tone: 'fault', word: 'device_offline' },
} as const satisfies Record<Device['state'], { tone: Tone; word: WordKey }>;

/** What a person in the shop can do something about; the rest is for whoever set the device up. */
const wrongWords: Record<string, WordKey> = {
  jammed: 'device_jammed',
  empty: 'device_empty',
  'too-warm': 'device_too_warm',
  'too-cold': 'device_too_cold',
  'door-open': 'device_door_open',
  'no-key': 'device_not_set_up',
  'not-linked': 'device_not_set_up',
};

const wrongOf = ({ reason, alerts, pause }: Device): WordKey[] => {
  const words = new Set([reason ?? '', ...alerts.map(({ what }) => what)].map((wrong) => wrongWords[wrong]));
  if (pause === 'untold') words.add('device_pause_untold');
  return [...words].filter((word) => word !== undefined);
};

interface DeviceRowProps {
  device: Device;
  commandNews: number;
  /** Something was done to it. */
  onChange: () => void;
}

export function DeviceRow({ device, commandNews, onChange }: DeviceRowProps) {
  const till = useActions();
  const say = useSay();
  const [asked, setAsked] = useState<string | null>(null);
  const [result, setResult] = useState<DeviceCommand['state'] | null>(null);
  const { device: calls } = till.parts.calls;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again with each word about commands.
  useEffect(() => {
    if (asked === null) return;
    calls.commandState({ params: { id: asked } }).then(
      ({ endedAt, state }) => {
        if (endedAt === null) return;
        setResult(state);
        setAsked(null);
      },
      // The next word asks again; a node that is gone is told by the state line.
      () => undefined,
    );
  }, [commandNews]);
  const [first] = device.slots;
  const temperature = device.readings.find(({ metric }) => metric === 'temperature');
  const test = async () => {
    const id = till.parts.makeId();
    setResult(null);
    setAsked(id);
    try {
      const args = { slot: first?.slot ?? 0 };
      await calls.command({ params: { id: device.id }, body: { id, command: 'test-motor', args, ttlSeconds: 30 } });
      warn(till.parts, noticeOf('info', 'device_testing', { name: device.name }));
    } catch (error) {
      setAsked(null);
      sayProblem(till, error, { 'not-a-manager': 'device_managers_test' });
    }
  };
  const names = device.slots.flatMap(({ productName }) => (productName === null ? [] : [productName])).join(', ');
  const measured = temperature && say('device_temperature', { degrees: (temperature.value / 10).toFixed(1) });
  return (
    <li className="row" data-device={device.id}>
      <span className="row-what">
        <strong>{device.name}</strong>
        <span className="meta">
          {[names, measured].filter(Boolean).join(' · ')} · <Seen at={device.lastSeenAt} />
        </span>
        {wrongOf(device).map((word) => (
          <span className="row-note" data-tone="warn" key={word}>
            <Icon name="warn" size={16} /> {say(word)}
          </span>
        ))}
        {result && (
          <span className="row-note" data-tone={result === 'done' ? 'ok' : 'warn'}>
            <Icon name={result === 'done' ? 'ok' : 'warn'} size={16} />{' '}
            {say(result === 'done' ? 'device_turned' : 'device_not_turned')}
          </span>
        )}
      </span>
      <StateChip tone={states[device.state].tone}>{say(states[device.state].word)}</StateChip>
      {first && device.state === 'online' && asked === null && (
        <ConfirmButton label={say('device_test')} sure={say('device_test_sure')} onConfirm={() => void test()} />
      )}
      {first && <PauseButton device={device} onChange={onChange} />}
    </li>
  );
}
