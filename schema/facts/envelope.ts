// Reads the text of a fact as far as every fact is the same: what stands around its body. Kinds and fields that are new stay as they came.
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { ok, type Result, refuse } from '../values/result.ts';
import { Count, Id, orNull } from './body.ts';
import type { Fact } from './fact.ts';

const Envelope = Compile(
  Type.Object({
    generation: Count,
    seq: Count,
    id: Id,
    kind: Type.String({ minLength: 1, maxLength: 80 }),
    version: Type.Integer({ minimum: 1, maximum: 10_000 }),
    occurredAt: Count,
    staff: orNull(Id),
    body: Type.Unknown(),
  }),
);

/** A fact's text is at most this long, so that one request stays small enough to repeat. */
export const MAX_FACT_LENGTH = 1_000_000;

export function readEnvelope(text: string): Result<Fact, 'malformed-fact'> {
  if (text.length > MAX_FACT_LENGTH) return refuse('malformed-fact', `It is longer than ${MAX_FACT_LENGTH} characters.`);
  // Half of a surrogate pair has no UTF-8: what is hashed, stored and read again would be three different texts.
  if (!isWellFormed(text)) return refuse('malformed-fact', 'It is not well-formed Unicode.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('malformed-fact', 'It is not JSON.');
  }
  if (Envelope.Check(value)) return ok(value as Fact);
  const [error] = Envelope.Errors(value);
  return refuse('malformed-fact', `${error?.instancePath.slice(1) || 'It'} ${error?.message ?? 'does not fit'}.`);
}

/** Every Node that we run on has it; the library of our language level does not name it yet. */
const isWellFormed = (text: string): boolean => (text as unknown as { isWellFormed(): boolean }).isWellFormed();
