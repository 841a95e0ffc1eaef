// Hands a run of facts of one store to the modules: all at once while all goes well; where one throws, by halves, until it stands alone
// in its savepoint and becomes an exception. What depends on it waits, the others go on.
import type { Tx } from '../base/database.ts';
import type { AppliedFact, ReactContext, Reaction } from '../base/reaction.ts';
import { isRetryable } from '../base/sql-state.ts';
import { savepoint } from '../base/transaction.ts';
import { describeFailure, isAboutTheFact, type Problem } from './exceptions.ts';
import type { ReadFact } from './read-fact.ts';

class ModuleFailure extends Error {
  readonly module: string;
  constructor(module: string, cause: unknown) {
    super(`${module} failed`, { cause });
    this.module = module;
  }
}

export interface Hands {
  reactions: readonly Reaction[];
  context: ReactContext;
}

/** Answers what to record. `blocked` holds the subjects that nothing may be applied to, and grows by those that fail here. */
export async function handOver(tx: Tx, hands: Hands, facts: readonly ReadFact[], blocked: Set<string>): Promise<Problem[]> {
  const { ready, problems } = setAside(facts, blocked);
  if (ready.length === 0) return problems;
  try {
    const given = ready.map(({ fact }) => fact);
    return [...problems, ...(await savepoint(tx, (inner) => react(inner, hands, given)))];
  } catch (failure) {
    const { module, error } = causeOf(failure);
    if (isRetryable(error) || !isAboutTheFact(error)) throw failure;
    const [only] = ready;
    if (only && ready.length === 1) {
      for (const subject of only.subjects) blocked.add(subject);
      return [...problems, { ...only, module, ...describeFailure(error), state: 'open', applied: false }];
    }
  }
  const half = Math.ceil(ready.length / 2);
  const first = await handOver(tx, hands, ready.slice(0, half), blocked);
  const second = await handOver(tx, hands, ready.slice(half), blocked);
  return [...problems, ...first, ...second];
}

/** In order: what cannot be read opens an exception, what depends on a blocked subject waits and blocks its own subjects in turn. */
function setAside(facts: readonly ReadFact[], blocked: Set<string>): { ready: ReadFact[]; problems: Problem[] } {
  const ready: ReadFact[] = [];
  const problems: Problem[] = [];
  const block = (read: ReadFact, words: Pick<Problem, 'code' | 'detail' | 'state'>) => {
    for (const subject of read.subjects) blocked.add(subject);
    problems.push({ fact: read.fact, subjects: read.subjects, module: 'ingest', applied: false, ...words });
  };
  for (const read of facts) {
    if (read.subjects.some((subject) => blocked.has(subject)))
      block(read, { code: 'waits', detail: 'An earlier fact about the same thing is open.', state: 'waiting' });
    else if (!read.readable) block(read, { code: 'unreadable-fact', detail: read.detail, state: 'open' });
    else ready.push(read);
  }
  return { ready, problems };
}

async function react(tx: Tx, { reactions, context }: Hands, facts: readonly AppliedFact[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { module, react: reactTo } of reactions) {
    const findings = await reactTo(tx, facts, context).catch((error: unknown) => {
      throw new ModuleFailure(module, error);
    });
    for (const finding of findings ?? []) problems.push({ ...finding, module, subjects: [], state: 'open', applied: true });
  }
  return problems;
}

const causeOf = (failure: unknown): { module: string; error: unknown } =>
  failure instanceof ModuleFailure ? { module: failure.module, error: failure.cause } : { module: 'ingest', error: failure };
