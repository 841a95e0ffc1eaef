// The devices of this store: an agent runs for each that can be reached, is started anew when its link or key changes, and goes with its row.
// Commands wait here, readings come in here, and how each stands is told from here.

import { dispenserPaused } from '#schema/facts/dispenser-paused';
import type { Fact } from '#schema/facts/fact';
import { type FridgeConfig, pours } from '#schema/rules/device';
import { assert } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { refuse } from '#schema/values/result';
import type { Device } from '#schema/wire/device';
import type { Log } from '../base/log.ts';
import type { Sqlite } from '../base/sqlite.ts';
import { type Authority, type DispenseResult, openAuthority } from '../dispense/authority.ts';
import type { DispenseContext } from '../dispense/commands.ts';
import type { Commit, Journal } from '../journal/commit.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { Agent } from './agent.ts';
import { type AwaitedImages, openAwaitedImages } from './awaited-images.ts';
import { type CommandAnswer, type CommandQueue, type CommandWish, openCommandQueue } from './commands/queue.ts';
import type { CommandRow } from './commands/rows.ts';
import { openDevices, type StoreDevice } from './devices.ts';
import { openDispenserAgent } from './dispenser-agent.ts';
import { type Firmware, isUnfinished, openFirmware } from './firmware.ts';
import { openJsonAgent } from './json-agent.ts';
import { type LinkParts, linkOf, reach, reachText, type Unreached } from './links.ts';
import { openStandings } from './standing.ts';
import { type OpenAlert, openTelemetry, type Telemetry } from './telemetry/telemetry.ts';
import { openUnreadable } from './unreadable.ts';
import { type DeviceViews, openDeviceViews } from './views.ts';
import type { VirtualDispenser } from './virtual/dispenser.ts';

/** A dispenser says at once what it thinks of a code; one that says nothing did not take it (the same code twice in a row, say). */
const REACTION_MS = 3_000;
/** Longer than any pour: the motor, a retry, and the node's own disk. */
const POUR_MS = 12_000;

type ScanResult = Omit<DispenseResult, 'outcome'> & { outcome: DispenseResult['outcome'] | 'no-answer' };

