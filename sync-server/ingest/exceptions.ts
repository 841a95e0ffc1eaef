// Facts that were kept but not applied, as rows: open ones wait for a person, waiting ones for an open one about the same subject.
import { and, DrizzleQueryError, eq, inArray } from 'drizzle-orm';
import { exceptions } from '#schema/tables/central/journal';
import type { MakeId } from '#schema/values/id';
import { insertMany } from '../base/bulk.ts';
import type { Tx } from '../base/database.ts';
import { type AppliedFact, FactRefusal } from '../base/reaction.ts';
import { sqlState, violatedConstraint } from '../base/sql-state.ts';

export type ExceptionState = (typeof exceptions.$inferSelect)['state'];

export interface Problem {
  fact: AppliedFact;
  module: string;
  code: string;
  detail: string;
  subjects: readonly string[];
  state: ExceptionState;
  /** Its effects stand; it is only to be looked at. */
  applied: boolean;
}

export async function recordProblems(tx: Tx, problems: readonly Problem[], at: { now: number; makeId: MakeId }): Promise<void> {
  await insertMany(
    tx,
    exceptions,
    problems.map(({ fact, module, code, detail, subjects, state, applied }) => ({
      id: at.makeId(),
      storeId: fact.storeId,
      generation: fact.generation,
      seq: fact.seq,
      factId: fact.id,
      kind: fact.kind,
      module,
      code,
      detail: detail.slice(0, 500),
      subjects: [...subjects],
      state,
      applied,
      openedAt: at.now,
    })),
  );
}

/** Whatever an open or waiting exception is about: later facts about it wait in their turn. */
export async function blockedSubjects(
  tx: Tx,
  storeId: string,
  states: ExceptionState[] = ['open', 'waiting'],
): Promise<Set<string>> {
  const rows = await tx
    .select({ subjects: exceptions.subjects })
    .from(exceptions)
    .where(and(eq(exceptions.storeId, storeId), inArray(exceptions.state, states)));
  return new Set(rows.flatMap(({ subjects }) => subjects));
}

// Classes of SQLSTATE that a fact's own values can cause: data that does not fit, integrity, a trigger's or function's refusal.
const causedByFact = /^(22|23|P0)/;

/** A lost connection or a full disk says nothing about the fact: the whole batch is tried again later instead. */
export function isAboutTheFact(error: unknown): boolean {
  const state = sqlState(error);
  // A query that failed without a SQLSTATE lost its connection.
  return state === undefined ? !(error instanceof DrizzleQueryError) : causedByFact.test(state);
}

/** Words for the person who resolves it; never the statement or its parameters, which may hold what a fact must not show. */
export function describeFailure(error: unknown): { code: string; detail: string } {
  if (error instanceof FactRefusal) return { code: error.code, detail: error.message };
  const constraint = violatedConstraint(error);
  if (sqlState(error) === '23505')
    return { code: 'id-reused', detail: `Something of that id is booked already (${constraint}).` };
  if (constraint !== undefined) return { code: 'breaks-a-rule', detail: `The database refused it (${constraint}).` };
  const state = sqlState(error);
  if (state !== undefined) return { code: 'does-not-fit', detail: `A value does not fit the tables (SQLSTATE ${state}).` };
  return { code: 'bug', detail: error instanceof Error ? error.message : 'A module failed on it.' };
}
