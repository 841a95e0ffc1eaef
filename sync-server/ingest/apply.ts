// Hands stored facts to the modules, store by store, in order, each exactly once: the cursor moves in the transaction of their effects.
// One worker a store, by a lock on its cursor; servers that share the database take different stores.
import { and, asc, eq, exists, sql } from 'drizzle-orm';
import { applyCursors, journal, journalHeads } from '#schema/tables/central/journal';
import type { Tx } from '../base/database.ts';
import type { Reaction } from '../base/reaction.ts';
import type { Runtime } from '../base/runtime.ts';
import { transaction } from '../base/transaction.ts';
import { blockedSubjects, type Problem, recordProblems } from './exceptions.ts';
import { handOver } from './hand-over.ts';
import { readStoredFact } from './read-fact.ts';

const batchSize = 1_000;

interface Position {
  storeId: string;
  generation: number;
  seq: number;
}

export interface Applied {
  /** Facts that the cursor passed. */
  facts: number;
  problems: readonly Problem[];
}

/** Applies one batch of one store that has facts to apply; no facts when none has, or others are at work on those that have. */
export function applyFacts(runtime: Runtime, reactions: readonly Reaction[]): Promise<Applied> {
  return transaction(runtime.database, async (tx) => {
    const cursor = await claimCursor(tx);
    if (!cursor) return { facts: 0, problems: [] };
    const rows = await readAfter(tx, cursor);
    const last = rows.at(-1);
    if (!last) return { facts: 0, problems: [] };
    const { storeId } = cursor;
    const facts = rows
      .map(({ receivedAt, text }) => readStoredFact({ storeId, receivedAt, text }))
      .filter((read) => read !== undefined);
    const context = { now: runtime.clock.now(), makeId: runtime.makeId };
    const problems = await handOver(tx, { reactions, context }, facts, await blockedSubjects(tx, storeId));
    await recordProblems(tx, problems, context);
    const { generation, seq } = last;
    await tx.update(applyCursors).set({ generation, seq }).where(eq(applyCursors.storeId, storeId));
    return { facts: rows.length, problems };
  });
}

async function claimCursor(tx: Tx): Promise<Position | undefined> {
  const behind = sql`(${applyCursors.generation}, ${applyCursors.seq}) < (${journalHeads.generation}, ${journalHeads.seq})`;
  const [cursor] = await tx
    .select({ storeId: applyCursors.storeId, generation: applyCursors.generation, seq: applyCursors.seq })
    .from(applyCursors)
    .innerJoin(journalHeads, eq(journalHeads.storeId, applyCursors.storeId))
    // A generation that was opened and has no fact yet is ahead by its number only; of the one before, facts may be left.
    .where(and(behind, exists(factsAfterCursor(tx))))
    .limit(1)
    .for('update', { of: applyCursors, skipLocked: true });
  return cursor;
}

const factsAfterCursor = (tx: Tx) =>
  tx
    .select({ seq: journal.seq })
    .from(journal)
    .where(
      and(
        eq(journal.storeId, applyCursors.storeId),
        sql`(${journal.generation}, ${journal.seq}) > (${applyCursors.generation}, ${applyCursors.seq})`,
      ),
    );

const readAfter = (tx: Tx, { storeId, generation, seq }: Position) =>
  tx
    .select({ generation: journal.generation, seq: journal.seq, receivedAt: journal.receivedAt, text: journal.text })
    .from(journal)
    .where(and(eq(journal.storeId, storeId), sql`(${journal.generation}, ${journal.seq}) > (${generation}, ${seq})`))
    .orderBy(asc(journal.generation), asc(journal.seq))
    .limit(batchSize);
