// The devices of this store: starts a driver and an authority for each paired dispenser, pairs the virtual ones of a demo node, and tells
// how each stands.

import { assert } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { isoTime } from '#schema/values/time';
import type { Device } from '#schema/wire/device';
import type { Log } from '../base/log.ts';
import { type Authority, type DeviceState, type DispenseResult, openAuthority } from '../dispense/authority.ts';
import type { DispenseContext } from '../dispense/commands.ts';
import type { Dispenser } from '../dispense/dispensers.ts';
import type { Journal } from '../journal/commit.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { VirtualDispenser } from './virtual/dispenser.ts';

/** A dispenser says at once what it thinks of a code; one that says nothing did not take it (the same code twice in a row, say). */
const REACTION_MS = 3_000;
/** Longer than any pour: the motor, a retry, and the node's own disk. */
const POUR_MS = 12_000;

export interface DeviceRegistry {
  /** Starts what has been paired since; on a demo node pairs what has no driver yet. */
  refresh(): Promise<void>;
  list(): Device[];
  /** The node's side of a dispenser that is paired and was started. */
  authorityOf(dispenserId: string): Authority | undefined;
  counts(): { total: number; online: number };
  scan(
    deviceId: string,
    code: string,
  ): Promise<
    (Omit<DispenseResult, 'outcome'> & { outcome: DispenseResult['outcome'] | 'no-answer' }) | 'unknown-device' | 'not-virtual'
  >;
  stop(): Promise<void>;
}

export interface RegistryParts {
  journal: Journal;
  clock: Clock;
  now: () => number;
  log: Log;
  stores: StoreReplica;
  catalogue: Catalogue;
  context: DispenseContext;
  makeRootKey: () => Uint8Array;
  /** Null where this node has no virtual dispensers. */
  openVirtual: ((dispenser: Dispenser & { rootKey: Uint8Array }) => VirtualDispenser) | null;
  onChange: () => void;
}

interface Running {
  authority: Authority;
  virtual: VirtualDispenser;
}

const stateName = ({ presence, busy, fault }: DeviceState): Device['state'] => {
  if (presence === 'lost') return 'offline';
  if (fault !== null) return 'fault';
  return busy ? 'busy' : 'online';
};

export function openRegistry(parts: RegistryParts): DeviceRegistry {
  const { clock, context, openVirtual } = parts;
  const { dispensers } = context;
  const running = new Map<string, Running>();

  async function start(dispenser: Dispenser): Promise<void> {
    if (running.has(dispenser.id) || dispenser.driver !== 'virtual' || !openVirtual) return;
    assert(dispenser.rootKey, 'a paired dispenser has a root key');
    const paired = { ...dispenser, rootKey: dispenser.rootKey };
    const virtual = openVirtual(paired);
    const authority = openAuthority({ ...parts, dispenser: paired, driver: virtual, onStateChange: parts.onChange });
    running.set(dispenser.id, { authority, virtual });
    await authority.start();
  }

  function view({ id, name, number, driver, slots }: Dispenser): Device {
    const state = running.get(id)?.authority.state();
    const store = parts.stores.current();
    const book = store && parts.catalogue.priceBook(store);
    return {
      id,
      kind: 'dispenser',
      name,
      number,
      driver: driver ?? 'none',
      state: state ? stateName(state) : 'offline',
      lastSeenAt: state?.lastSeenAt ? isoTime(state.lastSeenAt) : null,
      slots: slots.map(({ slot, productId }) => ({ slot, productId, productName: book?.product(productId)?.name ?? null })),
    };
  }

  const list = () => dispensers.all().map(view);

  return {
    list,
    authorityOf: (dispenserId) => running.get(dispenserId)?.authority,
    counts() {
      const devices = list();
      return { total: devices.length, online: devices.filter(({ state }) => state !== 'offline').length };
    },
    async refresh() {
      for (const { id, driver } of dispensers.all())
        if (driver === null && openVirtual) dispensers.pair(id, 'virtual', parts.makeRootKey(), parts.now());
      for (const dispenser of dispensers.all()) await start(dispenser);
      parts.onChange();
    },
    async scan(deviceId, code) {
      if (!dispensers.byId(deviceId)) return 'unknown-device';
      const device = running.get(deviceId);
      if (!device) return 'not-virtual';
      return new Promise((resolve) => {
        const finish = (result: Parameters<typeof resolve>[0]) => {
          for (const cancel of cancels) cancel();
          forget();
          resolve(result);
        };
        const giveUp = () => finish({ outcome: 'no-answer', reason: null, serial: null });
        const cancels = [clock.after(REACTION_MS, () => device.authority.state().busy || giveUp()), clock.after(POUR_MS, giveUp)];
        const forget = device.authority.onResult(finish);
        device.virtual.scan(code);
      });
    },
    async stop() {
      for (const { authority } of running.values()) await authority.stop();
      running.clear();
    },
  };
}
