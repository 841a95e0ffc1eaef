// The parts that many contracts share: ids, money, lists. Inputs are closed: an unknown field is refused by name.
import Type, { type TProperties, type TSchema } from 'typebox';
import { oneOf } from '../facts/body.ts';
import { idPattern } from '../values/id.ts';

export const Id = Type.String({ pattern: idPattern });
export const Amount = Type.Integer({ minimum: -9_007_199_254_740_991, maximum: 9_007_199_254_740_991 });
export const Positive = Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 });
export const Count = Type.Integer({ minimum: 0, maximum: 9_007_199_254_740_991 });
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$' });
export const Time = Type.String({ format: 'date-time' });
export const Name = Type.String({ minLength: 1, maxLength: 120 });
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export { oneOf };

/** A body or query that refuses what it does not know. */
export const Input = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

export const IdParams = Input({ id: Id });

const pageQuery = {
  limit: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|[1-4]\\d\\d|500)$' })),
  after: Type.Optional(Type.String({ maxLength: 200 })),
};

export const pageQueryWith = <Properties extends TProperties>(properties: Properties) => Input({ ...pageQuery, ...properties });

export const Page = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(item), next: orNull(Type.String()) });

export const limitOf = (query: { limit?: string }): number => Number(query.limit ?? 50);
