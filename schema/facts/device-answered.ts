// device.answered: what became of a command to a device. Each command is answered at most twice: what nobody knew may be learned later.
import Type from 'typebox';
import { commandOutcomes } from '../rules/device-command.ts';
import { Body, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const deviceAnswered = fact({
  kind: 'device.answered',
  version: 1,
  body: Body({
    deviceId: Id,
    commandId: Id,
    /** The directive that brought it from the centre; null for one that was given in the store. */
    directiveId: orNull(Id),
    outcome: oneOf(...commandOutcomes),
    /** What the device said of it, or why it was not done. */
    detail: orNull(Type.String()),
  }),
  subjects: (body) => [body.deviceId],
});

export type DeviceAnswered = BodyOf<typeof deviceAnswered>;
