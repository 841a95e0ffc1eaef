// A projection is tables derived from facts alone. Each noun brings its own; the journal feeds them in the transaction of the fact.

import type { Fact } from '#schema/facts/fact';
import { factKinds } from '#schema/facts/registry';
import { assert } from '#schema/values/assert';

/** A fact as projections see it: read up to the newest version of its kind. */
export type Apply = (fact: Fact<never>) => void;

export interface Projection {
  /** In the order in which they can be emptied. */
  tables: readonly string[];
  on: Readonly<Record<string, Apply>>;
}

/** A typed entry of a projection: `on: { ...when(saleClosed, (fact) => …) }`. */
export function when<Kind extends string, Body>(
  kind: { kind: Kind; read(version: number, body: never): unknown },
  apply: (fact: Fact<Body>) => void,
): Record<string, Apply> {
  return { [kind.kind]: apply as unknown as Apply };
}

export function project(projections: readonly Projection[], fact: Fact): void {
  for (const { on } of projections) on[fact.kind]?.(fact as Fact<never>);
}

/** Reads a stored text again, in the newest version of its kind. */
export function readFact(text: string): Fact {
  const stored = JSON.parse(text) as Fact;
  const kind = factKinds.get(stored.kind);
  assert(kind, `the journal holds a fact of an unknown kind: ${stored.kind}`);
  const body = kind.read(stored.version, stored.body as never);
  assert(body.ok, body.ok ? '' : body.detail);
  return { ...stored, version: kind.version, body: body.value };
}
