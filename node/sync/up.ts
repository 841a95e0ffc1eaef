// Facts go up in order, once, in signed runs. The journal is the outbox: the position that the centre acknowledged is the only cursor.
import { gzipSync } from 'node:zlib';
import { runText, signText } from '#schema/facts/chain';
import { assert } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import type { Refusal } from '#schema/values/result';
import { MAX_RUN, syncContract } from '#schema/wire/sync';
import type { Log } from '../base/log.ts';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Centre } from './centre.ts';
import type { Identity } from './identity.ts';
import { witnessKeeper } from './witness.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
/** What the centre will not take by itself needs a person, so it is offered again only now and then. */
const REFUSED_RETRY_MS = 60_000;
/** The text of one run, before compression. */
const RUN_BYTES = 4_000_000;
const ANSWER_TIMEOUT_MS = 30_000;

export interface Uplink {
  /** New facts were written. */
  nudge(): void;
  stop(): Promise<void>;
}

interface UplinkParts {
  sqlite: Sqlite;
  identity: Identity;
  centre: Centre;
  clock: Clock;
  log: Log;
  onAcknowledged: () => void;
}

interface FactRow {
  generation: number;
  seq: number;
  hash: string;
  text: string;
}

interface Run {
  generation: number;
  from: number;
  prev: string;
  facts: FactRow[];
}

export function startUplink({ sqlite, identity, centre, clock, log, onAcknowledged }: UplinkParts): Uplink {
  const reader = runReader(sqlite);
  const keepWitness = witnessKeeper(sqlite, centre.enrolled);
  const stopping = new AbortController();
  let wake = () => {};
  let nudged = false;
  let retryMs = FIRST_RETRY_MS;
  // A centre that lost its newest data says where it stands; the run then starts from there, not from our own cursor.
  let restartFrom: { generation: number; seq: number } | undefined;

  /** Until there is something to send. A nudge that came while a run was under way counts. */
  const idle = () =>
    new Promise<void>((resolve) => {
      if (nudged || stopping.signal.aborted) resolve();
      else wake = resolve;
    });

  /** A full wait: new facts don't shorten it, or a busy till would hammer a centre that is down. */
  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      stopping.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });

  async function send(run: Run): Promise<number | null> {
    const last = run.facts.at(-1);
    assert(last, 'a run has facts');
    const { nodeId, storeId } = centre.enrolled;
    const { generation, from, prev } = run;
    const signature = signText(runText({ storeId, nodeId, generation, from, seq: last.seq, hash: last.hash }), identity.keys);
    const body = JSON.stringify({ nodeId, generation, from, prev, facts: run.facts.map((fact) => fact.text), signature });
    const response = await centre.fetch(new URL(syncContract.facts.path, centre.enrolled.serverUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(body, { level: 1 }),
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    const answer: unknown = await response.json();
    if (response.ok) {
      const witness = keepWitness(answer);
      if (!witness.ok) return disbelieved(witness);
      restartFrom = undefined;
      onAcknowledged();
      return null;
    }
    return refused(response.status, answer as { code?: string; detail?: string; facts?: { generation?: number; seq?: number } });
  }

  /** Whoever answers so is not the centre, or no longer the one of this journal: that needs a person. */
  function disbelieved({ code, detail }: Refusal): number {
    log.error({ refusal: code, detail }, 'the centre’s answer to a run of facts proves nothing');
    return REFUSED_RETRY_MS;
  }

  function refused(
    status: number,
    { code, detail, facts }: { code?: string; detail?: string; facts?: { generation?: number; seq?: number } },
  ) {
    if (code === 'gap' && facts?.generation !== undefined && facts.seq !== undefined && restartFrom === undefined) {
      restartFrom = { generation: facts.generation, seq: facts.seq };
      return 0;
    }
    log.warn({ status, refusal: code, detail }, 'the centre did not take a run of facts');
    return status >= 500 || status === 401 || status === 429 ? nextRetry() : REFUSED_RETRY_MS;
  }

  function nextRetry(): number {
    const now = retryMs;
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    return now;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      nudged = false;
      const run = reader(restartFrom);
      if (!run) {
        await idle();
        continue;
      }
      try {
        const waitMs = await send(run);
        if (waitMs === null) retryMs = FIRST_RETRY_MS;
        else if (waitMs > 0) await pause(waitMs);
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.debug({ error }, 'the centre cannot be reached');
        await pause(nextRetry());
      }
    }
  }

  const running = loop();
  return {
    nudge() {
      nudged = true;
      wake();
    },
    async stop() {
      stopping.abort();
      wake();
      await running;
    },
  };
}

function runReader(sqlite: Sqlite): (from?: { generation: number; seq: number }) => Run | undefined {
  const readFrom = rowsOf<FactRow>(
    sqlite,
    `SELECT generation, seq, hash, text FROM facts WHERE generation = ? AND seq >= ? ORDER BY seq LIMIT ${MAX_RUN}`,
  );
  const readBehind = rowOf<{ generation: number; seq: number }>(
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
