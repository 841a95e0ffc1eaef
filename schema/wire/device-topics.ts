// Devices on a broker, for both ends: their topics, what stands in the one about presence, and by what they prove who they are.
//
//   sd/1/<store>/<number>/   dispensers: messages of dispenser.ts, one a payload      state and config are retained, up and down never
//   dv/1/<store>/<id>/       devices without our core: JSON                            info is retained
import { createHmac } from 'node:crypto';
import { labels } from './dispenser.ts';

export const leaves = ['state', 'info', 'up', 'down', 'config'] as const;
export type Leaf = (typeof leaves)[number];

export interface DeviceOnBroker {
  family: 'sd' | 'dv';
  /** The store's code. */
  store: string;
  /** A dispenser's number, else the device's id: also its user and its client id at the broker. */
  name: string;
}

export const topicOf = ({ family, store, name }: DeviceOnBroker, leaf: Leaf): string => `${family}/1/${store}/${name}/${leaf}`;

/** The proof that a broker asks of a device; its root key does not travel. */
export const brokerPassword = (rootKey: Uint8Array): string =>
  createHmac('sha256', rootKey).update(labels.brokerPassword).digest('hex');

/** Which life of the device it speaks of stands in it, so that what was said of an earlier one counts for nothing, however late it comes. */
export const presenceText = (presence: 'present' | 'lost', boot: string): string => `${presence} ${boot}`;

export function readPresence(text: string): { presence: 'present' | 'lost'; boot: string } | undefined {
  const [, presence, boot] = /^(present|lost) ([0-9A-Za-z-]{1,36})$/.exec(text) ?? [];
  return boot === undefined ? undefined : { presence: presence as 'present' | 'lost', boot };
}
