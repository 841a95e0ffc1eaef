// What was asked under each id that a caller made: the same id with another wish is refused, the same wish is done once.
import { pgTable } from 'drizzle-orm/pg-core';
import { at, id, words } from './columns.ts';

export const intents = pgTable('intents', {
  id: id().primaryKey(),
  /** SHA-256 of what was asked. */
  wish: words(),
  askedAt: at(),
});
