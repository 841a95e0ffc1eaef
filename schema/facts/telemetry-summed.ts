// telemetry.summed: what a device measured in one stretch of time, as few figures: the readings themselves stay in the store, and not for long.
import Type from 'typebox';
import { metricPattern } from '../rules/telemetry.ts';
import { Amount, Body, Count, Id } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const telemetrySummed = fact({
  kind: 'telemetry.summed',
  version: 1,
  body: Body({
    deviceId: Id,
    metric: Type.String({ pattern: metricPattern }),
    /** The first reading and the last. */
    from: Count,
    to: Count,
    count: Count,
    min: Amount,
    max: Amount,
    /** Rounded to a whole unit of the metric. */
    mean: Amount,
    last: Amount,
  }),
  subjects: (body) => [body.deviceId],
});

export type TelemetrySummed = BodyOf<typeof telemetrySummed>;
