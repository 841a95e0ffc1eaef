// How the link to the centre stands, in the words that the till shows: last contact, what waits, and since when.
import type { Clock } from '#schema/values/clock';
import { isoTime } from '#schema/values/time';
import type { SyncState } from '#schema/wire/till';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { LinkListener } from './centre.ts';

export interface Link extends LinkListener {
  state(): SyncState;
  onChange(listener: (state: SyncState) => void): void;
  /** Something that the state speaks of has changed: facts were written or acknowledged, a shape is complete. */
  changed(): void;
}

export function openLink(sqlite: Sqlite, clock: Clock, catalogueComplete: () => boolean): Link {
  const waitingRuns = waitingReader(sqlite);
  const listeners: ((state: SyncState) => void)[] = [];
  let online = false;
  let lastContactAt: number | null = null;

  function state(): SyncState {
    const { waiting, oldestAt } = waitingRuns();
    return {
      link: online ? 'online' : lastContactAt === null ? 'never' : 'offline',
      lastContactAt: lastContactAt === null ? null : isoTime(lastContactAt),
      waiting,
      oldestWaitingAt: oldestAt === null ? null : isoTime(oldestAt),
      catalogueComplete: catalogueComplete(),
    };
  }

  const changed = () => {
    for (const listener of listeners) listener(state());
  };
  const set = (isOnline: boolean) => {
    if (isOnline) lastContactAt = clock.now();
    if (online === isOnline) return;
    online = isOnline;
    changed();
  };
  return {
    state,
    changed,
    onChange: (listener) => void listeners.push(listener),
    heard: () => set(true),
    lost: () => set(false),
  };
}

/**
 * What the centre has not acknowledged, found by position: within a generation seqs have no gap, so nothing is counted row by row,
 * however long the store was alone.
 */
function waitingReader(sqlite: Sqlite): () => { waiting: number; oldestAt: number | null } {
  const readGenerations = rowsOf<{ generation: number; done: number; last: number | null }>(
    sqlite,
    `SELECT g.generation, coalesce(w.seq, g.first_seq - 1) AS done, (SELECT max(seq) FROM facts f WHERE f.generation = g.generation) AS last
     FROM generations g LEFT JOIN witnesses w ON w.generation = g.generation ORDER BY g.generation`,
  );
  const readTime = rowOf<{ at: number }>(
    sqlite,
    `SELECT json_extract(text, '$.occurredAt') AS at FROM facts WHERE generation = ? AND seq = ?`,
  );
  return () => {
    const behind = readGenerations().filter(({ last, done }) => last !== null && last > done);
    const [oldest] = behind;
    return {
      waiting: behind.reduce((sum, { last, done }) => sum + (last ?? done) - done, 0),
      oldestAt: oldest ? (readTime(oldest.generation, oldest.done + 1)?.at ?? null) : null,
    };
  };
}
