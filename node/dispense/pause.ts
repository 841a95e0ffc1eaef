// Dispensers that somebody took out of use: nothing is sold from them and they get no word to pour. One that pours alone is told, with its
// settings, to ask first (configuring.ts), and keeps to it while it cannot reach its node; until it was told, it may pour.
import { type DispenserPaused, dispenserPaused } from '#schema/facts/dispenser-paused';
import type { Fact } from '#schema/facts/fact';
import { ok, type Result, refuse } from '#schema/values/result';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Commit } from '../journal/commit.ts';
import { type Projection, when } from '../journal/projection.ts';
import type { Dispensers } from './dispensers.ts';

export interface Pauses {
  isPaused(dispenserId: string): boolean;
}

export function openPauses(sqlite: Sqlite): Pauses {
  const readOne = rowOf<{ id: string }>(sqlite, 'SELECT dispenser_id AS id FROM paused_dispensers WHERE dispenser_id = ?');
  return { isPaused: (dispenserId) => readOne(dispenserId) !== undefined };
}

export function pauseProjection(sqlite: Sqlite): Projection {
  const insert = writer(sqlite, 'INSERT INTO paused_dispensers (dispenser_id, paused_at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const remove = writer(sqlite, 'DELETE FROM paused_dispensers WHERE dispenser_id = ?');
  return {
    tables: ['paused_dispensers'],
    on: when(dispenserPaused, ({ body: { dispenserId, paused }, occurredAt }: Fact<DispenserPaused>) => {
      if (paused) insert(dispenserId, occurredAt);
      else remove(dispenserId);
    }),
  };
}

/** Said again, it is the same as once. */
export function pauseDispenser(
  commit: Commit,
  { dispenserId, paused }: DispenserPaused,
  staff: string | null,
  { dispensers, pauses }: { dispensers: Pick<Dispensers, 'byId'>; pauses: Pauses },
): Result<{ paused: boolean }, 'unknown-dispenser'> {
  if (!dispensers.byId(dispenserId))
    return refuse('unknown-dispenser', 'There is no such dispenser in this store.', { field: 'id' });
  if (pauses.isPaused(dispenserId) !== paused) commit.append(dispenserPaused, { dispenserId, paused }, { staff });
  return ok({ paused });
}
