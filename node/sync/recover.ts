// RECOVER: a fresh machine takes over from a lost one, or this one goes on from a backup. Either way it fetches what the centre holds,
// derives its tables again, and opens a new generation, so that nothing that was printed or poured can come again.
//
//   fresh folder ─enrol─► fetch ─► derive, open generation       backup ─► fetch ─send what waits─► ask for a generation ─► derive, open
//                                                                       └─ nobody to ask ─────────► open the next by itself ─┘

import { ProblemError, UnreachableError } from '#schema/client';
import { GENESIS } from '#schema/facts/chain';
import { present } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import type { Gap } from '#schema/wire/recovery';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import { loadHead } from '../journal/head.ts';
import type { Projection } from '../journal/projection.ts';
import { type Rebuilt, rebuild } from '../journal/rebuild.ts';
import { type Centre, openCentre } from './centre.ts';
import { type EnrolInput, enrol } from './enrol.ts';
import { fetchMissing, generationWriter, readHistory, syncCalls } from './history.ts';
import type { Identity } from './identity.ts';
import { askStanding, replacementOf } from './standing.ts';
import { sendWaiting } from './up.ts';

/** Expected: what the person asked for cannot be done with this folder. */
export class CannotRecover extends Error {
  override name = 'CannotRecover';
  readonly next: string;
  constructor(detail: string, next: string) {
    super(detail);
    this.next = next;
  }
}

/** Expected: the folder is on its way to be a node, and not one yet. */
export class RecoveryUnfinished extends Error {
  override name = 'RecoveryUnfinished';
  readonly next: string;
  constructor(why: 'recovered' | 'restored') {
    super('This folder was being made a store’s node again, and that was not finished.');
    this.next = `Give the same command again: lapak node ${why === 'recovered' ? 'recover' : 'restore'}`;
  }
}

export interface Recovery {
  generation: number;
  /** The last fact that is known of the line before. */
  prev: { generation: number; seq: number };
  fetched: number;
  /** What is known to be missing, or that it is not known; null where nothing is. */
  gap: Gap | null;
  /** The centre could not be asked: it hears of the new generation with its first facts. */
  offline: boolean;
  /** Facts that stand in the journal and could not be applied to the tables. */
  skipped: Rebuilt['skipped'];
}

export interface RecoverParts {
  sqlite: Sqlite;
  projections: readonly Projection[];
  identity: Identity;
  clock: Clock;
  fetch: typeof fetch;
  /** The highest generation that this folder ever had, whatever database stood in it. */
  highestKnown: () => number;
  onFacts?: ((facts: number) => void) | undefined;
}

export interface UnfinishedRecovery {
  requestId: string;
  why: 'recovered' | 'restored' | 'late';
}

export const unfinishedRecovery = (sqlite: Sqlite): UnfinishedRecovery | undefined =>
  rowOf<UnfinishedRecovery>(sqlite, 'SELECT request_id AS requestId, why FROM recoveries WHERE only = 1')();

export function beginRecovery(sqlite: Sqlite, { requestId, why }: UnfinishedRecovery): void {
  writer(sqlite, 'INSERT OR IGNORE INTO recoveries (only, request_id, why) VALUES (1, ?, ?)')(requestId, why);
}

const endRecovery = (sqlite: Sqlite): void => void writer(sqlite, 'DELETE FROM recoveries')();

const nobody = { link: { heard() {}, lost() {} }, onTurnedAway() {} };

/** Makes this fresh folder the successor of the store's lost machine. Broken off, it goes on where it stopped. */
export async function recoverOnto(parts: RecoverParts, input: EnrolInput): Promise<Recovery & { storeCode: string }> {
  const { sqlite, identity } = parts;
  if (!unfinishedRecovery(sqlite)) {
    if (identity.enrolled() || loadHeadOrNull(sqlite))
      throw new CannotRecover(
        'This folder holds a store already, and recovering would write over it.',
        'Name a fresh folder with --data-folder.',
      );
    beginRecovery(sqlite, { requestId: identity.nodeId, why: 'recovered' });
  }
  const answer = await enrol(identity, { ...input, recover: true });
  const centre = centreOf(parts);
  const fetched = await fetchMissing({ ...parts, centre, history: await readHistory(centre) });
  const { generation, prev, gap, storeCode } = answer;
  const rebuilt = openAfter(parts, { generation, prevHash: prev.hash, told: true });
  return { storeCode, generation, prev, fetched, gap, offline: false, skipped: rebuilt.skipped };
}

/** Goes on from a backup that stands in the folder; undefined where the centre says that this machine was replaced meanwhile. */
export async function goOnFromBackup(parts: RecoverParts): Promise<Recovery | undefined> {
  const { sqlite, identity } = parts;
  const { requestId } = present(unfinishedRecovery(sqlite), 'a restore was begun');
  if (!identity.enrolled()) return goOnAlone(parts);
  const centre = centreOf(parts);
  try {
    return await goOnWith(parts, centre, requestId);
  } catch (error) {
    if (isOutOfReach(error)) return goOnAlone(parts);
    if (!(error instanceof ProblemError) || error.problem.status !== 401) throw error;
    const replacement = await askStanding({ centre, head: headOf(sqlite) });
    if (!replacement) throw error;
    replacementOf(sqlite).keep(replacement);
    endRecovery(sqlite);
    return undefined;
  }
}