export interface DeviceRegistry {
  /** Starts, restarts and stops agents as the rows and keys are now; on a demo node makes the keys of what it plays. */
  refresh(): Promise<void>;
  list(): Device[];
  /** Called with facts that are on disk: a dispenser that was paused, or is in use again, is told so. */
  facts(facts: readonly Fact[]): void;
  /** The node's side of a dispenser that is paired and was started. */
  authorityOf(dispenserId: string): Authority | undefined;
  counts(): { total: number; online: number };
  /** Those that pour at this moment, and for which receipt. */
  pouring(): { deviceId: string; receipt: string | null }[];
  scan(deviceId: string, code: string): Promise<ScanResult | 'unknown-device' | 'not-virtual'>;
  /** Within the commit of whoever asks. */
  command(commit: Commit, wish: CommandWish): ReturnType<CommandQueue['give']> | ReturnType<typeof unknownDevice>;
  commands: CommandQueue['rows'];
  telemetry: Pick<Telemetry, 'since' | 'alerts'>;
  firmware: Firmware;
  /** What the centre's updates wait for. */
  awaited: AwaitedImages;
  start(): Promise<void>;
  /** What time alone makes of it all. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export interface RegistryParts extends Omit<LinkParts, 'storeCode'>, Pick<Parameters<typeof openDeviceViews>[0], 'printers'> {
  sqlite: Sqlite;
  journal: Journal;
  clock: Clock;
  now: () => number;
  log: Log;
  stores: StoreReplica;
  catalogue: Catalogue;
  context: DispenseContext;
  makeRootKey: () => Uint8Array;
  onChange: () => void;
  onCommand: (row: CommandRow) => void;
  onAlerts: (alerts: readonly OpenAlert[]) => void;
}

interface Running {
  reached: string;
  agent: Agent;
  authority: Authority | null;
  virtual: VirtualDispenser | null;
}

const unknownDevice = () => refuse('unknown-device', 'There is no such device in this store.', { field: 'id' });

export function openRegistry(parts: RegistryParts): DeviceRegistry {
  const { sqlite, clock, context, openVirtual, stores } = parts;
  const devices = openDevices(sqlite);
  const running = new Map<string, Running>();
  const unreached = new Map<string, Unreached>();
  const standings = openStandings(parts);
  const firmware = openFirmware(sqlite);
  const storeCode = () => stores.current()?.code;
  const agentOf = (deviceId: string) => running.get(deviceId)?.agent;
  const queue = openCommandQueue({
    ...parts,
    handOf: agentOf,
    isReady: (row) => awaited.isReady(row),
    onStep: parts.onCommand,
  });
  const awaited = openAwaitedImages({ ...parts, devices, firmware, queue });
  const telemetry = openTelemetry({
    ...parts,
    isThere: (deviceId) => agentOf(deviceId)?.state().present ?? false,
    settingsOf(deviceId) {
      const device = devices.byId(deviceId);
      return device?.kind === 'fridge' ? (device.config as FridgeConfig) : null;
    },
  });
  const views: DeviceViews = openDeviceViews({
    ...parts,
    pauses: context.pauses,
    devices,
    standings,
    telemetry,
    commands: queue.rows,
    agentOf,
    unreached,
  });
  const starter = openStarter({ ...parts, storeCode, firmware, telemetry, queue, changed });

  function changed(deviceId: string): void {
    const agent = agentOf(deviceId);
    const device = devices.byId(deviceId);
    if (!agent || !device) return;
    if (agent.isThere()) queue.nudge(deviceId);
    standings.note(deviceId, views.standing(device), agent.state().lastSeenAt);
    parts.onChange();
  }

  async function stopOne(deviceId: string): Promise<void> {
    const one = running.get(deviceId);
    running.delete(deviceId);
    await one?.agent.stop();
  }

  async function startOne(device: StoreDevice): Promise<void> {
    const text = reachText(device, storeCode());
    const before = running.get(device.id);
    if (before?.reached === text) return before.agent.follow(device);
    await stopOne(device.id);
    const started = starter(device);
    if (typeof started === 'string') {
      unreached.set(device.id, started);
      standings.note(device.id, views.standing(device), null);
      return;
    }
    unreached.delete(device.id);
    running.set(device.id, { ...started, reached: text });
    // One that could not be started is tried again with the next change.
    await started.agent.start().catch(async (error: unknown) => {
      await stopOne(device.id);
      throw error;
    });
  }

  /** A device that a demo node plays has its key from here. */
  function makeKeys(): void {
    if (!openVirtual) return;
    for (const device of devices.all())
      if (device.rootKey === null && pours(device.kind) && linkOf(device, true)?.kind === 'virtual')
        context.dispensers.pair(device.id, 'virtual', parts.makeRootKey(), parts.now());
    devices.forget();
  }

  async function refresh(): Promise<void> {
    devices.forget();
    makeKeys();
    for (const deviceId of [...running.keys()]) if (!devices.byId(deviceId)) await stopOne(deviceId);
    for (const deviceId of [...unreached.keys()]) if (!devices.byId(deviceId)) unreached.delete(deviceId);
    for (const device of devices.all())
      await startOne(device).catch((error: unknown) =>
        parts.log.error({ error, device: device.name }, 'a device could not be started'),
      );
    parts.onChange();
  }

  /** Also of devices that do not run: the next update can be given. */
  async function endOverdueUpdates(): Promise<void> {
    for (const { row, over } of firmware.overdue(parts.now())) {
      agentOf(row.deviceId)?.dropUpdate?.();
      const keep = () => firmware.step(row.deviceId, { ...row, state: over.state }, parts.now());
      await queue.answer(row.commandId, row.deviceId, over, keep);
      changed(row.deviceId);
    }
  }

