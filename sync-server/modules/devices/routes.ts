// The registry of devices over HTTP.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { deviceRegistryContract } from '#schema/wire/device-registry';
import type { Caller } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { changeDevice, createDevice } from './commands.ts';
import { findDevice, listDevices } from './queries.ts';

const tag = (reply: FastifyReply, { version }: { version: number }) => reply.header('etag', `"${version}"`);

/** The version in If-Match; null where any will do. One that is not ours matches none. */
function versionOf({ headers }: FastifyRequest): number | null {
  const wanted = headers['if-match'];
  if (wanted === undefined || wanted === '*') return null;
  return Number(/^"(\d{1,15})"$/.exec(wanted)?.[1] ?? 0);
}

export const deviceRoutes = (runtime: Runtime): Handlers<typeof deviceRegistryContract, Caller> => ({
  list: ({ query }) => listDevices(runtime.database.db, query),
  show: async ({ params, reply }) => {
    const device = await findDevice(runtime.database.db, params.id);
    if (!device) return refuse('unknown-device', 'There is no such device.', { field: 'id' });
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
});
