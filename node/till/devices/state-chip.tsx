// How something stands as a symbol and a word, and when it was last seen: devices, printers and print jobs alike.
import { useSay, useStore } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { clockText } from '../node-link/state-line.ts';

export type Tone = 'ok' | 'info' | 'warn' | 'fault';

export function StateChip({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className="state-chip" data-tone={tone}>
      <Icon name={tone} size={16} /> {children}
    </span>
  );
}

export function Seen({ at }: { at: string | null }) {
  const say = useSay();
  const { timeZone } = useStore();
  return <>{at === null ? say('device_never') : say('device_seen', { time: clockText(Date.parse(at), timeZone) })}</>;
}
