// People who may sign in at the centre, and their sessions. Only hashes of passwords and tokens are kept.
import { index, pgTable } from 'drizzle-orm/pg-core';
import type { Role } from '../../rules/access.ts';
import { at, atOrNull, id, words } from './columns.ts';

export const users = pgTable('users', {
  id: id().primaryKey(),
  login: words().unique(),
  name: words(),
  role: words().$type<Role>(),
  passwordHash: words(),
  createdAt: at(),
  disabledAt: atOrNull(),
});

export const sessions = pgTable(
  'sessions',
  {
    tokenHash: words().primaryKey(),
    userId: id().references(() => users.id),
    createdAt: at(),
    expiresAt: at(),
    endedAt: atOrNull(),
  },
  (table) => [index('sessions_by_expiry').on(table.expiresAt)],
);
