// device.changed: a device stands differently than was last told: it answers or does not, works or does not, runs another firmware or other
// settings. Written when it has stood so for a while, so that a loose cable fills no journal.
import Type from 'typebox';
import { Body, Count, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const deviceChanged = fact({
  kind: 'device.changed',
  version: 1,
  body: Body({
    deviceId: Id,
    state: oneOf('online', 'offline', 'fault'),
    /** What is wrong, in one word: `lost`, `silent`, `jammed`, `empty`, `out-of-service`, `config-refused`; null where nothing is. */
    reason: orNull(Type.String()),
    /** Of the firmware that runs, as the device says it; null until it has. */
    firmware: orNull(Type.String()),
    /** Of the settings that the device runs; null until it has said. */
    configVersion: orNull(Count),
    /** When it was last heard; null for never. */
    lastSeenAt: orNull(Count),
  }),
  subjects: (body) => [body.deviceId],
});

export type DeviceChanged = BodyOf<typeof deviceChanged>;
