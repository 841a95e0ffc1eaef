// One store on the screen: its state by what was heard and when. Pure: now comes in.
import type { FleetStore } from '#schema/wire/fleet';
import type { BoardRow } from '../board/board.ts';
import { freshness } from '../board/freshness.ts';
import type { Seen } from '../board/picture.ts';

export type StoreState = 'DOWN' | 'LATE' | 'UNKN' | 'OK' | 'AWAY' | 'OFF';

/** Worst first: how rows stand when they are sorted by state. */
export const stateOrder: readonly StoreState[] = ['DOWN', 'LATE', 'UNKN', 'OK', 'AWAY', 'OFF'];

const HOUR_MS = 3_600_000;

export interface Row extends BoardRow {
  store: FleetStore;
  state: StoreState;
  /** Of the oldest fact that the store has not sent. */
  oldestMs: number | null;
  /** AWAY and OFF: what it sold is not known, so it is in no total. */
  answers: boolean;
}

export function rowOf(store: FleetStore, { now, lostMs }: Seen): Row {
  const since = (iso: string | null) => (iso === null ? null : Math.max(0, now - Date.parse(iso)));
  const ageMs = since(store.lastSeenAt);
  const awayMs = store.awayHours === null ? null : store.awayHours * HOUR_MS;
  const state = stateOf(ageMs, lostMs, awayMs);
  return {
    id: store.id,
    name: store.name,
    code: store.code,
    store,
    state,
    ageMs,
    oldestMs: since(store.oldestWaitingAt),
    dim: lostMs !== null || ageMs === null || ageMs >= freshness.dimMs,
    answers: state !== 'AWAY' && state !== 'OFF',
  };
}

function stateOf(ageMs: number | null, lostMs: number | null, awayMs: number | null): StoreState {
  if (ageMs === null) return 'OFF';
  if (ageMs < freshness.unknownMs) return lostMs !== null && lostMs >= freshness.dimMs ? 'UNKN' : 'OK';
  // With our own link lost, silence says something about us and nothing about the store.
  if (lostMs !== null || ageMs < freshness.lateMs) return 'UNKN';
  // Where the internet comes and goes silence is expected, and after its own limit worth a look, but no failure.
  if (awayMs !== null) return ageMs < awayMs ? 'AWAY' : 'LATE';
  return ageMs < freshness.downMs ? 'LATE' : 'DOWN';
}
