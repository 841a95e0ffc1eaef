// The link of an enrolled node: facts up, shapes down, and now and then a word on how it stands. A node that has not enrolled has none.
import type { Clock } from '#schema/values/clock';
import type { EndOfTurn } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { replicaTables } from '../replica/tables.ts';
import type { Store } from '../store.ts';
import { openCentre } from './centre.ts';
import { startDownlink } from './down.ts';
import type { Identity } from './identity.ts';
import { startStatus } from './status.ts';
import { startUplink } from './up.ts';

interface SyncParts {
  identity: Identity;
  store: Store;
  clock: Clock;
  endOfTurn: EndOfTurn;
  fetch: typeof fetch;
  log: Log;
  version: string;
}

export function startSync({ identity, store, clock, endOfTurn, fetch, log, version }: SyncParts): { stop(): Promise<void> } {
  const enrolled = identity.enrolled();
  if (!enrolled) return { stop: async () => {} };
  const { sqlite, replica, link, journal, devices } = store;
  const centre = openCentre({ identity, enrolled, clock, fetch, link });
  const uplink = startUplink({ sqlite, identity, centre, clock, log, onAcknowledged: link.changed });
  journal.onAppended(uplink.nudge);
  const downlink = startDownlink({ centre, replica, tables: replicaTables, clock, endOfTurn, log });
  const status = startStatus({ centre, clock, version, sync: link.state, devices: devices.counts });
  return {
    async stop() {
      status.stop();
      await downlink.stop();
      await uplink.stop();
    },
  };
}
