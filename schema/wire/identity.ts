// Signing in at the centre. Tokens are opaque and looked up at each call, so a revoked one stops working at once.
import Type, { type Static } from 'typebox';
import { roleNames } from '../rules/access.ts';
import { contract } from './contract.ts';
import { Id, Input, Name, oneOf, Time } from './parts.ts';

const RoleName = oneOf(...roleNames);

export const Person = Type.Object({ id: Id, login: Type.String(), name: Type.String(), role: RoleName });
export type Person = Static<typeof Person>;

export const identityContract = contract({
  login: {
    method: 'POST',
    path: '/api/v1/auth/login',
    access: 'public',
    summary: 'Sign in with a password.',
    body: Input({
      login: Type.String({ minLength: 1, maxLength: 200 }),
      password: Type.String({ minLength: 1, maxLength: 200 }),
    }),
    output: Type.Object({ token: Type.String(), expiresAt: Time, person: Person }),
    callsPerMinute: 20,
    refusals: { 'wrong-login': 401 },
  },
  logout: {
    method: 'POST',
    path: '/api/v1/auth/logout',
    access: 'session',
    summary: 'End this session; its token stops working at once.',
    output: Type.Object({ ended: Type.Literal(true) }),
  },
  me: { method: 'GET', path: '/api/v1/auth/me', access: 'session', summary: 'Who I am.', output: Person },
  createUser: {
    method: 'POST',
    path: '/api/v1/users',
    access: { can: 'user.write' },
    summary: 'Add a person who may sign in.',
    body: Input({
      id: Id,
      login: Type.String({ minLength: 3, maxLength: 200 }),
      name: Name,
      role: RoleName,
      password: Type.String({ minLength: 10, maxLength: 200 }),
    }),
    output: Person,
    status: 201,
    refusals: { 'login-taken': 409, 'id-reused': 422 },
  },
});
