// The people of a store: at its tills they sign in by PIN or badge, and managers approve.
import Type, { type Static } from 'typebox';
import { guardedActions, staffRoles } from '../rules/staff.ts';
import { contract } from './contract.ts';
import { Count, Id, Input, Name, oneOf, Time } from './parts.ts';

/** The header in which a till sends who is signed in at it. */
export const STAFF_HEADER = 'lapak-staff';

const Pin = Type.String({ pattern: '^\\d{6}$' });
const Badge = Type.String({ minLength: 1, maxLength: 80 });
const StaffRoleName = oneOf(...staffRoles);

export const StaffPerson = Type.Object({ id: Id, name: Name, role: StaffRoleName });

export type StaffPerson = Static<typeof StaffPerson>;

/** Who somebody says to be, and what proves it: a person with a PIN, or a badge alone. */
const StaffProof = Input({ staffId: Type.Optional(Id), pin: Type.Optional(Pin), badge: Type.Optional(Badge) });

export type StaffProof = Static<typeof StaffProof>;

const proofRefusals = { 'proof-missing': 422, 'wrong-pin': 403, 'wrong-badge': 403, 'locked-out': 429 } as const;

export type ProofRefusal = keyof typeof proofRefusals;

/** At the store node. */
export const storeStaffContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/staff',
    access: 'till',
    summary: 'Who may sign in at this store’s tills, by name.',
    output: Type.Object({ items: Type.Array(StaffPerson) }),
  },
  signIn: {
    method: 'POST',
    path: '/api/v1/staff/session',
    access: 'till',
    summary: 'Sign in at this till, in place of whoever was. The token goes into the header `lapak-staff` of each call.',
    body: StaffProof,
    output: Type.Object({ token: Type.String(), person: StaffPerson }),
    status: 201,
    refusals: proofRefusals,
  },
  signOut: {
    method: 'DELETE',
    path: '/api/v1/staff/session',
    access: 'till',
    summary: 'Nobody is signed in at this till any more.',
    output: Type.Object({ ended: Type.Literal(true) }),
  },
  approve: {
    method: 'POST',
    path: '/api/v1/approvals',
    access: 'staff',
    summary:
      'A manager approves one action of at most one amount at this till, for a minute; the same id again gives the same approval.',
    body: Input({
      id: Id,
      action: oneOf(...guardedActions),
      amount: Count,
      reason: Type.String({ minLength: 1, maxLength: 200 }),
      ...StaffProof.properties,
    }),
    output: Type.Object({ id: Id, expiresAt: Time }),
    status: 201,
    refusals: { ...proofRefusals, 'not-a-manager': 403, 'id-reused': 422 },
  },
});
