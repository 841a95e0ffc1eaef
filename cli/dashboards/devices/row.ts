// One device on the screen: what its node told of it, as far as that can be believed now. Pure: now comes in.
import type { DeviceGlance } from '#schema/wire/device-status';
import type { BoardRow } from '../board/board.ts';
import { freshness } from '../board/freshness.ts';
import type { Seen } from '../board/picture.ts';

export type DeviceState = 'DOWN' | 'LATE' | 'UNKN' | 'OK' | 'AWAY' | 'OFF';

/** Worst first: how rows stand when they are sorted by state. */
export const deviceStates: readonly DeviceState[] = ['DOWN', 'LATE', 'UNKN', 'OK', 'AWAY', 'OFF'];

const HOUR_MS = 3_600_000;

export interface DeviceRow extends BoardRow {
  device: DeviceGlance;
  state: DeviceState;
  note: string;
}

/** Nobody has set it up, so nobody misses it. */
const unfinished: readonly string[] = ['not-linked', 'no-key', 'no-virtual', 'no-store'];

export function deviceRowOf(device: DeviceGlance, { now, lostMs }: Seen): DeviceRow {
  const since = (iso: string | null) => (iso === null ? null : Math.max(0, now - Date.parse(iso)));
  const nodeMs = since(device.nodeSeenAt);
  const state = stateOf(device, { nodeMs, lostMs, seenMs: since(device.lastSeenAt) });
  // Its node would have told: as long as nothing else was said, it was heard when its node was.
  const ageMs = device.state === 'online' ? nodeMs : since(device.lastSeenAt);
  return {
    id: device.id,
    name: device.name,
    code: device.number === null ? device.id : String(device.number),
    device,
    state,
    ageMs,
    dim: lostMs !== null || nodeMs === null || nodeMs >= freshness.dimMs,
    note: noteOf(device),
  };
}

interface Ages {
  nodeMs: number | null;
  seenMs: number | null;
  lostMs: number | null;
}

function stateOf({ state, reason, alerts, awayHours }: DeviceGlance, { nodeMs, seenMs, lostMs }: Ages): DeviceState {
  if (nodeMs === null || (reason !== null && unfinished.includes(reason))) return 'OFF';
  // With our own link lost, or its node silent, nobody knows how it stands.
  if (lostMs !== null && lostMs >= freshness.dimMs) return 'UNKN';
  if (nodeMs >= freshness.unknownMs)
    return awayHours !== null && nodeMs >= freshness.lateMs && nodeMs < awayHours * HOUR_MS ? 'AWAY' : 'UNKN';
  if (state === 'unknown') return 'UNKN';
  if (state === 'fault') return 'DOWN';
  if (state === 'offline') return seenMs !== null && seenMs < freshness.downMs ? 'LATE' : 'DOWN';
  return alerts.length > 0 ? 'LATE' : 'OK';
}

function noteOf({ reason, alerts, configVersion, wantedConfigVersion }: DeviceGlance): string {
  const notes = [...(reason === null ? [] : [reason]), ...alerts];
  if (configVersion !== null && configVersion !== wantedConfigVersion)
    notes.push(`runs settings ${configVersion}, wanted ${wantedConfigVersion}`);
  return notes.join(', ');
}
