// What devices were refused on their links, counted by reason for the metrics. It names nobody: the log does.

/** Why a device did not take a new firmware, in its own words. */
export const firmwareRefusals = ['bad-size', 'bad-digest', 'bad-signature'] as const;

/** Why something on a link was not let through. */
export const refusalReasons = [
  /** On a serial line: bytes that are no frame. */
  'noise',
  /** At the broker: not MQTT at all. */
  'not-mqtt',
  'unknown-device',
  'wrong-password',
  /** Under another name than its own. */
  'wrong-client',
  /** What another device says or hears. */
  'foreign-topic',
  /** A message that the broker was to keep where none may be kept. */
  'retained',
  'oversize',
  'flood',
  'too-many-connections',
  /** A whole message, and none that a device of its kind says. */
  'unreadable',
  ...firmwareRefusals,
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

export type CountRefusal = (reason: RefusalReason, count?: number) => void;

export interface Refusals {
  count: CountRefusal;
  read(): Readonly<Record<RefusalReason, number>>;
}

export function openRefusals(): Refusals {
  const counts = Object.fromEntries(refusalReasons.map((reason) => [reason, 0])) as Record<RefusalReason, number>;
  return {
    count(reason, count = 1) {
      counts[reason] += count;
    },
    read: () => counts,
  };
}
