// Devices over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { firmwareText } from '#schema/rules/device-update';
import { ok, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { deviceContract } from '#schema/wire/device';
import { COMMAND_TTL_S } from '#schema/wire/device-command';
import { type FirmwareImage, readImage } from '#schema/wire/firmware';
import { limitOf } from '#schema/wire/parts';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import { commandView } from './commands/rows.ts';
import type { Image } from './firmware.ts';
import type { DeviceRegistry } from './registry.ts';

const READINGS_MOST = 5_000;
const READINGS_SINCE_MS = 86_400_000;
/** What turns, stops or changes nothing. */
const harmless: readonly string[] = ['ping'];

const unknownDevice = () => refuse('unknown-device', 'There is no such device in this store.', { field: 'id' });

/** Where the store has no staff, whoever stands at a till may. */
const isManager = (caller: Caller): boolean => caller.kind === 'machine' || atTill(caller).person?.role !== 'cashier';

const imageView = ({ digest, firmware, size }: Image): FirmwareImage => ({ digest, firmware: firmwareText(firmware), size });

export function deviceRoutes(
  devices: DeviceRegistry,
  journal: Journal,
  now: () => number,
): Handlers<typeof deviceContract, Caller> {
  const isKnown = (id: string) => devices.list().some((device) => device.id === id);
  return {
    list: () => ok({ items: devices.list() }),
    readings({ params, query }) {
      if (!isKnown(params.id)) return unknownDevice();
      const since = query.since === undefined ? now() - READINGS_SINCE_MS : Date.parse(query.since);
      const rows = devices.telemetry.since(params.id, query.metric, since, READINGS_MOST);
      return ok({ items: rows.map(({ value, at }) => ({ value, at: isoTime(at) })) });
    },
    async command({ params, body, caller }) {
      const { id, command, args = {}, ttlSeconds = COMMAND_TTL_S } = body;
      if (!harmless.includes(command) && !isManager(caller))
        return refuse('not-a-manager', 'Only a manager may do that with a device.', {
          next: 'Let a manager sign in at this till.',
        });
      const staff = atTill(caller).person?.id ?? null;
      const given = await journal.write((commit) => {
        const expiresAt = commit.now + ttlSeconds * 1_000;
        return devices.command(commit, { id, deviceId: params.id, command, args, expiresAt, directiveId: null, staff });
      });
      return given.ok ? ok(commandView(given.value)) : given;
    },
    commands({ params, query }) {
      if (!isKnown(params.id)) return unknownDevice();
      const cursor = readCursor(query.after, 1);
      if (!cursor.ok) return cursor;
      const [before] = cursor.value;
      const limit = limitOf(query);
      const rows = devices.commands.ofDevice(params.id, before === undefined ? undefined : Number(before), limit + 1);
      const page = pageOf(rows, limit, ({ place }) => [String(place)]);
      return ok({ ...page, items: page.items.map(commandView) });
    },
    commandState({ params }) {
      const row = devices.commands.byId(params.id);
      return row ? ok(commandView(row)) : refuse('unknown-command', 'There is no such command in this store.', { field: 'id' });
    },
    addFirmware({ body }) {
      const read = readImage(body);
      return read.ok ? ok(imageView(devices.firmware.add(read.value.firmware, read.value.bytes, now()))) : read;
    },
    firmware: () => ok({ items: devices.firmware.images().map(imageView) }),
    scan: async ({ params, body }) => {
      const result = await devices.scan(params.id, body.code);
      if (result === 'unknown-device') return unknownDevice();
      if (result === 'not-virtual')
        return refuse(result, 'Only a virtual dispenser can be shown a code from here.', {
          next: 'Hold the code before its scanner.',
        });
      return ok(result);
    },
  };
}
