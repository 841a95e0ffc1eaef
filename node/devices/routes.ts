// Devices over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { deviceContract } from '#schema/wire/device';
import type { Caller } from '../base/caller.ts';
import type { DeviceRegistry } from './registry.ts';

export function deviceRoutes(devices: DeviceRegistry): Handlers<typeof deviceContract, Caller> {
  return {
    list: () => ok({ items: devices.list() }),
    scan: async ({ params, body }) => {
      const result = await devices.scan(params.id, body.code);
      if (result === 'unknown-device') return refuse(result, 'There is no such device in this store.', { field: 'id' });
      if (result === 'not-virtual')
        return refuse(result, 'Only a virtual dispenser can be shown a code from here.', {
          next: 'Hold the code before its scanner.',
        });
      return ok(result);
    },
  };
}
