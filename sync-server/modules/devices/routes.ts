// The registry of devices over HTTP, and their keys for the nodes.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type KeyPair, signText } from '#schema/facts/chain';
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { deviceKeysContext, deviceKeysText, type deviceSyncContract } from '#schema/wire/device-key';
import type { deviceOrderContract } from '#schema/wire/device-order';
import type { deviceRegistryContract } from '#schema/wire/device-registry';
import type { deviceStatusContract } from '#schema/wire/device-status';
import type { firmwareContract, firmwareSyncContract } from '#schema/wire/firmware';
import { sealTo } from '#schema/wire/sealed-box';
import { type Caller, node, person } from '../../base/caller.ts';
import { isPassword } from '../../base/password.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import type { Seal } from '../../base/secret.ts';
import { findLogin } from '../identity/queries.ts';
import { changeDevice, createDevice } from './commands.ts';
import { addFirmware, listFirmware, pieceOfFirmware, removeFirmware } from './firmware.ts';
import { boxKeyOf, keysOfStore, provisionDevice } from './keys.ts';
import { findOrder, giveCommand, listOrders } from './orders.ts';
import { findDevice, listDevices } from './queries.ts';
import { glanceAtDevices, listAlerts, listTelemetry, statusOf } from './status.ts';

const tag = (reply: FastifyReply, { version }: { version: number }) => reply.header('etag', `"${version}"`);

/** The version in If-Match; null where any will do. One that is not ours matches none. */
function versionOf({ headers }: FastifyRequest): number | null {
  const wanted = headers['if-match'];
  if (wanted === undefined || wanted === '*') return null;
  return Number(/^"(\d{1,15})"$/.exec(wanted)?.[1] ?? 0);
}

const unknownDevice = () => refuse('unknown-device', 'There is no such device.', { field: 'id' });
const wrongPassword = () =>
  refuse('wrong-password', 'The password is wrong.', { field: 'password', next: 'Give the one that you sign in with.' });

export const deviceRoutes = (runtime: Runtime, seal: Seal): Handlers<typeof deviceRegistryContract, Caller> => ({
  list: ({ query }) => listDevices(runtime.database.db, query),
  show: async ({ params, reply }) => {
    const device = await findDevice(runtime.database.db, params.id);
    if (!device) return unknownDevice();
    tag(reply, device);
    return ok(device);
  },
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createDevice(tx, body, context)),
  change: async ({ params: { id }, body, caller, request, reply }) => {
    const change = { id, ifVersion: versionOf(request), change: body };
    const changed = await runCommand(runtime, caller, (tx) => changeDevice(tx, change));
    if (changed.ok) tag(reply, changed.value);
    return changed;
  },
  provision: async ({ params, body: { password, ...wish }, caller }) => {
    const found = await findLogin(runtime.database.db, person(caller).login);
    if (!found || !(await isPassword(password, found.passwordHash))) return wrongPassword();
    return runCommand(runtime, caller, (tx, context) => provisionDevice(tx, { ...wish, deviceId: params.id }, context, seal));
  },
});

interface KeyParts {
  key: KeyPair;
  seal: Seal;
}

export const deviceSyncRoutes = (
  { database, random }: Runtime,
  { key, seal }: KeyParts,
): Handlers<typeof deviceSyncContract, Caller> => ({
  keys: async ({ caller, reply }) => {
    const { storeId, nodeId } = node(caller);
    const owner = { storeId, nodeId };
    const keys = await keysOfStore(database.db, storeId, seal);
    const box = sealTo(await boxKeyOf(database.db, nodeId), JSON.stringify(keys), deviceKeysContext(owner), random);
    reply.header('cache-control', 'no-store');
    return ok({ box, signature: signText(deviceKeysText(box, owner), key) });
  },
});

export const deviceOrderRoutes = (runtime: Runtime): Handlers<typeof deviceOrderContract, Caller> => {
  const { database, clock } = runtime;
  return {
    give: ({ params, body, caller }) =>
      runCommand(runtime, caller, (tx, context) => giveCommand(tx, { ...body, deviceId: params.id }, context)),
    list: ({ params, query }) => listOrders(database.db, { ...query, deviceId: params.id, now: clock.now() }),
    show: async ({ params: { id: deviceId, commandId: id } }) => {
      const order = await findOrder(database.db, { deviceId, id, now: clock.now() });
      return order
        ? ok(order)
        : refuse('unknown-command', 'That device was not given such a command here.', { field: 'commandId' });
    },
  };
};

export const deviceStatusRoutes = ({ database: { db }, clock }: Runtime): Handlers<typeof deviceStatusContract, Caller> => ({
  glance: async () => {
    const now = clock.now();
    return ok({ now: isoTime(now), items: await glanceAtDevices(db, now) });
  },
  show: async ({ params }) => {
    const status = await statusOf(db, params.id);
    return status ? ok(status) : unknownDevice();
  },
  alerts: ({ params, query }) => listAlerts(db, { ...query, deviceId: params.id }),
  telemetry: ({ params, query }) => listTelemetry(db, { ...query, deviceId: params.id }),
});

export const firmwareRoutes = (runtime: Runtime): Handlers<typeof firmwareContract, Caller> => ({
  add: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => addFirmware(tx, body, context)),
  list: ({ query }) => listFirmware(runtime.database.db, query),
  remove: ({ params, caller }) => runCommand(runtime, caller, (tx, context) => removeFirmware(tx, params.digest, context)),
});

export const firmwareSyncRoutes = ({ database: { db } }: Runtime): Handlers<typeof firmwareSyncContract, Caller> => ({
  piece: ({ params, query }) => pieceOfFirmware(db, { digest: params.digest, from: Number(query.from) }),
});
