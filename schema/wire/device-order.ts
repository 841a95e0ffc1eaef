// Commands to devices as the centre gives them: a directive to the device's store, whose node queues it and says what became of it.
import Type, { type Static } from 'typebox';
import { commandStates } from '../rules/device-command.ts';
import { contract } from './contract.ts';
import { DeviceCommand, GiveCommand } from './device-command.ts';
import { Id, IdParams, Input, oneOf, orNull, Page, pageQueryWith, Time } from './parts.ts';

const DeviceOrder = Type.Object({
  id: Id,
  deviceId: Id,
  command: Type.String(),
  args: DeviceCommand.properties.args,
  /** `queued` until its store has said what became of it. */
  state: oneOf(...commandStates),
  /** What the device said of it, or why it was not done. */
  detail: orNull(Type.String()),
  askedAt: Time,
  expiresAt: Time,
  /** Its time is over, and its store has not said what became of it: nothing begins any more. */
  overdue: Type.Boolean(),
  answeredAt: orNull(Time),
});

export type DeviceOrder = Static<typeof DeviceOrder>;

export const deviceOrderContract = contract({
  give: {
    method: 'POST',
    path: '/api/v1/devices/{id}/command',
    access: { can: 'device.command' },
    summary:
      'Ask a device to do something. Answered 202: its store’s node queues it until the device is there, for as long as is said.',
    params: IdParams,
    body: GiveCommand,
    output: DeviceOrder,
    status: 202,
    refusals: {
      'unknown-device': 404,
      'device-archived': 409,
      'unknown-command': 422,
      'bad-args': 422,
      'unknown-firmware': 422,
      'id-reused': 422,
    },
  },
  list: {
    method: 'GET',
    path: '/api/v1/devices/{id}/commands',
    access: { can: 'device.read' },
    summary: 'What a device was asked to do, newest first.',
    params: IdParams,
    query: pageQueryWith({}),
    output: Page(DeviceOrder),
    refusals: { 'unknown-device': 404, 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/devices/{id}/commands/{commandId}',
    access: { can: 'device.read' },
    summary: 'What became of a command.',
    params: Input({ id: Id, commandId: Id }),
    output: DeviceOrder,
    refusals: { 'unknown-command': 404 },
  },
});
