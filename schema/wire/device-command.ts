// Commands to devices: what a store's people and the centre may ask, and how such a wish is told further. What a device with our core
// understands is known here; any other device is told the word as it is, and knows its own.
import Type, { type Static } from 'typebox';
import { type DeviceKind, pours } from '../rules/device.ts';
import { commandStates } from '../rules/device-command.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { Id, Input, oneOf, orNull, Time } from './parts.ts';

const CommandWord = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' });

const CommandArgs = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,39}$' }),
  Type.Union([Type.String({ maxLength: 500 }), Type.Integer(), Type.Boolean(), Type.Null()]),
  { maxProperties: 16 },
);

export type CommandArgs = Static<typeof CommandArgs>;

/** Without a word about it, nobody wants a command any more after a quarter of an hour. */
export const COMMAND_TTL_S = 15 * 60;
const COMMAND_TTL_MOST_S = 7 * 86_400;

export const GiveCommand = Input({
  id: Id,
  command: CommandWord,
  args: Type.Optional(CommandArgs),
  /** For how many seconds it may wait until its device is there. */
  ttlSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: COMMAND_TTL_MOST_S })),
});

export type GiveCommand = Static<typeof GiveCommand>;

export const DeviceCommand = Type.Object({
  id: Id,
  deviceId: Id,
  command: Type.String(),
  args: CommandArgs,
  state: oneOf(...commandStates),
  /** What the device said of it, or why it was not done. */
  detail: orNull(Type.String()),
  queuedAt: Time,
  expiresAt: Time,
  sentAt: orNull(Time),
  endedAt: orNull(Time),
});

export type DeviceCommand = Static<typeof DeviceCommand>;

/** What the kinds with our core understand, and the arguments of each. */
const coreCommands: Record<string, Record<string, (value: unknown) => boolean>> = {
  ping: {},
  restart: {},
  'test-motor': { slot: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255 },
  /** By the SHA-256 of an image that the node has, or its centre where that asks. */
  update: { digest: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) },
};

/** Whether such a device can be asked that at all. */
export function checkCommand(
  kind: DeviceKind,
  { command, args = {} }: Pick<GiveCommand, 'command' | 'args'>,
): Result<null, 'unknown-command' | 'bad-args'> {
  if (kind === 'printer')
    return refuse('unknown-command', 'A printer takes print jobs, not commands.', {
      field: 'command',
      next: 'lapak printer test',
    });
  if (!pours(kind)) return ok(null);
  const wanted = coreCommands[command];
  if (!wanted)
    return refuse('unknown-command', `A ${kind} does not know “${command}”.`, {
      field: 'command',
      next: `It knows ${Object.keys(coreCommands).join(', ')}.`,
    });
  const wrong =
    Object.keys(wanted).find((name) => !wanted[name]?.(args[name])) ?? Object.keys(args).find((name) => !(name in wanted));
  if (wrong === undefined) return ok(null);
  return refuse('bad-args', `“${command}” takes no such ${wrong}.`, {
    field: `args.${wrong}`,
    next: Object.keys(wanted).length === 0 ? 'It takes none.' : `It takes ${Object.keys(wanted).join(', ')}.`,
  });
}
