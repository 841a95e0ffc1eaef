// What each method of the gateway does: reads what came, calls what HTTP calls, and says the answer in the words of the .proto.
import type { ConnectError, HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Compile } from 'typebox/compile';
import { allows, type Permission, permissions } from '#schema/rules/access';
import { ok, type Result, refuse } from '#schema/values/result';
import { GiveCommand } from '#schema/wire/device-command';
import { deviceOrderContract } from '#schema/wire/device-order';
import { IdParams } from '#schema/wire/parts';
import type { Caller } from '../base/caller.ts';
import { type Runtime, runCommand } from '../base/runtime.ts';
import { giveCommand } from '../modules/devices/orders.ts';
import { statusOf } from '../modules/devices/status.ts';
import { findStore } from '../modules/stores/queries.ts';
import { callerOf, failed } from './asker.ts';
import type { DeviceGateway, SendDeviceCommandRequest } from './messages.ts';
import { orderMessage, statusMessage } from './messages-of.ts';
import { receiveData } from './stretches.ts';

const isId = Compile(IdParams);
const isWish = Compile(GiveCommand);

export function gatewayService(runtime: Runtime): ServiceImpl<typeof DeviceGateway> {
  const { db } = runtime.database;
  return {
    async getDeviceStatus({ deviceId }, { values }) {
      callerOf(values);
      const status = await statusOf(db, idOf(deviceId, 'device_id'));
      if (!status) throw failed(refuse('unknown-device', 'There is no such device.', { field: 'device_id' }), 404);
      return statusMessage(status);
    },
    async sendDeviceCommand(request, { values }) {
      const caller = callerOf(values);
      const deviceId = idOf(request.deviceId, 'device_id');
      const wish = wishOf(request);
      if (!isWish.Check(wish)) throw badInput(isWish, wish);
      const given = await runCommand(runtime, caller, (tx, context) => giveCommand(tx, { ...wish, deviceId }, context));
      if (!given.ok) throw failed(given, deviceOrderContract.give.refusals[given.code]);
      return orderMessage(given.value);
    },
    receiveDeviceData(stream, { values, signal }: HandlerContext) {
      const caller = callerOf(values);
      return receiveData(stream, { runtime, caller, signal });
    },
    async verifyStoreAccess({ storeId, permission }, { values }) {
      const caller = callerOf(values);
      const may = await mayIn(caller, idOf(storeId, 'store_id'), permission);
      return may.ok ? { allowed: true } : { allowed: false, reason: may.detail };
    },
    async getStoreInfo({ storeId }, { values }) {
      const caller = callerOf(values);
      const may = await mayIn(caller, idOf(storeId, 'store_id'), undefined);
      if (!may.ok) throw failed(may, may.code === 'unknown-store' ? 404 : 403);
      const { id, code, name, country, currency, timeZone, address, environment } = may.value;
      return { id, code, name, country, currency, timeZone, environment, ...(address !== null && { address }) };
    },
  };

  async function mayIn(caller: Caller, storeId: string, permission: string | undefined) {
    const rule = ruleFor(caller, storeId, permission);
    if (!rule.ok) return rule;
    const store = await findStore(db, storeId);
    return store ? ok(store) : refuse('unknown-store', 'There is no such store.', { field: 'store_id' });
  }
}

function ruleFor(caller: Caller, storeId: string, permission: string | undefined): Result<null, 'not-allowed'> {
  if (permission !== undefined && !permissions.includes(permission as Permission))
    throw failed(refuse('bad-input', `There is no permission “${permission}”.`, { field: 'permission' }), 422);
  if (caller.kind === 'node') {
    if (caller.storeId !== storeId) return refuse('not-allowed', 'A store’s node knows its own store alone.');
    return permission === undefined ? ok(null) : refuse('not-allowed', 'Permissions are people’s; a store’s node has none.');
  }
  const wanted = (permission ?? 'store.read') as Permission;
  if (caller.kind === 'person' && allows(caller.role, wanted)) return ok(null);
  return refuse('not-allowed', `This needs ${wanted}.`);
}

function idOf(id: string, field: string): string {
  if (isId.Check({ id })) return id;
  throw failed(refuse('bad-input', 'That is no id.', { field }), 422);
}

function badInput(schema: { Errors(value: unknown): { instancePath: string; message: string }[] }, value: unknown): ConnectError {
  const [error] = schema.Errors(value);
  const field = (error?.instancePath ?? '').slice(1).replaceAll('/', '.');
  return failed(refuse('bad-input', `${field} ${error?.message ?? 'does not fit'}.`, { field }), 422);
}

const wishOf = ({ id, command, arguments: given, ttlSeconds }: SendDeviceCommandRequest): unknown => ({
  id,
  command,
  args: Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, plain(value)])),
  ...(ttlSeconds !== undefined && { ttlSeconds }),
});

const plain = ({ case: kind, value }: SendDeviceCommandRequest['arguments'][string]['value']) =>
  kind === undefined ? null : typeof value === 'bigint' ? Number(value) : value;
