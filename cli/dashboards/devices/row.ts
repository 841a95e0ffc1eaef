// One device on the screen: what its node told of it, as far as that can be believed now. Pure: now comes in.
import type { DeviceGlance } from '#schema/wire/device-status';
import { heardAt } from '../../devices.ts';
import type { BoardRow } from '../board/board.ts';
import { freshness } from '../board/freshness.ts';
import type { Seen } from '../board/picture.ts';

export type DeviceState = 'DOWN' | 'LATE' | 'UNKN' | 'BUSY' | 'OK' | 'AWAY' | 'OFF';

/** Worst first: how rows stand when they are sorted by state. */
export const deviceStates: readonly DeviceState[] = ['DOWN', 'LATE', 'UNKN', 'BUSY', 'OK', 'AWAY', 'OFF'];

const HOUR_MS = 3_600_000;

export interface DeviceRow extends BoardRow {
  device: DeviceGlance;
  state: DeviceState;
  note: string;
  /** How many percent of the week's pours surely gave goods; null where nothing was poured. */
  good: number | null;
}

/** Nobody has set it up, so nobody misses it. */
const unfinished: readonly string[] = ['not-linked', 'no-key', 'no-virtual', 'no-store'];

export function deviceRowOf(device: DeviceGlance, { now, lostMs }: Seen): DeviceRow {
  const since = (iso: string | null) => (iso === null ? null : Math.max(0, now - Date.parse(iso)));
  const nodeMs = since(device.nodeSeenAt);
  const state = stateOf(device, { nodeMs, lostMs, seenMs: since(device.lastSeenAt) });
  const ageMs = state === 'BUSY' ? nodeMs : since(heardAt(device));
  return {
    id: device.id,
    name: device.name,
    code: device.number === null ? device.id : String(device.number),
    device,
    state,
    ageMs,
    dim: lostMs !== null || nodeMs === null || nodeMs >= freshness.dimMs,
    note: noteOf(device, state),
    good: goodOf(device.pours),
  };
}

/** To a tenth, cut and not rounded: what failed once in ten thousand times is not all good. */
function goodOf(pours: DeviceGlance['pours']): number | null {
  const all = pours === null ? 0 : weekOf(pours);
  return pours === null || all === 0 ? null : Math.floor((pours.week.ok * 1_000) / all) / 10;
}

/** All pours of the week. */
export const weekOf = ({ week }: NonNullable<DeviceGlance['pours']>): number => week.ok + week.failed + week.uncertain;

interface Ages {
  nodeMs: number | null;
  seenMs: number | null;
  lostMs: number | null;
}

function stateOf(device: DeviceGlance, { nodeMs, seenMs, lostMs }: Ages): DeviceState {
  const { state, reason, alerts, awayHours, pouring, paused } = device;
  if (nodeMs === null || paused !== null || (reason !== null && unfinished.includes(reason))) return 'OFF';
  // With our own link lost, or its node silent, nobody knows how it stands.
  if (lostMs !== null && lostMs >= freshness.dimMs) return 'UNKN';
  if (nodeMs >= freshness.unknownMs)
    return awayHours !== null && nodeMs >= freshness.lateMs && nodeMs < awayHours * HOUR_MS ? 'AWAY' : 'UNKN';
  if (state === 'fault') return 'DOWN';
  // Newer than how it stands, which is told only once it has stood so for a while; and soon old.
  if (pouring !== null && nodeMs < freshness.dimMs) return 'BUSY';
  if (state === 'unknown') return 'UNKN';
  if (state === 'offline') return seenMs !== null && seenMs < freshness.downMs ? 'LATE' : 'DOWN';
  return alerts.length > 0 ? 'LATE' : 'OK';
}

function noteOf(device: DeviceGlance, state: DeviceState): string {
  const { reason, alerts, configVersion, wantedConfigVersion, pouring, paused } = device;
  const notes: string[] = [];
  // People call a receipt by the end of its number.
  if (state === 'BUSY') notes.push(['pouring', pouring?.receipt?.slice(-4)].filter(Boolean).join(' '));
  if (paused) notes.push(paused.by === null ? 'paused' : `paused by ${paused.by}`);
  // What pours is not away, whatever was told of it before.
  if (reason !== null && (state !== 'BUSY' || device.state === 'online')) notes.push(reason);
  notes.push(...alerts);
  if (configVersion !== null && configVersion !== wantedConfigVersion)
    notes.push(`runs settings ${configVersion}, wanted ${wantedConfigVersion}`);
  return notes.join(', ');
}
