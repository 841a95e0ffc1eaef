// Lists by cursor: the cursor is the order's key of the last item given, so a page costs the same wherever it starts.
import { isId } from '#schema/values/id';
import { ok, type Result, refuse } from '#schema/values/result';

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

type Key = readonly (string | number)[];

const encode = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key in a cursor, or undefined at the start; refused unless it has the types of this list's order. */
export function readCursor<K extends Key>(
  after: string | undefined,
  types: { [Part in keyof K]: K[Part] extends number ? 'number' : 'string' | 'id' },
): Result<K | undefined, 'bad-cursor'> {
  if (after === undefined) return ok(undefined);
  try {
    const key = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown;
    const fits = Array.isArray(key) && key.length === types.length && types.every((type, at) => isPart(key[at], type));
    if (fits) return ok(key as unknown as K);
  } catch {
    // Not a cursor of ours; refused below.
  }
  return refuse('bad-cursor', 'The cursor is not one that this list gave.', {
    field: 'after',
    next: 'Start from the first page.',
  });
}

function isPart(part: unknown, type: string): boolean {
  if (type === 'number') return Number.isSafeInteger(part);
  if (typeof part !== 'string') return false;
  // A NUL cannot stand in a text of Postgres, so no row has it.
  return type === 'id' ? isId(part) : !part.includes('\0');
}

/** Rows were asked for with one more than the limit: that one says whether there is a next page. */
export function pageOf<Row, Item>(rows: Row[], limit: number, keyOf: (row: Row) => Key, itemOf: (row: Row) => Item): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), next: rows.length > limit && last !== undefined ? encode(keyOf(last)) : null };
}
