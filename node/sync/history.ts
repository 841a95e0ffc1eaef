// Facts of this store that the centre holds and this machine lacks: read page by page, chained to what is here, and believed only up to
// positions that the centre signed.
import { client } from '#schema/client';
import { chainHash } from '#schema/facts/chain';
import type { Generation } from '#schema/wire/recovery';
import { type JournalRow, syncContract, type Witness } from '#schema/wire/sync';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Centre } from './centre.ts';
import { witnessKeeper } from './witness.ts';

const ANSWER_TIMEOUT_MS = 60_000;

/** What was answered cannot be this store's history, so nothing more of it is believed. */
export class HistoryFault extends Error {
  override name = 'HistoryFault';
}

export const syncCalls = ({ enrolled, fetch }: Centre) =>
  client(syncContract, { baseUrl: enrolled.serverUrl, fetch, timeoutMs: ANSWER_TIMEOUT_MS });

export interface History {
  generations: readonly Generation[];
  witnesses: readonly Witness[];
}

export const readHistory = (centre: Centre): Promise<History> => syncCalls(centre).history();

interface Missing {
  sqlite: Sqlite;
  centre: Centre;
  history: History;
  onFacts?: ((facts: number) => void) | undefined;
}

/** Brings the facts that are missing here, each page in one commit, so that a broken link costs a page. The tables are left as they are. */
export async function fetchMissing({ sqlite, centre, history, onFacts }: Missing): Promise<number> {
  const calls = syncCalls(centre);
  const reader = endReader(sqlite);
  const insertPage = pageWriter(sqlite);
  const openGeneration = generationWriter(sqlite);
  const keepWitness = witnessKeeper(sqlite, centre.enrolled);
  let fetched = 0;
  for (const generation of history.generations) {
    const witness = history.witnesses.find((signed) => signed.generation === generation.generation);
    if (!witness || witness.seq === 0) continue;
    openGeneration({
      generation: generation.generation,
      prevHash: generation.prev.hash,
      openedAt: Date.parse(generation.openedAt),
      told: true,
    });
    let end = reader(generation);
    while (end.seq < witness.seq) {
      const { items } = await calls.readFacts({ query: { after: `${generation.generation}.${end.seq}` } });
      const page = items.filter((row) => row.generation === generation.generation && row.seq <= witness.seq);
      if (page.length === 0)
        throw new HistoryFault(`The centre does not give the facts after ${generation.generation}.${end.seq}.`);
      end = insertPage(page, end);
      fetched += page.length;
      onFacts?.(fetched);
    }
    const kept = keepWitness(witness);
    if (!kept.ok) throw new HistoryFault(kept.detail);
  }
  return fetched;
}

interface End {
  generation: number;
  seq: number;
  hash: string;
}

/** The last fact that is here of a generation; before its first stands what it goes on from. */
function endReader(sqlite: Sqlite): (of: Pick<Generation, 'generation' | 'prev'>) => End {
  const read = rowOf<End>(sqlite, 'SELECT generation, seq, hash FROM facts WHERE generation = ? ORDER BY seq DESC LIMIT 1');
  return ({ generation, prev }) => read(generation) ?? { generation, seq: 0, hash: prev.hash };
}

export function generationWriter(
  sqlite: Sqlite,
): (of: { generation: number; prevHash: string; openedAt: number; told: boolean }) => void {
  const insert = writer(
    sqlite,
    'INSERT OR IGNORE INTO generations (generation, first_seq, prev, opened_at, told) VALUES (?, 1, ?, ?, ?)',
  );
  return ({ generation, prevHash, openedAt, told }) => void insert(generation, prevHash, openedAt, told ? 1 : 0);
}

function pageWriter(sqlite: Sqlite): (page: readonly JournalRow[], end: End) => End {
  const insert = writer(sqlite, 'INSERT INTO facts (generation, seq, id, kind, hash, text) VALUES (?, ?, ?, ?, ?, ?)');
  return sqlite.transaction((page: readonly JournalRow[], end: End) => {
    let last = end;
    for (const { generation, seq, hash, text } of page) {
      if (seq !== last.seq + 1 || chainHash(last.hash, text) !== hash)
        throw new HistoryFault(`The fact ${generation}.${seq} does not follow the one before it.`);
      const { id, kind } = JSON.parse(text) as { id: string; kind: string };
      insert(generation, seq, id, kind, hash, text);
      last = { generation, seq, hash };
    }
    return last;
  });
}
