// The registry of devices at the centre: which machines a store has, how each is reached and what it is told.
import Type, { type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type DeviceConfig, type DeviceConfigs, type DeviceKind, deviceKinds, kindRules } from '../rules/device.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { contract } from './contract.ts';
import { deviceStates } from './device-status.ts';
import { Count, Id, IdParams, Input, Name, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';

const Kind = oneOf(...deviceKinds);

const Link = Type.Union([
  Input({ kind: Type.Literal('serial'), path: Type.String({ pattern: '^(/|COM\\d)', maxLength: 200 }) }),
  Input({ kind: Type.Literal('mqtt') }),
  Input({ kind: Type.Literal('virtual') }),
]);

const Slots = Type.Array(Input({ slot: Type.Integer({ minimum: 0, maximum: 255 }), productId: Id }), { maxItems: 64 });

const Milliseconds = (most: number) => Type.Integer({ minimum: 1, maximum: most });
const Minutes = Type.Integer({ minimum: 1, maximum: 1_440 });
const Seconds = Type.Integer({ minimum: 5, maximum: 86_400 });
const Percent = Type.Integer({ minimum: 0, maximum: 100 });
const Temperature = orNull(Type.Integer({ minimum: -1_000, maximum: 1_000 }));

const Pouring = Input({
  vendsAlone: Type.Boolean(),
  askWaitMs: Milliseconds(60_000),
  armMs: Milliseconds(10_000),
  motorMaxMs: Milliseconds(60_000),
  dropWaitMs: Milliseconds(60_000),
  lateDropMs: Milliseconds(60_000),
});

/** What each means stands with its standard in rules/device.ts. */
export const configSchemas = {
  fridge: Input({
    lowest: Temperature,
    highest: Temperature,
    toleratedMinutes: Minutes,
    doorOpenMinutes: orNull(Minutes),
    reportSeconds: Seconds,
  }),
  tv: Input({ url: orNull(Type.String({ pattern: '^https?://', maxLength: 500 })), brightness: Percent, volume: Percent }),
  rfid: Input({ place: orNull(Type.String({ minLength: 1, maxLength: 80 })), readSeconds: Seconds }),
  vm: Pouring,
  vm20: Pouring,
  dispenser: Pouring,
  printer: Input({}),
  scanner: Input({}),
} as const satisfies { [Kind in DeviceKind]: TSchema };

/** Its kind decides which fields there are, so the contract takes any and `completeConfig` reads them. */
const Config = Type.Object({}, { additionalProperties: true });

const validators = new Map<DeviceKind, ReturnType<typeof Compile<TSchema>>>();

function validatorOf(kind: DeviceKind) {
  const known = validators.get(kind) ?? Compile(configSchemas[kind] as TSchema);
  validators.set(kind, known);
  return known;
}

/** What is given over what held before: the standard of the kind where the device is new. */
export function completeConfig<Kind extends DeviceKind>(
  kind: Kind,
  given: object,
  before: DeviceConfigs[Kind] = kindRules[kind].config,
): Result<DeviceConfig, 'bad-config'> {
  const config = { ...before, ...given };
  const validator = validatorOf(kind);
  const wrong = Object.keys(given).find((name) => !(name in kindRules[kind].config));
  const known = Object.keys(kindRules[kind].config);
  if (wrong !== undefined)
    return refuse('bad-config', `A device of the kind ${kind} has no setting “${wrong}”.`, {
      field: `config.${wrong}`,
      next: known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`,
    });
  if (!validator.Check(config)) {
    const [error] = validator.Errors(config);
    const name = (error?.instancePath ?? '').split('/')[1] ?? '';
    return refuse('bad-config', `${name} ${error?.message ?? 'does not fit'}.`, { field: `config.${name}` });
  }
  const { lowest, highest } = config as Partial<DeviceConfigs['fridge']>;
  if (typeof lowest === 'number' && typeof highest === 'number' && lowest >= highest)
    return refuse('bad-config', 'The lowest temperature must be under the highest.', { field: 'config.lowest' });
  return ok(config as DeviceConfig);
}

export const RegisteredDevice = Type.Object({
  id: Id,
  storeId: Id,
  storeCode: Type.String(),
  kind: Kind,
  /** What one that pours is called on the wire; null for others. */
  number: orNull(Count),
  name: Name,
  slots: Type.Array(Type.Object({ slot: Count, productId: Id })),
  link: orNull(Link),
  config: Config,
  configVersion: Positive,
  /** Of its root key; 0 before it was provisioned. */
  keyNumber: Count,
  archived: Type.Boolean(),
  version: Positive,
  createdAt: Time,
});

export type RegisteredDevice = Static<typeof RegisteredDevice>;

/** In a list also how it stands, as its node told. */
export const ListedDevice = Type.Object({
  ...RegisteredDevice.properties,
  state: oneOf(...deviceStates),
  lastSeenAt: orNull(Time),
  /** When its node was last heard: what is said here is as old as that. */
  nodeSeenAt: orNull(Time),
});

export type ListedDevice = Static<typeof ListedDevice>;

const ChangeDevice = Type.Partial(
  Input({ name: Name, slots: Slots, link: orNull(Link), config: Config, archived: Type.Boolean() }),
  {
    additionalProperties: false,
    minProperties: 1,
  },
);

export type ChangeDevice = Static<typeof ChangeDevice>;

const ProvisionDevice = Input({
  id: Id,
  /** Of whoever asks: a root key opens a machine, so being signed in is not enough. */
  password: Type.String({ minLength: 1, maxLength: 200 }),
  /** Where a device on MQTT finds its broker. */
  mqttUri: Type.Optional(Type.String({ pattern: '^mqtts?://[A-Za-z0-9.:\\[\\]-]+$', maxLength: 120 })),
  /** The certificate that the broker's own is signed by, DER as base64, where no public authority signed that. A board has 2 KiB for it. */
  mqttCa: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 2_732 })),
});

export type ProvisionDevice = Static<typeof ProvisionDevice>;

const Provisioned = Type.Object({
  deviceId: Id,
  keyNumber: Positive,
  form: oneOf('nvs-csv', 'json'),
  /** What the device is given; it is shown this once. */
  text: Type.String(),
});

export type Provisioned = Static<typeof Provisioned>;

const wrong = {
  'unknown-product': 422,
  'not-dispensable': 422,
  'bad-slots': 422,
  'repeated-slot': 422,
  'bad-link': 422,
  'bad-config': 422,
} as const;

/** At the centre. */
export const deviceRegistryContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/devices',
    access: { can: 'device.read' },
    summary: 'The devices of the stores and how each stands, by store and name.',
    query: pageQueryWith({
      storeId: Type.Optional(Id),
      kind: Type.Optional(Kind),
      archived: Type.Optional(oneOf('true', 'false')),
    }),
    output: Page(ListedDevice),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/devices/{id}',
    access: { can: 'device.read' },
    summary: 'One device. Its ETag is the version that a change may name in If-Match.',
    params: IdParams,
    output: RegisteredDevice,
    refusals: { 'unknown-device': 404 },
  },
  create: {
    method: 'POST',
    path: '/api/v1/devices',
    access: { can: 'device.write' },
    summary: 'Add a device to a store. One that pours is given its number, and says which product each slot pours.',
    body: Input({
      id: Id,
      storeId: Id,
      kind: Kind,
      name: Name,
      slots: Type.Optional(Slots),
      link: Type.Optional(orNull(Link)),
      config: Type.Optional(Config),
    }),
    output: RegisteredDevice,
    status: 201,
    refusals: { 'unknown-store': 422, ...wrong, 'id-reused': 422 },
  },
  change: {
    method: 'PUT',
    path: '/api/v1/devices/{id}',
    access: { can: 'device.write' },
    summary: 'Change what is given of a device; its node has it in about a second. Archived, it is forgotten by its store.',
    params: IdParams,
    body: ChangeDevice,
    output: RegisteredDevice,
    refusals: { 'unknown-device': 404, 'newer-version': 412, ...wrong },
  },
  provision: {
    method: 'POST',
    path: '/api/v1/devices/{id}/provision',
    access: { can: 'device.provision' },
    summary:
      'Make a root key for a device, and what the device is given. An earlier key is good no more; its node has the new one in about a second.',
    params: IdParams,
    body: ProvisionDevice,
    output: Provisioned,
    status: 201,
    callsPerMinute: 30,
    refusals: {
      'unknown-device': 404,
      'wrong-password': 403,
      'device-archived': 409,
      'needs-no-key': 409,
      'not-linked': 409,
      'needs-broker': 422,
      'bad-ca': 422,
      'shown-before': 409,
      'id-reused': 422,
    },
  },
});
