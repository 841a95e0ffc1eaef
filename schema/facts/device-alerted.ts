// device.alerted: a reading left its bounds for longer than is tolerated, or came back. Once when it begins and once when it is over.
import { deviceAlerts } from '../rules/telemetry.ts';
import { Amount, Body, Count, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const deviceAlerted = fact({
  kind: 'device.alerted',
  version: 1,
  body: Body({
    deviceId: Id,
    what: oneOf(...deviceAlerts),
    /** The reading that told, in the unit of its metric. */
    value: Amount,
    /** The bound that it crossed: of the metric, or for a door in minutes. */
    limit: Amount,
    /** Since when it had been so. */
    since: Count,
    /** When it was over; null while it is not. */
    overAt: orNull(Count),
  }),
  subjects: (body) => [body.deviceId],
});

export type DeviceAlerted = BodyOf<typeof deviceAlerted>;
