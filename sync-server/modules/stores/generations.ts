// The generations of a store's journal: one line of writing each. A later one is opened when a machine takes over from a lost one or is
// set back to a backup; what never came of the line before it is named, and stays named until it comes or is given up.
import { and, asc, eq, gt } from 'drizzle-orm';
import { type ChainPosition, GENESIS } from '#schema/facts/chain';
import { generations, journalHeads, witnesses } from '#schema/tables/central/journal';
import { nodes } from '#schema/tables/central/store';
import { present } from '#schema/values/assert';
import { isoTime } from '#schema/values/time';
import type { Gap, Generation } from '#schema/wire/recovery';
import type { Drizzle, Tx } from '../../base/database.ts';

type Row = typeof generations.$inferSelect;

export interface Opening {
  storeId: string;
  nodeId: string;
  why: Exclude<Row['why'], 'enrolled'>;
  /** Made by whoever asks: asking again is the same as once. */
  requestId: string;
  /** What it goes on from; the end of the journal unless said. */
  prev?: ChainPosition;
  /** Its number; the next unless said. */
  generation?: number;
}

/** The line of a store's first machine, which the store was added with. */
export async function noteFirstGeneration(tx: Tx, storeId: string, nodeId: string, now: number): Promise<void> {
  const prev = { prevGeneration: 0, prevSeq: 0, prevHash: GENESIS };
  const lost = { lostHeardAt: null, lostSeq: null, lostSince: null, lostUntil: null, lostIsCertain: false };
  await tx
    .insert(generations)
    .values({ storeId, generation: 1, nodeId, why: 'enrolled', ...prev, openedAt: now, requestId: nodeId, ...lost });
}

/** From here on the journal of the store is this machine's. Takes the head, so no run is stored meanwhile. */
export async function openGeneration(tx: Tx, opening: Opening, now: number): Promise<void> {
  const { storeId, nodeId, why, requestId } = opening;
  const head = await lockHead(tx, storeId);
  const { generation = head.generation + 1, prev = head } = opening;
  await tx.insert(generations).values({
    storeId,
    generation,
    nodeId,
    why,
    prevGeneration: prev.generation,
    prevSeq: prev.seq,
    prevHash: prev.hash,
    openedAt: now,
    requestId,
    ...(await lastWordOf(tx, storeId, head)),
  });
  await tx.update(journalHeads).set({ generation, seq: 0, hash: prev.hash }).where(eq(journalHeads.storeId, storeId));
}

export async function lockHead(tx: Tx, storeId: string): Promise<ChainPosition> {
  const { generation, seq, hash } = journalHeads;
  const [head] = await tx
    .select({ generation, seq, hash })
    .from(journalHeads)
    .where(eq(journalHeads.storeId, storeId))
    .for('update');
  return present(head, `store ${storeId} has no head of its journal`);
}

/** What the machine that wrote up to here had said of itself when it was last heard. */
async function lastWordOf(tx: Tx, storeId: string, head: ChainPosition) {
  const [writer] = await tx
    .select({
      heardAt: nodes.lastSeenAt,
      generation: nodes.headGeneration,
      seq: nodes.headSeq,
      oldestWaitingAt: nodes.oldestWaitingAt,
    })
    .from(generations)
    .innerJoin(nodes, eq(nodes.id, generations.nodeId))
    .where(and(eq(generations.storeId, storeId), eq(generations.generation, head.generation)));
  const more = writer?.generation === head.generation && writer.seq !== null && writer.seq > head.seq;
  return {
    lostHeardAt: writer?.heardAt ?? null,
    lostSeq: more ? writer.seq : null,
    lostSince: more ? writer.oldestWaitingAt : null,
    lostUntil: null,
    lostIsCertain: false,
  };
}

/** A machine that was replaced has said how far it had written: now it is known what is missing. */
export async function noteLastWord(
  tx: Tx,
  { storeId, nodeId, head }: { storeId: string; nodeId: string; head: { generation: number; seq: number } },
): Promise<void> {
  const [line] = await tx
    .select({ nodeId: generations.nodeId })
    .from(generations)
    .where(and(eq(generations.storeId, storeId), eq(generations.generation, head.generation)));
  if (line?.nodeId !== nodeId) return;
  await tx
    .update(generations)
    .set({ lostSeq: head.seq, lostIsCertain: true })
    .where(and(eq(generations.storeId, storeId), eq(generations.prevGeneration, head.generation)));
}

/** When what is missing happened, as its own facts say. */
export async function noteMissingTimes(
  tx: Tx,
  { storeId, generation, since, until }: { storeId: string; generation: number; since: number; until: number },
): Promise<void> {
  await tx
    .update(generations)
    .set({ lostSince: since, lostUntil: until })
    .where(and(eq(generations.storeId, storeId), eq(generations.prevGeneration, generation)));
}

export async function listGenerations(db: Drizzle, storeId: string): Promise<Generation[]> {
  const rows = await db.select().from(generations).where(eq(generations.storeId, storeId)).orderBy(asc(generations.generation));
  const held = await heldByGeneration(db, storeId);
  return rows.map((row) => viewOf(row, held));
}

export async function findGeneration(db: Drizzle, requestId: string): Promise<Generation | undefined> {
  const [row] = await db.select().from(generations).where(eq(generations.requestId, requestId));
  return row && viewOf(row, await heldByGeneration(db, row.storeId));
}

const heldByGeneration = async (db: Drizzle, storeId: string): Promise<ReadonlyMap<number, number>> =>
  new Map((await heldPositions(db, storeId)).map(({ generation, seq }) => [generation, seq]));

/** How far each generation is held: its facts have no gap, and each run that was stored was signed. */
export const heldPositions = (db: Drizzle, storeId: string): Promise<{ generation: number; seq: number }[]> =>
  db
    .select({ generation: witnesses.generation, seq: witnesses.seq })
    .from(witnesses)
    .where(and(eq(witnesses.storeId, storeId), gt(witnesses.seq, 0)))
    .orderBy(asc(witnesses.generation));

function viewOf(row: Row, held: ReadonlyMap<number, number>): Generation {
  const { generation, nodeId, why, openedAt, prevGeneration, prevSeq, prevHash } = row;
  return {
    generation,
    nodeId,
    why,
    openedAt: isoTime(openedAt),
    prev: { generation: prevGeneration, seq: prevSeq, hash: prevHash },
    facts: held.get(generation) ?? 0,
    gap: gapOf(row, held),
  };
}

const timeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

function gapOf(row: Row, held: ReadonlyMap<number, number>): Gap | null {
  if (row.why === 'enrolled') return null;
  const from = (held.get(row.prevGeneration) ?? 0) + 1;
  const missing = row.lostSeq !== null && row.lostSeq >= from;
  if (row.lostIsCertain && !missing) return null;
  return {
    generation: row.prevGeneration,
    from,
    to: missing ? row.lostSeq : null,
    since: missing ? timeOrNull(row.lostSince) : null,
    until: missing ? timeOrNull(row.lostUntil) : null,
    heardAt: timeOrNull(row.lostHeardAt),
    certain: row.lostIsCertain,
  };
}
