// Reads a journal as a third party would: every hash again, every position that the centre signed, and which tail nobody has witnessed.
import { chainHash, isSignedBy, witnessText } from '#schema/facts/chain';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface JournalReport {
  facts: number;
  generation: number;
  seq: number;
  witnessedSeq: number;
  unwitnessed: { from: number; to: number } | null;
  problems: { generation: number; seq: number; what: string }[];
}

interface FactRow {
  generation: number;
  seq: number;
  hash: string;
  text: string;
}

interface WitnessRow {
  generation: number;
  storeId: string;
  seq: number;
  hash: string;
  signedAt: number;
  signature: string;
}

export function verifyChain(sqlite: Sqlite): JournalReport {
  const problems: JournalReport['problems'] = [];
  const opened = new Map(
    rowsOf<{ generation: number; firstSeq: number; prev: string }>(
      sqlite,
      'SELECT generation, first_seq AS firstSeq, prev FROM generations ORDER BY generation',
    )().map((row) => [row.generation, row]),
  );
  const readPage = rowsOf<FactRow>(
    sqlite,
    'SELECT generation, seq, hash, text FROM facts WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT 1000',
  );
  let last: FactRow | undefined;
  let facts = 0;
  for (let page = readPage(0, 0); page.length > 0; page = readPage(last?.generation, last?.seq)) {
    for (const row of page) {
      const opening = last?.generation === row.generation ? undefined : opened.get(row.generation);
      const prev = opening ? opening.prev : (last?.hash ?? '');
      const expectedSeq = opening ? opening.firstSeq : (last?.seq ?? 0) + 1;
      const problem = (what: string) => problems.push({ generation: row.generation, seq: row.seq, what });
      if (row.seq !== expectedSeq) problem(`facts ${expectedSeq} to ${row.seq - 1} are missing`);
      else if (chainHash(prev, row.text) !== row.hash) problem('its text does not fit its hash or the fact before it');
      last = row;
      facts += 1;
    }
  }
  const witnessedSeq = checkWitnesses(sqlite, last?.generation ?? 1, problems);
  const seq = last?.seq ?? 0;
  return {
    facts,
    generation: last?.generation ?? 1,
    seq,
    witnessedSeq,
    unwitnessed: seq > witnessedSeq ? { from: witnessedSeq + 1, to: seq } : null,
    problems,
  };
}

/** The last position of this generation that the centre's signature holds for. */
function checkWitnesses(sqlite: Sqlite, generation: number, problems: JournalReport['problems']): number {
  const centreKey = rowOf<{ key: string | null }>(sqlite, 'SELECT centre_public_key AS key FROM identity')()?.key;
  const readHash = rowOf<{ hash: string }>(sqlite, 'SELECT hash FROM facts WHERE generation = ? AND seq = ?');
  const witnesses = rowsOf<WitnessRow>(
    sqlite,
    'SELECT generation, store_id AS storeId, seq, hash, signed_at AS signedAt, signature FROM witnesses ORDER BY generation',
  )();
  let witnessed = 0;
  for (const { signature, ...position } of witnesses) {
    const problem = (what: string) => problems.push({ generation: position.generation, seq: position.seq, what });
    if (!centreKey || !isSignedBy(witnessText(position), signature, centreKey))
      problem('the witness is not signed by the centre');
    else if (readHash(position.generation, position.seq)?.hash !== position.hash)
      problem('the centre witnessed another fact here');
    else if (position.generation === generation) witnessed = position.seq;
  }
  return witnessed;
}
