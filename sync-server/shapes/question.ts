// The words of a shape request: what the server fixes, and the few that a caller may say about where it stands.
import type { ShapeDefinition } from '#schema/wire/shape';

/** Everything else a caller says (table, where, params, columns, replica, secret) is never heard. */
const callerWords = ['offset', 'handle', 'live', 'live_sse', 'cursor', 'log', 'expired_handle', 'cache-buster'] as const;

export function wordsFor(definition: ShapeDefinition, storeId: string | undefined, said: URLSearchParams): URLSearchParams {
  const words = new URLSearchParams({ table: definition.table, columns: definition.columns.join(',') });
  if (definition.filter !== undefined) words.set('where', definition.filter);
  if (definition.filter !== undefined && storeId !== undefined) words.set('params[1]', storeId);
  for (const word of callerWords) {
    const value = said.get(word);
    if (value !== null) words.set(word, value);
  }
  return words;
}
