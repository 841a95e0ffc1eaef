// Tells the centre now and then how this node stands, so that the fleet's dashboard knows a quiet store from a lost one.

import { client } from '#schema/client';
import type { Clock } from '#schema/values/clock';
import { syncContract } from '#schema/wire/sync';
import type { SyncState } from '#schema/wire/till';
import type { Centre } from './centre.ts';

const EVERY_MS = 10_000;

interface StatusParts {
  centre: Centre;
  clock: Clock;
  version: string;
  sync: () => SyncState;
  devices: () => { total: number; online: number };
}

export function startStatus({ centre, clock, version, sync, devices }: StatusParts): { stop(): void } {
  const calls = client(syncContract, { baseUrl: centre.enrolled.serverUrl, fetch: centre.fetch, timeoutMs: 8_000 });
  let cancel = () => {};
  let stopped = false;
  async function tell(): Promise<void> {
    const { waiting, oldestWaitingAt } = sync();
    // Unheard status is no loss: the next one says more.
    await calls.status({ body: { waiting, oldestWaitingAt, version, devices: devices() } }).catch(() => {});
    if (!stopped) cancel = clock.after(EVERY_MS, tell);
  }
  cancel = clock.after(0, tell);
  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}
