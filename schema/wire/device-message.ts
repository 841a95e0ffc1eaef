// What devices without our core say to their node and hear from it, as JSON: readings, results of commands, and a heartbeat.
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { metricPattern } from '../rules/telemetry.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { Count, Id, oneOf } from './parts.ts';

const Word = Type.String({ minLength: 1, maxLength: 80 });

const Message = Type.Union([
  Type.Object({
    kind: Type.Literal('heartbeat'),
    id: Word,
    firmware: Type.Optional(Word),
    /** Of the settings that it runs. */
    configVersion: Type.Optional(Count),
    /** What is wrong with it, in a word; null or nothing where nothing is. */
    fault: Type.Optional(Type.Union([Word, Type.Null()])),
  }),
  Type.Object({
    kind: Type.Literal('data'),
    id: Word,
    readings: Type.Array(
      Type.Object({
        metric: Type.String({ pattern: metricPattern }),
        value: Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 }),
        /** Milliseconds since 1970 by its own clock; without it, now. */
        at: Type.Optional(Count),
      }),
      { minItems: 1, maxItems: 32 },
    ),
  }),
  Type.Object({
    kind: Type.Literal('result'),
    id: Word,
    /** The command that it answers. */
    commandId: Id,
    outcome: oneOf('done', 'failed'),
    detail: Type.Optional(Type.String({ maxLength: 200 })),
  }),
]);

export type DeviceMessage = Static<typeof Message>;

const validator = Compile(Message);

/** Fields that are not known are let be: a newer device may say more. */
export function readDeviceMessage(bytes: Uint8Array): Result<DeviceMessage, 'malformed'> {
  try {
    const message: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (validator.Check(message)) return ok(message);
    return refuse('malformed', 'It is no message that a device may send.');
  } catch {
    return refuse('malformed', 'It is not JSON.');
  }
}

/** A command on its way down; the device answers its id, and knows by it what it has done already. */
export interface DeviceOrder {
  id: string;
  command: string;
  args: Record<string, unknown>;
  expiresAt: number;
}

export interface DeviceConfigOrder {
  version: number;
  config: object;
}
