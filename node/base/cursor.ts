// Paging by key: a cursor is the last row's key in an opaque text. Reading limit + 1 rows tells whether there is a next page.
import { ok, type Result, refuse } from '#schema/values/result';

export function readCursor(text: string | undefined, parts: number): Result<string[], 'bad-cursor'> {
  if (text === undefined) return ok([]);
  const key = parse(Buffer.from(text, 'base64url').toString());
  if (key.length === parts) return ok(key);
  return refuse('bad-cursor', 'That is not a cursor of this list.', {
    field: 'after',
    next: 'Use what “next” of the page before said.',
  });
}

function parse(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : [];
  } catch {
    return [];
  }
}

export const cursorText = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

export function pageOf<Row>(rows: Row[], limit: number, keyOf: (row: Row) => string[]): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorText(keyOf(last)) : null };
}
