// What a device may do at the broker: say and hear its own topics, and nothing else. Whoever connects anew with the same name is the same
// device, so no device may take another's name.
import { timingSafeEqual } from 'node:crypto';
import { brokerPassword, type DeviceOnBroker, type leaves, topicOf } from '#schema/wire/device-topics';
import { payloadMax } from '#schema/wire/dispenser';
import type { RefusalReason } from '../refusals.ts';

export interface KnownDevice extends DeviceOnBroker {
  rootKey: Uint8Array;
}

/** By the name that it connects with: a dispenser's number, else the device's id. */
export type FindDevice = (name: string) => KnownDevice | undefined;

type Verdict = RefusalReason | null;

const messageHead = 2;
/** Of a payload, by who says it: a dispenser's message, or the JSON of another device. */
export const payloadLimits = { sd: messageHead + payloadMax, dv: 8_192 } as const;
const stateMax = 64;

const said = ['state', 'info', 'up'] as const;
const heard = ['down', 'config'] as const;
const retained: readonly string[] = ['state', 'info'] satisfies (typeof leaves)[number][];

export function mayConnect(
  find: FindDevice,
  client: { id: string; name?: string | undefined; password?: Uint8Array | undefined },
): Verdict {
  const device = client.name === undefined ? undefined : find(client.name);
  if (!device) return 'unknown-device';
  const expected = Buffer.from(brokerPassword(device.rootKey));
  const given = client.password ?? new Uint8Array();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'wrong-password';
  return client.id === device.name ? null : 'wrong-client';
}

export function maySay(find: FindDevice, name: string, packet: { topic: string; retain: boolean; size: number }): Verdict {
  const device = find(name);
  if (!device) return 'unknown-device';
  const leaf = said.find((one) => topicOf(device, one) === packet.topic);
  if (leaf === undefined) return 'foreign-topic';
  if (packet.retain && !retained.includes(leaf)) return 'retained';
  return packet.size > (leaf === 'state' ? stateMax : payloadLimits[device.family]) ? 'oversize' : null;
}

export function mayHear(find: FindDevice, name: string, topic: string): Verdict {
  const device = find(name);
  if (!device) return 'unknown-device';
  return heard.some((leaf) => topicOf(device, leaf) === topic) ? null : 'foreign-topic';
}
