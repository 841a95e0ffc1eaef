// How modules react to facts: apply hands them runs of one store's facts, in order, in a savepoint that undoes them all if one throws.
import type { BodyOf, Fact, FactKind } from '#schema/facts/fact';
import type { MakeId } from '#schema/values/id';
import type { Tx } from './database.ts';

/** A fact that can be read: in the newest version of its kind, with what the centre knows about it. */
export interface AppliedFact<Body = unknown> extends Fact<Body> {
  storeId: string;
  receivedAt: number;
}

/** Something about an applied fact that a person should look at; it holds nothing up. */
export interface Finding {
  fact: AppliedFact;
  code: string;
  detail: string;
}

export interface ReactContext {
  now: number;
  makeId: MakeId;
}

export interface Reaction {
  module: string;
  /** Throws a FactRefusal where a fact cannot be applied; all of its effects stand in `tx`. */
  react(tx: Tx, facts: readonly AppliedFact[], context: ReactContext): Promise<readonly Finding[] | undefined>;
}

/** The facts of one kind, with their bodies' type. */
export const factsOf = <Kind extends FactKind<never, never> | { kind: string }>(
  facts: readonly AppliedFact[],
  kind: Kind,
): AppliedFact<BodyOf<Kind>>[] => facts.filter((fact) => fact.kind === kind.kind) as AppliedFact<BodyOf<Kind>>[];

/** A fact that a module cannot apply, said in words for the person who will resolve it. */
export class FactRefusal extends Error {
  override name = 'FactRefusal';
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}
