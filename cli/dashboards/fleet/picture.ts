// What the dashboard knows and what follows from it: rows by state, filtered, sorted, the pinned ones first. Pure.
import type { FleetStore } from '#schema/wire/fleet';
import { compareRows, filterable } from './columns.ts';
import { type Row, rowOf } from './row.ts';
import { filterInForce, type UiState } from './ui-state.ts';

/** The last answer of the server. */
export interface Snapshot {
  stores: readonly FleetStore[];
  /** When it came, by our clock. */
  at: number;
  /** What to add to our clock to have the server's. */
  offsetMs: number;
}

/** Our own link, while it is lost. */
export interface LostLink {
  since: number;
  tries: number;
  nextAt: number;
  /** What the server said, where it answered and would not. */
  why: string | null;
}

export interface Picture {
  snapshot: Snapshot | null;
  lost: LostLink | null;
}

export const rowsOf = ({ snapshot, lost }: Picture, now: number): Row[] => {
  if (!snapshot) return [];
  const seen = { now: now + snapshot.offsetMs, lostMs: lost === null ? null : now - snapshot.at };
  return snapshot.stores.map((store) => rowOf(store, seen));
};

export function visibleRows(rows: readonly Row[], { filter, sort, pinned }: UiState): Row[] {
  const { matches } = filterInForce(filter);
  const isPinned = ({ store }: Row) => pinned.includes(store.id);
  const compare = compareRows(sort);
  return rows
    .filter((row) => matches(filterable(row)))
    .sort((left, right) => Number(isPinned(right)) - Number(isPinned(left)) || compare(left, right));
}
