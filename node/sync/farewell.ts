// What a machine that was replaced still has to say: how far it had written, so that what is missing can be named, and the facts that
// nobody has. The centre keeps them apart until a person decides.
import { UnreachableError } from '#schema/client';
import type { Clock } from '#schema/values/clock';
import { syncContract } from '#schema/wire/sync';
import type { Log } from '../base/log.ts';
import { rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Centre } from './centre.ts';
import type { Identity } from './identity.ts';
import { type Loop, type Next, startLoop } from './loop.ts';
import { type Place, postRun, type Run, runReader } from './run.ts';
import { askStanding } from './standing.ts';

const RETRY_MS = 30_000;

interface FarewellParts {
  sqlite: Sqlite;
  identity: Identity;
  centre: Centre;
  clock: Clock;
  log: Log;
  head: () => Place;
}

export function startFarewell({ sqlite, identity, centre, clock, log, head }: FarewellParts): Loop {
  const nextRun = unsentReader(sqlite);
  // What the centre has taken apart; said again after a restart, which it answers in the same way.
  const sent = new Map<number, number>();

  async function step(stopping: AbortSignal): Promise<Next> {
    try {
      await askStanding({ centre, head: head() });
      const run = nextRun(sent);
      if (!run) return 'rest';
      const answer = await postRun({ centre, keys: identity.keys, path: syncContract.quarantine.path, stopping }, run);
      if (answer.ok) {
        sent.set(run.generation, run.from + run.facts.length - 1);
        return 0;
      }
      const { status, code, detail } = answer.problem;
      log.warn({ status, refusal: code, detail }, 'the centre did not take the last facts of this machine');
    } catch (error) {
      if (!(error instanceof UnreachableError)) log.warn({ error }, 'the centre could not be told the last of this machine');
    }
    return RETRY_MS;
  }

  return startLoop(clock, step);
}

/** Generation by generation: from what the centre has signed, or has taken apart since. */
function unsentReader(sqlite: Sqlite): (sent: ReadonlyMap<number, number>) => Run | undefined {
  const readRun = runReader(sqlite);
  const readSigned = rowsOf<Place>(
    sqlite,
    `SELECT g.generation, coalesce(w.seq, 0) AS seq FROM generations g LEFT JOIN witnesses w ON w.generation = g.generation
     ORDER BY g.generation`,
  );
  return (sent) => {
    for (const { generation, seq } of readSigned()) {
      const run = readRun({ generation, seq: Math.max(seq, sent.get(generation) ?? 0) + 1 });
      if (run) return run;
    }
    return undefined;
  };
}
