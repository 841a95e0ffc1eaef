// From a stored text to what modules can apply. Kinds that nobody here knows stay raw; versions that cannot be read wait for a person.
import type { Fact } from '#schema/facts/fact';
import { factKinds } from '#schema/facts/registry';
import { isId } from '#schema/values/id';
import type { AppliedFact } from '../base/reaction.ts';

export interface StoredFact {
  storeId: string;
  receivedAt: number;
  text: string;
}

export type ReadFact =
  | { readable: true; fact: AppliedFact; subjects: readonly string[] }
  | { readable: false; fact: AppliedFact; subjects: readonly string[]; detail: string };

/** Undefined for a kind that this server does not know: a newer node has it, and this server has nothing to do with it. */
export function readStoredFact({ storeId, receivedAt, text }: StoredFact): ReadFact | undefined {
  // Receive stores only texts whose envelope it could read.
  const fact: AppliedFact = { ...(JSON.parse(text) as Fact), storeId, receivedAt };
  const kind = factKinds.get(fact.kind);
  if (!kind) return undefined;
  const body = kind.read(fact.version, fact.body as never);
  if (!body.ok) return { readable: false, fact, subjects: guessSubjects(kind, fact), detail: body.detail };
  return { readable: true, fact: { ...fact, version: kind.version, body: body.value }, subjects: kind.subjects(body.value) };
}

/** A body that cannot be read may still name what it is about, and what depends on that should wait. */
function guessSubjects(kind: { subjects(body: unknown): string[] }, fact: Fact): string[] {
  try {
    return kind.subjects(fact.body).filter((subject) => typeof subject === 'string' && isId(subject));
  } catch {
    return [];
  }
}
