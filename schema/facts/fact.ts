// What a fact is: something that happened in a store, in one hash chain, kept as written. Each kind has its own file beside this one.
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Json } from '../values/canonical.ts';
import { ok, type Result, refuse } from '../values/result.ts';

export interface Fact<Body = unknown> {
  generation: number;
  seq: number;
  id: string;
  kind: string;
  version: number;
  occurredAt: number;
  /** The person who did it; null where nobody was signed in. */
  staff: string | null;
  body: Body;
}

type Upcaster = (body: Json) => Json;

interface FactOptions<Kind extends string, Schema extends TSchema> {
  kind: Kind;
  version: number;
  body: Schema;
  /** What it is about: a fact waits at the centre while an earlier one about the same thing is an open exception. */
  subjects(body: Static<Schema>): string[];
  /** From each older version to the one after it. */
  upcasters?: Record<number, Upcaster>;
}

export interface FactKind<Kind extends string = string, Schema extends TSchema = TSchema> {
  kind: Kind;
  version: number;
  schema: Schema;
  subjects(body: Static<Schema>): string[];
  /** Reads a body of this or an older version. Newer ones are kept raw, not read. */
  read(version: number, body: Json): Result<Static<Schema>, 'unreadable-fact'>;
}

export type BodyOf<Definition> = Definition extends FactKind<string, infer Schema> ? Static<Schema> : never;

export function fact<Kind extends string, Schema extends TSchema>(options: FactOptions<Kind, Schema>): FactKind<Kind, Schema> {
  const { kind, version, body: schema, subjects, upcasters = {} } = options;
  const validator = Compile(schema);
  return {
    kind,
    version,
    schema,
    subjects,
    read(from, body) {
      if (from > version)
        return refuse('unreadable-fact', `${kind} version ${from} is newer than this server knows (${version}).`);
      let current = body;
      for (let step = from; step < version; step++) {
        const upcast = upcasters[step];
        if (!upcast) return refuse('unreadable-fact', `${kind} version ${from} has no way up to version ${version}.`);
        current = upcast(current);
      }
      if (validator.Check(current)) return ok(current as Static<Schema>);
      const [error] = validator.Errors(current);
      return refuse('unreadable-fact', `${kind}: ${error?.instancePath ?? ''} ${error?.message ?? 'does not fit'}`);
    },
  };
}
