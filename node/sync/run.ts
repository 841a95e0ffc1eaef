// A run: consecutive facts in one request, signed together. How it is read from the journal, and how it is sent.
import { gzipSync } from 'node:zlib';
import { ProblemError, UnreachableError } from '#schema/client';
import { runText, signText } from '#schema/facts/chain';
import { assert, present } from '#schema/values/assert';
import { type Problem, problem } from '#schema/wire/problem';
import { MAX_RUN } from '#schema/wire/sync';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Centre } from './centre.ts';
import type { Identity } from './identity.ts';

/** The text of one run, before compression. */
const RUN_BYTES = 4_000_000;
const ANSWER_TIMEOUT_MS = 30_000;

export interface FactRow {
  generation: number;
  seq: number;
  hash: string;
  text: string;
}

export interface Run {
  generation: number;
  from: number;
  prev: string;
  facts: FactRow[];
}

export type Place = Pick<FactRow, 'generation' | 'seq'>;

/** What is answered: the centre took it, or says why not. Nobody answering at all is an UnreachableError. */
export type RunAnswer = { ok: true; value: unknown } | { ok: false; problem: Problem };

interface Sending {
  centre: Centre;
  keys: Identity['keys'];
  path: string;
  stopping?: AbortSignal;
}

export async function postRun({ centre, keys, path, stopping }: Sending, run: Run): Promise<RunAnswer> {
  const last = present(run.facts.at(-1), 'a run has facts');
  const { nodeId, storeId, serverUrl } = centre.enrolled;
  const { generation, from, prev } = run;
  const signature = signText(runText({ storeId, nodeId, generation, from, seq: last.seq, hash: last.hash }), keys);
  const body = JSON.stringify({ nodeId, generation, from, prev, facts: run.facts.map((fact) => fact.text), signature });
  const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  try {
    const response = await centre.fetch(new URL(path, serverUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(body, { level: 1 }),
      signal: stopping ? AbortSignal.any([stopping, timeout]) : timeout,
    });
    const answer = (await response.json()) as Partial<Problem>;
    if (response.ok) return { ok: true, value: answer };
    const unnamed = { status: response.status, code: 'unreadable-answer', detail: `The centre answered ${response.status}.` };
    return { ok: false, problem: problem({ ...unnamed, ...answer }) };
  } catch (cause) {
    throw new UnreachableError(`No answer from ${serverUrl}.`, { cause });
  }
}

/** For whoever does not wait: a server that cannot answer now is as good as none. */
export function answered(answer: RunAnswer): unknown {
  if (answer.ok) return answer.value;
  if (answer.problem.status >= 500) throw new UnreachableError(answer.problem.detail);
  throw new ProblemError(answer.problem);
}

/** The next run that the centre has not signed, or the one that begins at a place. */
export function runReader(sqlite: Sqlite): (from?: Place) => Run | undefined {
  const readFrom = rowsOf<FactRow>(
    sqlite,
    `SELECT generation, seq, hash, text FROM facts WHERE generation = ? AND seq >= ? ORDER BY seq LIMIT ${MAX_RUN}`,
  );
  const readBehind = rowOf<Place>(
    sqlite,
    `SELECT g.generation, coalesce(w.seq + 1, g.first_seq) AS seq FROM generations g LEFT JOIN witnesses w ON w.generation = g.generation
     WHERE (SELECT max(f.seq) FROM facts f WHERE f.generation = g.generation) > coalesce(w.seq, 0) ORDER BY g.generation LIMIT 1`,
  );
  const readHash = rowOf<{ hash: string }>(sqlite, 'SELECT hash FROM facts WHERE generation = ? AND seq = ?');
  const readOpening = rowOf<{ prev: string }>(sqlite, 'SELECT prev FROM generations WHERE generation = ?');
  return (from) => {
    const start = from ?? readBehind();
    const rows = start ? readFrom(start.generation, start.seq) : [];
    const [first] = rows;
    if (!first) return undefined;
    const { generation, seq } = first;
    const prev = readHash(generation, seq - 1)?.hash ?? readOpening(generation)?.prev;
    assert(prev !== undefined, `nothing stands before fact ${generation}.${seq}`);
    return { generation, from: seq, prev, facts: rows.slice(0, withinBytes(rows)) };
  };
}

/** How many of the rows one request may carry; always one, however large. */
function withinBytes(rows: readonly FactRow[]): number {
  let bytes = 0;
  const over = rows.findIndex((row) => {
    bytes += row.text.length;
    return bytes > RUN_BYTES;
  });
  return over === -1 ? rows.length : Math.max(over, 1);
}