  let refreshing = Promise.resolve();
  return {
    list: views.list,
    facts(facts) {
      for (const { kind, body } of facts) {
        if (kind !== dispenserPaused.kind) continue;
        const device = devices.byId((body as { dispenserId: string }).dispenserId);
        if (device) agentOf(device.id)?.follow(device);
        parts.onChange();
      }
    },
    authorityOf: (dispenserId) => running.get(dispenserId)?.authority ?? undefined,
    commands: queue.rows,
    telemetry,
    firmware,
    awaited,
    counts() {
      const all = views.list();
      return { total: all.length, online: all.filter(({ state }) => state !== 'offline').length };
    },
    pouring: () =>
      [...running].flatMap(([deviceId, { authority }]) => {
        const serial = authority?.state().serial ?? null;
        return serial === null ? [] : [{ deviceId, receipt: context.vouchers.receiptOf(deviceId, serial) }];
      }),
    refresh() {
      // One that failed is told to whoever asked for it, and keeps no later one from being done.
      refreshing = refreshing.then(refresh, refresh);
      return refreshing;
    },
    command(commit, wish) {
      const device = devices.byId(wish.deviceId);
      if (!device) return unknownDevice();
      const given = queue.give(commit, wish, device.kind);
      if (given.ok) awaited.given(given.value);
      return given;
    },
    async scan(deviceId, code) {
      if (!devices.byId(deviceId)) return 'unknown-device';
      const device = running.get(deviceId);
      if (!device?.virtual || !device.authority) return 'not-virtual';
      return holdBefore({ clock, authority: device.authority, virtual: device.virtual }, code);
    },
    async start() {
      // An update goes on after a restart; whatever else was under way has no answer any more.
      await queue.start(({ id, deviceId }) => {
        const update = firmware.update(deviceId);
        return isUnfinished(update) && update.commandId === id;
      });
      await this.refresh();
    },
    async sweep() {
      await queue.sweep();
      await endOverdueUpdates();
      await telemetry.sweep();
      standings.sweep();
    },
    async stop() {
      const stopped = queue.stop();
      for (const deviceId of [...running.keys()]) await stopOne(deviceId);
      await stopped;
      standings.stop();
    },
  };
}

interface StarterParts extends Omit<RegistryParts, 'onChange'>, LinkParts {
  firmware: Firmware;
  telemetry: Telemetry;
  queue: CommandQueue;
  changed(deviceId: string): void;
}

/** Makes the agent that a device needs, not started yet. */
function openStarter({ changed, queue, log, context, ...parts }: StarterParts) {
  return (device: StoreDevice): Omit<Running, 'reached'> | Unreached => {
    const reached = reach(device, parts);
    if (typeof reached === 'string') return reached;
    const own = {
      device,
      onChange: () => changed(device.id),
      answer: (commandId: string, answer: CommandAnswer, also?: () => void) =>
        void queue
          .answer(commandId, device.id, answer, also)
          .then(() => changed(device.id))
          .catch((error: unknown) => log.error({ error, commandId }, 'the answer of a device could not be written')),
    };
    const unreadable = openUnreadable({ ...parts, log, device: device.name });
    if (reached.by === 'json') {
      const agent = openJsonAgent({ ...parts, ...own, unreadable, driver: reached.driver });
      return { agent, authority: null, virtual: null };
    }
    const dispenser = context.dispensers.byId(device.id);
    assert(dispenser, 'what pours is a dispenser');
    const { driver, rootKey } = reached;
    const authority = openAuthority({
      ...parts,
      log,
      context,
      dispenser: { ...dispenser, rootKey },
      driver,
      onStateChange: own.onChange,
      onUnreadable: unreadable,
    });
    const agent = openDispenserAgent({ ...parts, ...own, authority, isPaused: () => context.pauses.isPaused(device.id) });
    return { agent, authority, virtual: reached.by === 'virtual' ? reached.driver : null };
  };
}

/** What came of a code that was held before a virtual dispenser. */
function holdBefore(
  { clock, authority, virtual }: { clock: Clock; authority: Authority; virtual: VirtualDispenser },
  code: string,
): Promise<ScanResult> {
  return new Promise((resolve) => {
    const finish = (result: ScanResult) => {
      for (const cancel of cancels) cancel();
      forget();
      resolve(result);
    };
    const giveUp = () => finish({ outcome: 'no-answer', reason: null, serial: null });
    const cancels = [clock.after(REACTION_MS, () => authority.state().busy || giveUp()), clock.after(POUR_MS, giveUp)];
    const forget = authority.onResult(finish);
    virtual.scan(code);
  });
}
