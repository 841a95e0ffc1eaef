// How devices are shown: each as its agent, its row and what was last known of it say; the printers of this machine beside them.
import { alertRules } from '#schema/rules/telemetry';
import { isoTime } from '#schema/values/time';
import type { Device } from '#schema/wire/device';
import type { Printer } from '#schema/wire/print';
import type { Pauses } from '../dispense/pause.ts';
import type { Catalogue } from '../replica/catalogue.ts';
import type { StoreReplica } from '../replica/store.ts';
import type { Agent, AgentState } from './agent.ts';
import type { CommandRows } from './commands/rows.ts';
import type { StoreDevice, StoreDevices } from './devices.ts';
import type { Standing, Standings } from './standing.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

interface ViewParts {
  devices: StoreDevices;
  stores: StoreReplica;
  catalogue: Catalogue;
  standings: Pick<Standings, 'last'>;
  telemetry: Pick<Telemetry, 'latest' | 'alerts'>;
  commands: Pick<CommandRows, 'waiting'>;
  pauses: Pick<Pauses, 'isPaused'>;
  agentOf(deviceId: string): Agent | undefined;
  /** Why a device has no agent. */
  unreached: ReadonlyMap<string, string>;
  printers(): Printer[];
}

export interface DeviceViews {
  list(): Device[];
  standing(device: StoreDevice): Standing;
}

const stateOf = ({ present, works }: AgentState): Standing['state'] => {
  if (!present) return 'offline';
  return works ? 'online' : 'fault';
};

export function openDeviceViews(parts: ViewParts): DeviceViews {
  const { devices, stores, catalogue, standings, telemetry, commands, pauses, agentOf, unreached, printers } = parts;

  function standing({ id }: StoreDevice): Standing {
    const last = standings.last(id);
    const state = agentOf(id)?.state();
    if (!state)
      return {
        state: 'offline',
        reason: unreached.get(id) ?? null,
        firmware: last?.firmware ?? null,
        configVersion: last?.configVersion ?? null,
      };
    return {
      state: stateOf(state),
      reason: state.reason ?? (state.present ? null : 'lost'),
      firmware: state.firmware ?? last?.firmware ?? null,
      configVersion: state.configVersion ?? last?.configVersion ?? null,
    };
  }

  function view(device: StoreDevice, alerts: ReturnType<Telemetry['alerts']>): Device {
    const { id, kind, name, number, link, slots, config, configVersion: wanted } = device;
    const agent = agentOf(id)?.state();
    const { state, reason, firmware, configVersion } = standing(device);
    const lastSeenAt = agent?.lastSeenAt ?? standings.last(id)?.lastSeenAt ?? null;
    const store = stores.current();
    const book = slots.length > 0 && store ? catalogue.priceBook(store) : undefined;
    const metrics = kind === 'fridge' ? alertRules(config as Parameters<typeof alertRules>[0]) : [];
    return {
      id,
      kind,
      name,
      number,
      driver: agent ? (link?.kind ?? 'virtual') : 'none',
      state: state === 'online' && agent?.busy ? 'busy' : state,
      reason,
      lastSeenAt: lastSeenAt === null ? null : isoTime(lastSeenAt),
      firmware,
      config: { wanted, running: configVersion },
      pause: pauses.isPaused(id) ? (agent?.asksFirst ? 'told' : 'untold') : null,
      slots: slots.map(({ slot, productId }) => ({ slot, productId, productName: book?.product(productId)?.name ?? null })),
      readings: telemetry.latest(id).map(({ metric, value, at }) => ({
        metric,
        value,
        at: isoTime(at),
        limits: metrics.filter((rule) => rule.metric === metric && metric !== 'door').map(({ limit }) => limit),
      })),
      alerts: alerts
        .filter(({ deviceId }) => deviceId === id)
        .map(({ what, value, limit, since }) => ({ what, value, limit, since: isoTime(since) })),
      update: agent?.update ?? null,
      commandsWaiting: commands.waiting(id),
    };
  }

  return {
    standing,
    list() {
      const alerts = telemetry.alerts();
      return [...devices.all().map((device) => view(device, alerts)), ...printers().map(printerView)];
    },
  };
}

/** Printers are set up here and have no row at the centre. */
function printerView({ id, name, condition, paperLow, link, lastSeenAt }: Printer): Device {
  const isThere = condition !== 'offline';
  return {
    id,
    kind: 'printer',
    name,
    number: null,
    driver: link.kind,
    state: condition === 'ready' ? 'online' : isThere ? 'fault' : 'offline',
    reason: condition === 'ready' ? (paperLow ? 'paper-low' : null) : condition === 'offline' ? 'lost' : condition,
    lastSeenAt,
    firmware: null,
    config: null,
    pause: null,
    slots: [],
    readings: [],
    alerts: [],
    update: null,
    commandsWaiting: 0,
  };
}