async function goOnWith(parts: RecoverParts, centre: Centre, requestId: string): Promise<Recovery> {
  const { sqlite, identity } = parts;
  const fetched = await fetchMissing({ ...parts, centre, history: await readHistory(centre) });
  // What the backup held and the centre did not: it belongs to the line before, and could not be sent after it.
  await sendWaiting({ sqlite, identity, centre });
  const { generation, seq, hash } = headOf(sqlite);
  const { prev, ...opened } = await syncCalls(centre).openGeneration({
    body: { id: requestId, after: { generation, seq, hash } },
  });
  const rebuilt = openAfter(parts, { generation: opened.generation, prevHash: prev.hash, told: true });
  return { ...opened, prev, fetched, offline: false, skipped: rebuilt.skipped };
}

/** A machine that comes back sends what it has; what it had printed since the backup, nobody can say. */
function goOnAlone(parts: RecoverParts): Recovery {
  const { sqlite, highestKnown } = parts;
  const prev = headOf(sqlite);
  const generation = Math.max(prev.generation, highestKnown()) + 1;
  const rebuilt = openAfter(parts, { generation, prevHash: prev.hash, told: false });
  const gap: Gap = {
    generation: prev.generation,
    from: prev.seq + 1,
    to: null,
    since: null,
    until: null,
    heardAt: null,
    certain: false,
  };
  return { generation, prev, fetched: 0, gap, offline: true, skipped: rebuilt.skipped };
}

/** Tables and new generation in one commit: before it the folder is not a node, after it it is. */
function openAfter(
  { sqlite, projections, clock }: RecoverParts,
  opening: { generation: number; prevHash: string; told: boolean },
): Rebuilt {
  return sqlite.transaction(() => {
    generationWriter(sqlite)({ ...opening, openedAt: clock.now() });
    endRecovery(sqlite);
    return rebuild(sqlite, projections);
  })();
}

interface CatchUpParts {
  sqlite: Sqlite;
  projections: readonly Projection[];
  centre: Centre;
}

/**
 * Facts of earlier generations that the centre holds and this node lacks: a person took in what the lost machine sent, or this one went on
 * from a backup with nobody to ask.
 */
export async function catchUp({ sqlite, projections, centre }: CatchUpParts): Promise<Rebuilt & { fetched: number }> {
  const history = await readHistory(centre);
  const { generation } = headOf(sqlite);
  const earlier = history.generations.filter((one) => one.generation < generation);
  beginRecovery(sqlite, { requestId: '', why: 'late' });
  const fetched = await fetchMissing({ sqlite, centre, history: { ...history, generations: earlier } });
  return { fetched, ...deriveAgain(sqlite, projections) };
}

/** Whether the centre holds more of an earlier generation than this machine. */
export function lacksFacts(sqlite: Sqlite, held: readonly { generation: number; seq: number }[]): boolean {
  const readEnd = rowOf<{ seq: number | null }>(sqlite, 'SELECT max(seq) AS seq FROM facts WHERE generation = ?');
  const { generation } = headOf(sqlite);
  return held.some((there) => there.generation < generation && there.seq > (readEnd(there.generation)?.seq ?? 0));
}

/** The centre holds the generation that was opened alone, and this machine what the centre holds: nothing is done twice from here on. */
export function noteTold(sqlite: Sqlite, held: readonly { generation: number }[]): void {
  const note = writer(sqlite, 'UPDATE generations SET told = 1 WHERE generation = ? AND told = 0');
  for (const { generation } of held) note(generation);
}

export const isToldOf = (sqlite: Sqlite): (() => boolean) => {
  const read = rowOf<{ told: number }>(sqlite, 'SELECT told FROM generations ORDER BY generation DESC LIMIT 1');
  return () => read()?.told !== 0;
};

/** Facts came late and the tables were not derived again: the power went between the two. */
export function deriveAgain(sqlite: Sqlite, projections: readonly Projection[]): Rebuilt {
  return sqlite.transaction(() => {
    endRecovery(sqlite);
    return rebuild(sqlite, projections);
  })();
}

const centreOf = ({ identity, clock, fetch }: RecoverParts): Centre =>
  openCentre({ identity, enrolled: present(identity.enrolled(), 'the node has enrolled'), clock, fetch, ...nobody });

const loadHeadOrNull = (sqlite: Sqlite) => rowOf(sqlite, 'SELECT seq FROM facts LIMIT 1')();

function headOf(sqlite: Sqlite) {
  const opened = rowOf(sqlite, 'SELECT generation FROM generations LIMIT 1')();
  if (!opened) return { generation: 1, seq: 0, hash: GENESIS };
  const { generation, seq, hash } = loadHead(sqlite);
  return { generation, seq, hash };
}

/** Nobody answers, or somebody does who cannot: a proxy, a centre that starts. */
const isOutOfReach = (error: unknown): boolean =>
  error instanceof UnreachableError || (error instanceof ProblemError && error.problem.status >= 500);
