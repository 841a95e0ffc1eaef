// How the node reaches a device: the driver that its link names, and what goes with it.
import type { DeviceLink } from '#schema/rules/device';
import { pours } from '#schema/rules/device';
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { StoreDevice } from './devices.ts';
import type { Driver } from './driver.ts';
import type { BrokerConnection } from './mqtt/connection.ts';
import { type MqttDriver, openMqtt } from './mqtt/driver.ts';
import type { CountRefusal } from './refusals.ts';
import { openSerial } from './serial/driver.ts';
import type { VirtualDispenser } from './virtual/dispenser.ts';

export interface LinkParts {
  connection: BrokerConnection;
  clock: Clock;
  random: RandomBytes;
  refused: CountRefusal;
  /** Null where this node has no virtual dispensers. */
  openVirtual: ((dispenser: { number: number; rootKey: Uint8Array }) => VirtualDispenser) | null;
  /** The store's code, once it has arrived from the centre. */
  storeCode: () => string | undefined;
}

export type Reached =
  | { by: 'virtual'; number: number; rootKey: Uint8Array; driver: VirtualDispenser }
  | { by: 'core'; number: number; rootKey: Uint8Array; driver: Driver }
  | { by: 'json'; driver: MqttDriver };

/** Why a device cannot be reached. */
export type Unreached = 'not-linked' | 'no-key' | 'no-store' | 'no-virtual' | 'no-driver';

/** A demo node plays what nobody has linked. */
export const linkOf = ({ kind, link }: Pick<StoreDevice, 'kind' | 'link'>, isDemo: boolean): DeviceLink | null =>
  link ?? (isDemo && pours(kind) ? { kind: 'virtual' } : null);

export function reach(device: StoreDevice, parts: LinkParts): Reached | Unreached {
  const { connection, openVirtual, refused, storeCode } = parts;
  const { number, rootKey } = device;
  const link = linkOf(device, openVirtual !== null);
  if (link === null) return 'not-linked';
  if (rootKey === null) return 'no-key';
  const store = storeCode();
  if (number === null) {
    if (link.kind !== 'mqtt') return 'no-driver';
    if (store === undefined) return 'no-store';
    return { by: 'json', driver: openMqtt({ connection, device: { family: 'dv', store, name: device.id }, refused }) };
  }
  if (link.kind === 'serial') return { by: 'core', number, rootKey, driver: openSerial({ ...parts, path: link.path }) };
  if (link.kind === 'virtual')
    return openVirtual ? { by: 'virtual', number, rootKey, driver: openVirtual({ number, rootKey }) } : 'no-virtual';
  if (store === undefined) return 'no-store';
  return {
    by: 'core',
    number,
    rootKey,
    driver: openMqtt({ connection, device: { family: 'sd', store, name: String(number) }, refused }),
  };
}

/** What its link needs: a device whose text differs must be reached anew. */
export const reachText = (device: StoreDevice, store: string | undefined): string =>
  JSON.stringify([device.kind, device.number, device.link, device.rootKey && Buffer.from(device.rootKey).toString('hex'), store]);
