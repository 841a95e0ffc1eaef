// The people of a store: at its tills they sign in by PIN or badge, and managers approve.
import Type, { type Static } from 'typebox';
import { guardedActions, staffRoles } from '../rules/staff.ts';
import { contract } from './contract.ts';
import { Count, Id, IdParams, Input, Name, oneOf, Page, pageQueryWith, Time } from './parts.ts';

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

const Staff = Type.Object({
  ...StaffPerson.properties,
  storeId: Id,
  /** Whether a badge is out. */
  badge: Type.Boolean(),
  active: Type.Boolean(),
  version: Count,
});

export type Staff = Static<typeof Staff>;

const ChangeStaff = Type.Partial(Input({ name: Name, role: StaffRoleName, active: Type.Boolean() }), {
  additionalProperties: false,
  minProperties: 1,
});

export type ChangeStaff = Static<typeof ChangeStaff>;

const unknown = { 'unknown-person': 404 } as const;

/** At the centre. Neither a PIN nor its hash stands in any answer. */
export const staffContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/users/staff',
    access: { can: 'staff.read' },
    summary: 'The people of the stores’ tills, by store and name.',
    query: pageQueryWith({ storeId: Type.Optional(Id), active: Type.Optional(oneOf('true', 'false')) }),
    output: Page(Staff),
    refusals: { 'bad-cursor': 422 },
  },
  create: {
    method: 'POST',
    path: '/api/v1/users/staff',
    access: { can: 'staff.write' },
    summary: 'Add a person to a store’s tills.',
    body: Input({ id: Id, storeId: Id, name: Name, role: StaffRoleName, pin: Pin }),
    output: Staff,
    status: 201,
    refusals: { 'unknown-store': 422, 'id-reused': 422 },
  },
  change: {
    method: 'PUT',
    path: '/api/v1/users/staff/{id}',
    access: { can: 'staff.write' },
    summary: 'Change what is given of a person; who is not active is out at once.',
    params: IdParams,
    body: ChangeStaff,
    output: Staff,
    refusals: unknown,
  },
  setPin: {
    method: 'PUT',
    path: '/api/v1/users/staff/{id}/pin',
    access: { can: 'staff.write' },
    summary: 'A new PIN.',
    params: IdParams,
    body: Input({ pin: Pin }),
    output: Staff,
    refusals: unknown,
  },
  issueBadge: {
    method: 'POST',
    path: '/api/v1/users/staff/{id}/badge',
    access: { can: 'staff.write' },
    summary: 'A new badge, in place of the one before. Its text is told this once.',
    params: IdParams,
    output: Type.Object({ badge: Type.String(), staff: Staff }),
    status: 201,
    refusals: unknown,
  },
  withdrawBadge: {
    method: 'DELETE',
    path: '/api/v1/users/staff/{id}/badge',
    access: { can: 'staff.write' },
    summary: 'The person’s badge opens nothing any more.',
    params: IdParams,
    output: Staff,
    refusals: unknown,
  },
});

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
