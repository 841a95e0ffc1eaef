// The link of an enrolled node: facts up, shapes down, and now and then a word on how it stands. A node that has not enrolled has none; a
// machine that was replaced only says its last.
import type { Clock } from '#schema/values/clock';
import type { EndOfTurn } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Projection } from '../journal/projection.ts';
import { replicaTables } from '../replica/tables.ts';
import type { Store } from '../store.ts';
import { type Centre, openCentre } from './centre.ts';
import { startCustomerDelivery } from './customers.ts';
import { startDeviceKeys } from './device-keys.ts';
import { startDownlink } from './down.ts';
import { startFarewell } from './farewell.ts';
import { startFirmwareFetch } from './firmware.ts';
import type { Identity } from './identity.ts';
import type { Loop } from './loop.ts';
import { catchUp, lacksFacts, noteTold } from './recover.ts';
import { askStanding, replacementOf } from './standing.ts';
import { startStatus } from './status.ts';
import { startUplink } from './up.ts';

/** Being turned away is asked about at most so often. */
const ASK_STANDING_MS = 30_000;

interface SyncParts {
  identity: Identity;
  store: Store;
  projections: readonly Projection[];
  clock: Clock;
  endOfTurn: EndOfTurn;
  fetch: typeof fetch;
  log: Log;
  version: string;
  /** Wins over the address that the node enrolled at: a centre may move. */
  serverUrl?: string;
}

interface Link {
  /** Facts were written. */
  nudge(): void;
  stop(): Promise<void>;
}

export function startSync({ serverUrl, ...parts }: SyncParts): { stop(): Promise<void> } {
  const { identity, store, clock, fetch, log } = parts;
  const own = identity.enrolled();
  if (!own) return { stop: async () => {} };
  const { sqlite, journal, link, troubles } = store;
  const enrolled = { ...own, serverUrl: serverUrl ?? own.serverUrl };
  const replacement = replacementOf(sqlite);
  const centre = openCentre({ identity, enrolled, clock, fetch, link, onTurnedAway: () => void ask() });
  let current: Link;
  let askedAt = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const sayLast = (): Link => {
    troubles.raise('replaced');
    store.devices.stop().catch((error: unknown) => log.error({ error }, 'a device could not be stopped'));
    return startFarewell({ sqlite, identity, centre, clock, log, head: journal.head });
  };

  /** The centre turned us away: because we were replaced, or because a clock or a key is wrong. */
  async function ask(): Promise<void> {
    if (stopped || replacement.current() || clock.now() - askedAt < ASK_STANDING_MS) return;
    askedAt = clock.now();
    const replaced = await askStanding({ centre, head: journal.head() }).catch(() => undefined);
    if (!replaced || stopped) return;
    replacement.keep(replaced);
    log.warn({ replacedAt: replaced.replacedAt }, 'another machine has taken the place of this one');
    const before = current;
    current = sayLast();
    await before.stop();
  }

  current = replacement.current() ? sayLast() : startLive(parts, centre);
  journal.onAppended(() => current.nudge());
  return {
    stop() {
      stopped = true;
      return current.stop();
    },
  };
}

function startLive(parts: Omit<SyncParts, 'serverUrl'>, centre: Centre): Link {
  const { identity, store, clock, endOfTurn, log, version } = parts;
  const { sqlite, replica, link, journal, devices } = store;
  const uplink = startUplink({ sqlite, identity, centre, clock, log, onAcknowledged: link.changed });
  const onHeld = heldListener(parts, centre, uplink.hurry);
  const downlink = startDownlink({ centre, replica, tables: replicaTables, clock, endOfTurn, log });
  const { head } = journal;
  const { counts, pouring } = devices;
  const status = startStatus({ centre, clock, version, head, sync: link.state, devices: counts, pouring, onHeld });
  const customers = startCustomerDelivery({ centre, customerDetails: store.customerDetails, clock, log });
  const deviceKeys = keyFetcher(parts, centre);
  const firmware = startFirmwareFetch({ centre, awaited: devices.awaited, clock, log });
  link.onChange(status.changed);
  return {
    nudge() {
      uplink.nudge();
      customers.nudge();
      status.changed();
    },
    async stop() {
      status.stop();
      await downlink.stop();
      await uplink.stop();
      await customers.stop();
      await deviceKeys.stop();
      await firmware.stop();
    },
  };
}

function keyFetcher(
  { identity, store, clock, log }: Pick<SyncParts, 'identity' | 'store' | 'clock' | 'log'>,
  centre: Centre,
): Loop {
  const { sqlite, now, dispensers, devices } = store;
  const onKeys = () => {
    dispensers.forget();
    devices.refresh().catch((error: unknown) => log.error({ error }, 'a device could not be started'));
  };
  const fetcher = startDeviceKeys({ sqlite, centre, identity, clock, now, log, onKeys });
  dispensers.onForgotten(fetcher.nudge);
  return fetcher;
}

/** Learns from the centre what it holds of earlier generations, and fetches what came late. */
function heldListener(
  { store, projections, log }: Pick<SyncParts, 'store' | 'projections' | 'log'>,
  centre: Centre,
  onFetched: () => void,
) {
  const { sqlite, events } = store;
  let isFetching = false;
  return async (held: readonly { generation: number; seq: number }[]): Promise<void> => {
    if (isFetching) return;
    if (!lacksFacts(sqlite, held)) return noteTold(sqlite, held);
    isFetching = true;
    try {
      const { fetched, skipped } = await catchUp({ sqlite, projections, centre });
      log.info({ fetched, skipped }, 'facts of an earlier generation came late; the tables are derived anew');
      events.publish('catalogue', { productIds: 'all' });
      onFetched();
    } catch (error) {
      log.warn({ error }, 'facts of an earlier generation could not be fetched');
    } finally {
      isFetching = false;
    }
  };
}
