// What a machine sends after it was replaced: verified and kept as written, apart from the journal. A person decides: it is the late end
// of its generation, or it is set aside for good.
import { and, asc, between, eq, max, or, sql } from 'drizzle-orm';
import type { ChainPosition, KeyPair } from '#schema/facts/chain';
import { applyCursors, generations, journal, journalHeads, quarantine } from '#schema/tables/central/journal';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { BodyOf, OutputOf } from '#schema/wire/contract';
import type { recoveryContract } from '#schema/wire/recovery';
import type { FactRun } from '#schema/wire/sync';
import { insertMany } from '../base/bulk.ts';
import type { NodeCaller } from '../base/caller.ts';
import type { Tx } from '../base/database.ts';
import type { Reaction } from '../base/reaction.ts';
import type { Context } from '../base/runtime.ts';
import { heldPositions, lockHead, noteMissingTimes } from '../modules/stores/generations.ts';
import { storeExists } from '../modules/stores/queries.ts';
import { blockedSubjects, recordProblems } from './exceptions.ts';
import { handOver } from './hand-over.ts';
import { readStoredFact } from './read-fact.ts';
import { type ChainedFact, type RunRefusal, verifyRun } from './verify-run.ts';
import { signWitness } from './witness.ts';

/** Taken in one decision: more stay held, and the answer says how many. */
const DECIDED_AT_ONCE = 1_000;

type KeepRefusal = RunRefusal | 'still-live' | 'gap' | 'other-history';

export async function keepApart(
  tx: Tx,
  node: NodeCaller,
  run: FactRun,
  now: number,
): Promise<Result<{ generation: number; seq: number }, KeepRefusal>> {
  const verified = verifyRun(run, node);
  if (!verified.ok) return verified;
  if (node.replacedAt === null)
    return refuse('still-live', 'This machine is the store’s node.', { next: 'Send its facts to the journal.' });
  const { storeId, nodeId } = node;
  const { generation } = run;
  const sent = await sentBefore(tx, node, run);
  const last = Math.max(0, ...sent.stored.keys(), ...sent.apart.keys());
  if (run.from > last + 1)
    return refuse('gap', `The facts from ${last + 1} to ${run.from - 1} are missing.`, {
      field: 'from',
      next: 'Send from the expected position.',
      facts: { expected: { generation, seq: last + 1 } },
    });
  const differs = verified.value.find(({ seq, hash }) => sent.apart.has(seq) && sent.apart.get(seq) !== hash);
  if (differs) return refuse('other-history', `This machine has sent another fact at ${generation}.${differs.seq}.`);
  const fresh = verified.value.filter(({ seq, hash }) => !sent.apart.has(seq) && sent.stored.get(seq) !== hash);
  await insertMany(
    tx,
    quarantine,
    fresh.map((fact) => ({ ...fact, storeId, nodeId, generation, receivedAt: now, state: 'held' as const })),
  );
  await noteTimes(tx, storeId, nodeId, generation);
  return ok({ generation, seq: (verified.value.at(-1) as ChainedFact).seq });
}

/** By seq, the hashes of what this machine has sent of the generation: into the journal, and apart from it. */
async function sentBefore(tx: Tx, { storeId, nodeId }: NodeCaller, { generation, from, facts }: FactRun) {
  const [line] = await tx
    .select({ nodeId: generations.nodeId })
    .from(generations)
    .where(and(eq(generations.storeId, storeId), eq(generations.generation, generation)));
  const ofGeneration = and(eq(journal.storeId, storeId), eq(journal.generation, generation));
  const [end] = await tx
    .select({ seq: max(journal.seq) })
    .from(journal)
    .where(ofGeneration);
  const ofRun = or(between(journal.seq, from, from + facts.length - 1), eq(journal.seq, end?.seq ?? 0));
  const stored = await tx.select({ seq: journal.seq, hash: journal.hash }).from(journal).where(and(ofGeneration, ofRun));
  const apart = await tx
    .select({ seq: quarantine.seq, hash: quarantine.hash })
    .from(quarantine)
    .where(and(eq(quarantine.storeId, storeId), eq(quarantine.nodeId, nodeId), eq(quarantine.generation, generation)));
  const bySeq = (rows: { seq: number; hash: string }[]) => new Map(rows.map(({ seq, hash }) => [seq, hash]));
  // A generation of that number may be another machine's: then nothing of it was sent by this one.
  return { stored: bySeq(line?.nodeId === nodeId ? stored : []), apart: bySeq(apart) };
}

async function noteTimes(tx: Tx, storeId: string, nodeId: string, generation: number): Promise<void> {
  const { occurredAt } = quarantine;
  const [times] = await tx
    .select({ since: sql<string | null>`min(${occurredAt})`, until: sql<string | null>`max(${occurredAt})` })
    .from(quarantine)
    .where(and(heldOf(storeId, nodeId), eq(quarantine.generation, generation)));
  if (times?.since == null || times.until == null) return;
  await noteMissingTimes(tx, { storeId, generation, since: Number(times.since), until: Number(times.until) });
}

const heldOf = (storeId: string, nodeId: string) =>
  and(eq(quarantine.storeId, storeId), eq(quarantine.nodeId, nodeId), eq(quarantine.state, 'held'));

