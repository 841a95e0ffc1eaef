// People who may sign in at the centre: adding one, signing in, signing out. Only hashes of passwords and tokens are kept.
import { and, eq, isNull, sql } from 'drizzle-orm';
import { Value } from 'typebox/value';
import { textHash } from '#schema/facts/chain';
import type { Role } from '#schema/rules/access';
import { sessions, users } from '#schema/tables/central/identity';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { identityContract, type Person } from '#schema/wire/identity';
import type { Tx } from '../../base/database.ts';
import { affectedRows } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import { hashPassword } from '../../base/password.ts';
import type { Context } from '../../base/runtime.ts';
import { findPerson, hasAdmin } from './queries.ts';

export interface NewUser {
  id: string;
  login: string;
  name: string;
  role: Role;
  password: string;
}

const saltBytes = 16;

/** Logins are told apart without regard to case, as people type them. */
export const normaliseLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase();

export async function createUser(
  tx: Tx,
  { password, ...user }: NewUser,
  { now, random }: Context,
): Promise<Result<Person, 'login-taken' | 'id-reused'>> {
  // The wish is kept as a plain hash, so the password has no part in it.
  const claimed = await claimId(tx, user.id, { kind: 'user', ...user }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again') return ok(present(await findPerson(tx, user.id), 'the id of a person was claimed without one'));
  const { id, name, role } = user;
  const login = normaliseLogin(user.login);
  const passwordHash = await hashPassword(password, random(saltBytes));
  const inserted = await tx
    .insert(users)
    .values({ id, login, name, role, passwordHash, createdAt: now })
    .onConflictDoNothing({ target: users.login });
  if (affectedRows(inserted) === 0)
    return refuse('login-taken', `Somebody signs in as “${login}” already.`, { field: 'login', next: 'Choose another login.' });
  return ok({ id, login, name, role });
}

/** For the first start of an installation: adds the administrator unless the login is there already. Answers whether it did. */
export async function ensureAdmin(tx: Tx, admin: { login: string; password: string }, context: Context): Promise<boolean> {
  const person = { id: context.makeId(), login: admin.login, name: 'Administrator', role: 'admin' as const };
  return (await createUser(tx, { ...person, password: admin.password }, context)).ok;
}

export interface FirstAdmin {
  login: string;
  name: string;
  password: string;
}

type FirstAdminRefusal = 'admin-exists' | 'bad-input' | 'login-taken' | 'id-reused';

/** From then on administrators add each other; nobody becomes one by having a second go at the database. */
export async function createFirstAdmin(tx: Tx, admin: FirstAdmin, context: Context): Promise<Result<Person, FirstAdminRefusal>> {
  const user: NewUser = { ...admin, id: context.makeId(), role: 'admin' };
  const [wrong] = Value.Errors(identityContract.createUser.body, user);
  if (wrong) {
    const field = wrong.instancePath.slice(1);
    return refuse('bad-input', `The ${field} ${wrong.message}.`, { field, next: `Give another ${field}.` });
  }
  // Two at once take turns: the second finds the first.
  await tx.execute(sql`LOCK TABLE ${users} IN SHARE ROW EXCLUSIVE MODE`);
  if (await hasAdmin(tx))
    return refuse('admin-exists', 'Somebody administers this centre already.', {
      next: 'Let them add you: lapak user add --role admin',
    });
  return createUser(tx, user, context);
}

const sessionLifeMs = 7 * 86_400_000;

export interface NewSession {
  token: string;
  expiresAt: string;
}

/** The token is shown once; it is looked up by its hash at each call, so that ending a session works at once. */
export async function openSession(tx: Tx, userId: string, { now, random }: Context): Promise<NewSession> {
  const token = `lapak_${Buffer.from(random(32)).toString('base64url')}`;
  const expiresAt = now + sessionLifeMs;
  await tx.insert(sessions).values({ tokenHash: textHash(token), userId, createdAt: now, expiresAt });
  return { token, expiresAt: isoTime(expiresAt) };
}

export async function endSession(tx: Tx, tokenHash: string, now: number): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.tokenHash, tokenHash), isNull(sessions.endedAt)));
}

/** Sessions that ended or ran out a while ago; until then they may still explain who did something. */
export async function sweepSessions(tx: Tx, now: number, limit: number): Promise<number> {
  const kept = now - 30 * 86_400_000;
  const result = await tx.execute(
    sql`DELETE FROM ${sessions} WHERE token_hash IN
      (SELECT token_hash FROM ${sessions} WHERE expires_at <= ${kept} ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`,
  );
  return affectedRows(result);
}
