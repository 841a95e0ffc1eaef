// Where the journal ends: the position that the next fact follows. It belongs to the transaction that moves it.
import { GENESIS } from '#schema/facts/chain';
import { present } from '#schema/values/assert';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface Head {
  generation: number;
  /** The seq of the last fact, and its hash. */
  seq: number;
  hash: string;
  /** The journal's time never runs backwards. */
  occurredAt: number;
}

/** The first generation is opened by whoever first needs it; later ones by a recovery. */
export function openFirstGeneration(sqlite: Sqlite, now: number): void {
  writer(sqlite, 'INSERT OR IGNORE INTO generations (generation, first_seq, prev, opened_at) VALUES (1, 1, ?, ?)')(GENESIS, now);
}

export function loadHead(sqlite: Sqlite): Head {
  const opened = rowOf<{ generation: number; firstSeq: number; prev: string }>(
    sqlite,
    'SELECT generation, first_seq AS firstSeq, prev FROM generations ORDER BY generation DESC LIMIT 1',
  )();
  const last = rowOf<Head>(
    sqlite,
    `SELECT generation, seq, hash, json_extract(text, '$.occurredAt') AS occurredAt FROM facts ORDER BY generation DESC, seq DESC LIMIT 1`,
  )();
  const { generation, firstSeq, prev } = present(opened, 'a journal has a generation');
  if (last?.generation === generation) return last;
  return { generation, seq: firstSeq - 1, hash: prev, occurredAt: last?.occurredAt ?? 0 };
}
