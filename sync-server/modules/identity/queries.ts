// Reads of people and their sessions.
import { and, eq, gt, isNull } from 'drizzle-orm';
import { textHash } from '#schema/facts/chain';
import { sessions, users } from '#schema/tables/central/identity';
import type { Person } from '#schema/wire/identity';
import type { PersonCaller } from '../../base/caller.ts';
import type { Drizzle } from '../../base/database.ts';

const person = { id: users.id, login: users.login, name: users.name, role: users.role };

export async function findPerson(db: Drizzle, id: string): Promise<Person | undefined> {
  const [row] = await db.select(person).from(users).where(eq(users.id, id));
  return row;
}

/** Whether somebody is there who may add people. */
export async function hasAdmin(db: Drizzle): Promise<boolean> {
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.disabledAt)))
    .limit(1);
  return row !== undefined;
}

/** With the hash of the password, for signing in; nobody who is disabled. */
export async function findLogin(db: Drizzle, login: string): Promise<(Person & { passwordHash: string }) | undefined> {
  const [row] = await db
    .select({ ...person, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.login, login), isNull(users.disabledAt)));
  return row;
}

/** Who holds this token now. */
export async function findCaller(db: Drizzle, token: string, now: number): Promise<PersonCaller | undefined> {
  const tokenHash = textHash(token);
  const [row] = await db
    .select({ userId: users.id, login: users.login, name: users.name, role: users.role })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(sessions.tokenHash, tokenHash), isNull(sessions.endedAt), gt(sessions.expiresAt, now), isNull(users.disabledAt)),
    );
  return row && { kind: 'person', ...row, tokenHash };
}
