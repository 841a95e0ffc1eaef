// Signing in and out at the centre, and adding people.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { identityContract } from '#schema/wire/identity';
import { type Caller, person } from '../../base/caller.ts';
import { isPassword, nobodysHash } from '../../base/password.ts';
import { contextOf, type Runtime, runCommand } from '../../base/runtime.ts';
import { transaction } from '../../base/transaction.ts';
import { createUser, endSession, normaliseLogin, openSession } from './commands.ts';
import { findLogin } from './queries.ts';

export const identityRoutes = (runtime: Runtime): Handlers<typeof identityContract, Caller> => ({
  login: async ({ body }) => {
    const found = await findLogin(runtime.database.db, normaliseLogin(body.login));
    const right = await isPassword(body.password, found?.passwordHash ?? nobodysHash);
    if (!found || !right)
      return refuse('wrong-login', 'The login or the password is wrong.', { next: 'Check both and try again.' });
    const session = await transaction(runtime.database, (tx) => openSession(tx, found.id, contextOf(runtime)));
    const { id, login, name, role } = found;
    return ok({ ...session, person: { id, login, name, role } });
  },
  logout: async ({ caller }) => {
    await transaction(runtime.database, (tx) => endSession(tx, person(caller).tokenHash, runtime.clock.now()));
    return ok({ ended: true as const });
  },
  me: ({ caller }) => {
    const { userId, login, name, role } = person(caller);
    return ok({ id: userId, login, name, role });
  },
  createUser: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createUser(tx, body, context)),
});
