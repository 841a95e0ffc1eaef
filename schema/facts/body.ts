// The parts that several facts share. A fact's body is open: fields that a reader does not know are kept where it arrives.
import Type, { type TProperties } from 'typebox';
import { idPattern } from '../values/id.ts';

export const Id = Type.String({ pattern: idPattern });
export const Amount = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$' });
export const BusinessDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** One of these words, and typed so. */
export const oneOf = <const Words extends readonly string[]>(...words: Words) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: words });

/** Open on purpose: what a newer node adds must not make an older centre drop the fact. */
export const Body = <Properties extends TProperties>(properties: Properties) => Type.Object(properties);
