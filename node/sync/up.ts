// Facts go up in order, once, in signed runs. The journal is the outbox: the position that the centre acknowledged is the only cursor.
import { UnreachableError } from '#schema/client';
import type { Clock } from '#schema/values/clock';
import type { Refusal } from '#schema/values/result';
import type { Problem } from '#schema/wire/problem';
import { syncContract } from '#schema/wire/sync';
import type { Log } from '../base/log.ts';
import type { Sqlite } from '../base/sqlite.ts';
import type { Centre } from './centre.ts';
import { HistoryFault } from './history.ts';
import type { Identity } from './identity.ts';
import { type Loop, type Next, startLoop } from './loop.ts';
import { answered, type Place, postRun, runReader } from './run.ts';
import { witnessKeeper } from './witness.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
/** What the centre will not take by itself needs a person, so it is offered again only now and then. */
const REFUSED_RETRY_MS = 60_000;
interface UplinkParts {
  sqlite: Sqlite;
  identity: Identity;
  centre: Centre;
  clock: Clock;
  log: Log;
  onAcknowledged: () => void;
}

export function startUplink({ sqlite, identity, centre, clock, log, onAcknowledged }: UplinkParts): Loop {
  const reader = runReader(sqlite);
  const keepWitness = witnessKeeper(sqlite, centre.enrolled);
  const { path } = syncContract.facts;
  let retryMs = FIRST_RETRY_MS;
  // A centre that lost its newest data says where it stands; the run then starts from there, not from our own cursor.
  let restartFrom: Place | undefined;

  async function step(stopping: AbortSignal): Promise<Next> {
    const run = reader(restartFrom);
    if (!run) return 'rest';
    try {
      const answer = await postRun({ centre, keys: identity.keys, path, stopping }, run);
      return answer.ok ? acknowledged(answer.value) : refused(answer.problem);
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      log.debug({ error }, 'the centre cannot be reached');
      return nextRetry();
    }
  }

  function acknowledged(value: unknown): number {
    const witness = keepWitness(value);
    if (!witness.ok) return disbelieved(witness);
    restartFrom = undefined;
    retryMs = FIRST_RETRY_MS;
    onAcknowledged();
    return 0;
  }

  /** Whoever answers so is not the centre, or no longer the one of this journal: that needs a person. */
  function disbelieved({ code, detail }: Refusal): number {
    log.error({ refusal: code, detail }, 'the centre’s answer to a run of facts proves nothing');
    return REFUSED_RETRY_MS;
  }

  function refused({ status, code, detail, facts }: Problem): number {
    const expected = facts?.expected as Place | undefined;
    if (code === 'gap' && expected && restartFrom === undefined) {
      restartFrom = expected;
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

  return startLoop(clock, step);
}

/** Sends all that waits and then answers; what cannot be sent is thrown. */
export async function sendWaiting({
  sqlite,
  identity,
  centre,
}: Pick<UplinkParts, 'sqlite' | 'identity' | 'centre'>): Promise<void> {
  const reader = runReader(sqlite);
  const keepWitness = witnessKeeper(sqlite, centre.enrolled);
  for (let run = reader(); run; run = reader()) {
    const { path } = syncContract.facts;
    const witness = keepWitness(answered(await postRun({ centre, keys: identity.keys, path }, run)));
    if (!witness.ok) throw new HistoryFault(witness.detail);
  }
}
