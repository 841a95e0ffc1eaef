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
  /** Wins over the address that the node enrolled at: a centre may move. */
  serverUrl?: string;
}

export function startSync({ identity, store, clock, endOfTurn, fetch, log, version, serverUrl }: SyncParts): {
  stop(): Promise<void>;
} {
  const own = identity.enrolled();
  if (!own) return { stop: async () => {} };
  const enrolled = { ...own, serverUrl: serverUrl ?? own.serverUrl };
  const { sqlite, replica, link, journal, devices } = store;
  const centre = openCentre({ identity, enrolled, clock, fetch, link });
  const uplink = startUplink({ sqlite, identity, centre, clock, log, onAcknowledged: link.changed });
  journal.onAppended(uplink.nudge);
  const downlink = startDownlink({ centre, replica, tables: replicaTables, clock, endOfTurn, log });
  const status = startStatus({ centre, clock, version, head: journal.head, sync: link.state, devices: devices.counts });
  journal.onAppended(status.changed);
  link.onChange(status.changed);
  return {
    async stop() {
      status.stop();
      await downlink.stop();
      await uplink.stop();
    },
  };
}
