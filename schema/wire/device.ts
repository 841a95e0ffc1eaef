// Devices at the store node: how each stands and what it measures, commands to them and what became of those, and firmware. The virtual
// dispenser can be shown a voucher from here as a customer would show it.
import Type, { type Static } from 'typebox';
import { deviceKinds } from '../rules/device.ts';
import { updateStates } from '../rules/device-update.ts';
import { deviceAlerts, metricPattern } from '../rules/telemetry.ts';
import { contract } from './contract.ts';
import { DeviceCommand, GiveCommand } from './device-command.ts';
import { ADD_FIRMWARE_BYTES, AddFirmware, FirmwareImage } from './firmware.ts';
import { Amount, Count, Id, IdParams, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

export const Device = Type.Object({
  id: Id,
  kind: oneOf(...deviceKinds),
  name: Type.String(),
  /** What one that pours is called on the wire. */
  number: orNull(Count),
  /** What carries its messages: `serial`, `mqtt`, `virtual`, `network`; `none` where it cannot be reached. */
  driver: Type.String(),
  state: oneOf('online', 'offline', 'busy', 'fault'),
  /** What is wrong, or worth a look, in a word; null where nothing is. */
  reason: orNull(Type.String()),
  lastSeenAt: orNull(Time),
  firmware: orNull(Type.String()),
  /** The version of its settings that the centre wants, and the one that it runs; null for a printer, whose node has its settings. */
  config: orNull(Type.Object({ wanted: Count, running: orNull(Count) })),
  /** Of a dispenser that somebody took out of use: `untold` while it may not know yet, and could pour alone. */
  pause: orNull(oneOf('told', 'untold')),
  slots: Type.Array(Type.Object({ slot: Count, productId: orNull(Id), productName: orNull(Type.String()) })),
  /** The last of each thing that it measures, and the bounds that it is watched for. */
  readings: Type.Array(Type.Object({ metric: Type.String(), value: Amount, at: Time, limits: Type.Array(Amount) })),
  /** Those that are not over. */
  alerts: Type.Array(Type.Object({ what: oneOf(...deviceAlerts), value: Amount, limit: Amount, since: Time })),
  /** While it gets a new firmware. */
  update: orNull(Type.Object({ state: oneOf(...updateStates), received: Count, size: Count, firmware: Type.String() })),
  commandsWaiting: Count,
});

export type Device = Static<typeof Device>;

export const deviceContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/devices',
    access: 'staff',
    summary: 'The devices of this store and how they stand.',
    output: Type.Object({ items: Type.Array(Device) }),
  },
  readings: {
    method: 'GET',
    path: '/api/v1/devices/{id}/readings',
    access: 'staff',
    summary: 'What a device measured of one thing since then, oldest first; thinned, and for some days.',
    params: IdParams,
    query: Input({
      metric: Type.String({ pattern: metricPattern }),
      since: Type.Optional(Time),
    }),
    output: Type.Object({ items: Type.Array(Type.Object({ value: Amount, at: Time })) }),
    refusals: { 'unknown-device': 404 },
  },
  command: {
    method: 'POST',
    path: '/api/v1/devices/{id}/commands',
    access: 'staff',
    summary:
      'Ask something of a device: it is told once it is there, unless that takes too long. Machines that pour know `ping`, and for managers `test-motor`, `restart` and `update`.',
    params: IdParams,
    body: GiveCommand,
    output: DeviceCommand,
    status: 202,
    refusals: {
      'unknown-device': 404,
      'unknown-command': 422,
      'bad-args': 422,
      'id-reused': 422,
      'queue-full': 409,
      expired: 409,
      'not-a-manager': 403,
    },
  },
  commands: {
    method: 'GET',
    path: '/api/v1/devices/{id}/commands',
    access: 'staff',
    summary: 'Commands to a device, newest first.',
    params: IdParams,
    query: pageQueryWith({}),
    output: Page(DeviceCommand),
    refusals: { 'unknown-device': 404, 'bad-cursor': 422 },
  },
  commandState: {
    method: 'GET',
    path: '/api/v1/device-commands/{id}',
    access: 'staff',
    summary: 'What became of a command.',
    params: IdParams,
    output: DeviceCommand,
    refusals: { 'unknown-command': 404 },
  },
  addFirmware: {
    method: 'POST',
    path: '/api/v1/firmware',
    access: 'machine',
    summary: 'Bring a firmware image to this node, for updates by its digest. The same bytes again are the same image.',
    body: AddFirmware,
    maxBodyBytes: ADD_FIRMWARE_BYTES,
    output: FirmwareImage,
    status: 201,
    refusals: { 'bad-image': 422, 'bad-firmware': 422 },
  },
  firmware: {
    method: 'GET',
    path: '/api/v1/firmware',
    access: 'staff',
    summary: 'The firmware images that this node has, the newest first.',
    output: Type.Object({ items: Type.Array(FirmwareImage) }),
  },
  scan: {
    method: 'POST',
    path: '/api/v1/devices/{id}/scan',
    access: 'staff',
    summary: 'Hold a code before a virtual dispenser. A real one has its own scanner.',
    params: IdParams,
    body: Input({ code: Type.String({ minLength: 1, maxLength: 200 }) }),
    output: Type.Object({
      /** ok, fail or uncertain after a pour; refused when the dispenser would not start. */
      outcome: oneOf('ok', 'fail', 'uncertain', 'refused', 'no-answer'),
      reason: orNull(Type.String()),
      serial: orNull(Count),
    }),
    refusals: { 'unknown-device': 404, 'not-virtual': 409 },
  },
});
