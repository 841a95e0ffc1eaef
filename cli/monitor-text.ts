// A device in one line, for whoever watches, and what makes the line worth saying again.
import type { Device } from '#schema/wire/device';
import { ageText } from './ui/time.ts';
import { oneLine, padEnd } from './ui/width.ts';

const NAME_WIDTH = 18;

/** Temperatures are in tenths of a degree. */
export const readingText = ({ metric, value }: Pick<Device['readings'][number], 'metric' | 'value'>): string => {
  if (metric === 'temperature') return `${(value / 10).toFixed(1)} °C`;
  if (metric === 'door') return value === 0 ? 'door closed' : 'door open';
  return `${metric} ${value}`;
};

const updateText = ({ update }: Device): string[] =>
  update === null
    ? []
    : [`update to ${update.firmware}: ${update.state} ${Math.floor((update.received / Math.max(1, update.size)) * 100)}%`];

const configText = ({ config }: Device): string[] =>
  config === null || config.running === null || config.running === config.wanted
    ? []
    : [`runs settings ${config.running}, wanted ${config.wanted}`];

const pauseText = ({ pause }: Device): string[] => {
  if (pause === null) return [];
  return [pause === 'told' ? 'paused' : 'paused, could not be told yet: may pour alone'];
};

/** What there is to say beside the state. */
export const notes = (device: Device): string[] => [
  ...(device.reason === null ? [] : [device.reason]),
  ...device.alerts.map(({ what }) => what),
  ...pauseText(device),
  ...updateText(device),
  ...configText(device),
  ...device.readings.map(readingText),
  ...(device.commandsWaiting > 0
    ? [`${device.commandsWaiting} ${device.commandsWaiting === 1 ? 'command waits' : 'commands wait'}`]
    : []),
];

export function deviceLine(device: Device, now: number): string {
  const seen =
    device.lastSeenAt === null ? 'never seen' : `seen ${ageText(Math.max(0, now - Date.parse(device.lastSeenAt)))} ago`;
  const head = `${padEnd(oneLine(device.name), NAME_WIDTH)} ${device.kind.padEnd(9)} ${device.state.padEnd(7)}`;
  return [head, device.firmware ?? '-', seen, ...notes(device)].join('  ').trimEnd();
}

/** When it was seen changes all the time and is no news. */
export const newsOf = (device: Device): string => JSON.stringify([device.state, device.firmware, notes(device)]);