type Decision = BodyOf<typeof recoveryContract.decide>;
type DecideRefusal = 'unknown-store' | 'nothing-held' | 'does-not-continue';
type HeldFact = typeof quarantine.$inferSelect;

export async function decideQuarantine(
  tx: Tx,
  { key, reactions }: { key: KeyPair; reactions: readonly Reaction[] },
  decision: Decision,
  context: Context,
): Promise<Result<OutputOf<typeof recoveryContract.decide>, DecideRefusal>> {
  const { storeId, nodeId, how, upTo, note } = decision;
  if (!(await storeExists(tx, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
  const upToPlace = upTo && sql`(${quarantine.generation}, ${quarantine.seq}) <= (${upTo.generation}, ${upTo.seq})`;
  const held = await tx
    .select()
    .from(quarantine)
    .where(and(heldOf(storeId, nodeId), upToPlace))
    .orderBy(asc(quarantine.generation), asc(quarantine.seq))
    .limit(DECIDED_AT_ONCE)
    .for('update');
  if (held.length === 0)
    return refuse('nothing-held', 'Nothing of that machine waits for a decision.', { next: 'See: lapak quarantine list' });
  let exceptions = 0;
  let decided = held;
  if (how === 'accept') {
    decided = await whatContinues(tx, storeId, held);
    if (decided.length === 0)
      return refuse('does-not-continue', 'These facts do not continue what the journal holds of their generation.', {
        next: 'Another history was written after them. Discard them with a note, and correct stock and cash by hand.',
      });
    exceptions = await takeIn(tx, { key, reactions }, storeId, decided, context);
  }
  for (const { generation, seq } of decided)
    await tx
      .update(quarantine)
      .set({
        state: how === 'accept' ? 'accepted' : 'discarded',
        decidedAt: context.now,
        decidedBy: context.by,
        note,
      })
      .where(and(heldOf(storeId, nodeId), eq(quarantine.generation, generation), eq(quarantine.seq, seq)));
  const [left] = await tx.select({ held: sql<string>`count(*)` }).from(quarantine).where(heldOf(storeId, nodeId));
  return ok({ decided: decided.length, exceptions, held: Number(left?.held ?? 0) });
}

/** Of one generation, from its end as it is held, without a gap. */
async function whatContinues(tx: Tx, storeId: string, held: readonly HeldFact[]): Promise<HeldFact[]> {
  const generation = present(held[0], 'something is held').generation;
  let end = await endOf(tx, storeId, generation);
  const fitting: HeldFact[] = [];
  for (const fact of held) {
    if (fact.generation !== generation || fact.seq !== end.seq + 1 || fact.prev !== end.hash) break;
    fitting.push(fact);
    end = fact;
  }
  return fitting;
}

async function endOf(tx: Tx, storeId: string, generation: number): Promise<ChainPosition> {
  const seq = (await heldPositions(tx, storeId)).find((held) => held.generation === generation)?.seq ?? 0;
  const [row] =
    seq === 0
      ? await tx
          .select({ hash: generations.prevHash })
          .from(generations)
          .where(and(eq(generations.storeId, storeId), eq(generations.generation, generation)))
      : await tx
          .select({ hash: journal.hash })
          .from(journal)
          .where(and(eq(journal.storeId, storeId), eq(journal.generation, generation), eq(journal.seq, seq)));
  return { generation, seq, hash: row?.hash ?? '' };
}

/** Into the journal as the late end of its generation, signed, and to the modules; apply has gone on in a later generation meanwhile. */
async function takeIn(
  tx: Tx,
  { key, reactions }: { key: KeyPair; reactions: readonly Reaction[] },
  storeId: string,
  facts: readonly HeldFact[],
  context: Context,
): Promise<number> {
  const last = present(facts.at(-1), 'something fits');
  const { generation, seq, hash } = last;
  const head = await lockHead(tx, storeId);
  // No successor has enrolled yet: then it goes on from here.
  if (head.generation === generation) await tx.update(journalHeads).set({ seq, hash }).where(eq(journalHeads.storeId, storeId));
  // Nothing else is applied for this store meanwhile.
  const [cursor] = await tx
    .select({ generation: applyCursors.generation })
    .from(applyCursors)
    .where(eq(applyCursors.storeId, storeId))
    .for('update');
  await insertMany(
    tx,
    journal,
    facts.map((fact) => ({ ...pickJournal(fact), receivedAt: context.now })),
  );
  await signWitness(tx, key, { storeId, generation, seq, hash, signedAt: context.now });
  if (present(cursor, 'every store has a cursor').generation <= generation) return 0;
  const reads = facts
    .map(({ text }) => readStoredFact({ storeId, receivedAt: context.now, text }))
    .filter((read) => read !== undefined);
  const problems = await handOver(tx, { reactions, context }, reads, await blockedSubjects(tx, storeId));
  await recordProblems(tx, problems, context);
  return problems.length;
}

const pickJournal = ({ storeId, generation, seq, id, kind, hash, text }: HeldFact) => ({
  storeId,
  generation,
  seq,
  id,
  kind,
  hash,
  text,
});
