// A person closes an exception: the fact is applied again, or set aside with a note; then what waited for it is applied, in order.
import { and, asc, eq, inArray } from 'drizzle-orm';
import { applyCursors, exceptions, journal } from '#schema/tables/central/journal';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { Tx } from '../base/database.ts';
import type { Reaction } from '../base/reaction.ts';
import type { Context } from '../base/runtime.ts';
import { blockedSubjects, recordProblems } from './exceptions.ts';
import { handOver } from './hand-over.ts';
import { type ReadFact, readStoredFact } from './read-fact.ts';

export interface Resolution {
  how: 'retry' | 'dismiss';
  note?: string;
}

type ResolveRefusal = 'unknown-exception' | 'already-closed' | 'still-fails' | 'note-needed';

export async function resolveException(
  tx: Tx,
  reactions: readonly Reaction[],
  id: string,
  { how, note }: Resolution,
  context: Context,
): Promise<Result<null, ResolveRefusal>> {
  const found = await lockException(tx, id);
  if (!found) return refuse('unknown-exception', 'There is no such exception.', { field: 'id' });
  if (found.state === 'resolved' || found.state === 'dismissed')
    return refuse('already-closed', `It was ${found.state} before.`, { facts: { state: found.state } });
  if (how === 'dismiss' && note === undefined)
    return refuse('note-needed', 'Say why it is set aside.', { field: 'note', next: 'Add a note.' });
  if (how === 'retry') {
    const failed = await retry(tx, reactions, found, context);
    if (failed) return failed;
  }
  await tx
    .update(exceptions)
    .set({ state: how === 'retry' ? 'resolved' : 'dismissed', closedAt: context.now, closedBy: context.by, note: note ?? null })
    .where(eq(exceptions.id, id));
  await releaseWaiting(tx, reactions, found.storeId, context);
  return ok(null);
}

type Found = typeof exceptions.$inferSelect;

/** Takes the store's apply cursor first: nothing else is applied for this store meanwhile. */
async function lockException(tx: Tx, id: string): Promise<Found | undefined> {
  const [owner] = await tx.select({ storeId: exceptions.storeId }).from(exceptions).where(eq(exceptions.id, id));
  if (!owner) return undefined;
  await tx.select({ seq: applyCursors.seq }).from(applyCursors).where(eq(applyCursors.storeId, owner.storeId)).for('update');
  const [found] = await tx.select().from(exceptions).where(eq(exceptions.id, id));
  return found;
}

async function retry(tx: Tx, reactions: readonly Reaction[], found: Found, context: Context) {
  const stillFails = (detail: string) =>
    refuse('still-fails', detail, { next: 'Mend the cause and retry, or dismiss it with a note.' });
  if (found.applied) return stillFails('The fact is applied already, and what it says does not change.');
  const others = await blockersBefore(tx, found);
  const read = await readAgain(tx, found);
  const problems = read ? await handOver(tx, { reactions, context }, [read], others) : [];
  const failed = problems.find(({ applied }) => !applied);
  if (failed) return stillFails(failed.detail);
  await recordProblems(tx, problems, context);
  return undefined;
}

/** What other exceptions of earlier facts still block. */
async function blockersBefore(tx: Tx, found: Found): Promise<Set<string>> {
  const rows = await tx
    .select({ generation: exceptions.generation, seq: exceptions.seq, subjects: exceptions.subjects })
    .from(exceptions)
    .where(and(eq(exceptions.storeId, found.storeId), inArray(exceptions.state, ['open', 'waiting'])));
  const before = rows.filter(
    ({ generation, seq }) => generation < found.generation || (generation === found.generation && seq < found.seq),
  );
  return new Set(before.flatMap(({ subjects }) => subjects));
}

async function readAgain(tx: Tx, { storeId, generation, seq }: Pick<Found, 'storeId' | 'generation' | 'seq'>) {
  const [row] = await tx
    .select({ receivedAt: journal.receivedAt, text: journal.text })
    .from(journal)
    .where(and(eq(journal.storeId, storeId), eq(journal.generation, generation), eq(journal.seq, seq)));
  return readStoredFact({ storeId, ...present(row, `the journal of ${storeId} has lost ${generation}.${seq}`) });
}

/** In the order of the journal, by the rules of apply: one that fails now opens, one behind it goes on waiting. */
async function releaseWaiting(tx: Tx, reactions: readonly Reaction[], storeId: string, context: Context): Promise<void> {
  const ofStore = (state: Found['state']) => and(eq(exceptions.storeId, storeId), eq(exceptions.state, state));
  const waiting = await tx
    .select({ id: exceptions.id, storeId: exceptions.storeId, generation: exceptions.generation, seq: exceptions.seq })
    .from(exceptions)
    .where(ofStore('waiting'))
    .orderBy(asc(exceptions.generation), asc(exceptions.seq));
  const reads: ReadFact[] = [];
  for (const one of waiting) reads.push(present(await readAgain(tx, one), 'a fact of an unknown kind does not wait'));
  const blocked = await blockedSubjects(tx, storeId, ['open']);
  const problems = await handOver(tx, { reactions, context }, reads, blocked);
  const left = new Map(problems.filter(({ applied }) => !applied).map((problem) => [problem.fact.id, problem]));
  const done: string[] = [];
  for (const [index, { id }] of waiting.entries()) {
    const problem = left.get(reads[index]?.fact.id ?? '');
    if (!problem) done.push(id);
    else if (problem.state === 'open') {
      const { module, code, detail } = problem;
      await tx.update(exceptions).set({ state: 'open', module, code, detail }).where(eq(exceptions.id, id));
    }
  }
  if (done.length > 0)
    await tx.update(exceptions).set({ state: 'resolved', closedAt: context.now }).where(inArray(exceptions.id, done));
  await recordProblems(
    tx,
    problems.filter(({ applied }) => applied),
    context,
  );
}
