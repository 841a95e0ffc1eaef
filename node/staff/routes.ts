// Signing in at a till and approving over HTTP: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { storeStaffContract } from '#schema/wire/staff';
import { atTill, type Caller } from '../base/caller.ts';
import type { Journal } from '../journal/commit.ts';
import type { Approvals } from './approval.ts';
import type { People } from './people.ts';
import type { Prove } from './proof.ts';
import type { StaffSessions } from './sessions.ts';

export interface StaffContext {
  people: People;
  prove: Prove;
  staffSessions: StaffSessions;
  approvals: Approvals;
}

export function staffRoutes(journal: Journal, context: StaffContext): Handlers<typeof storeStaffContract, Caller> {
  const { people, prove, staffSessions, approvals } = context;
  return {
    list: () => ok({ items: people.list() }),
    signIn: async ({ body, caller }) => {
      const { till } = atTill(caller);
      const person = await prove(body);
      if (!person.ok) return person;
      return journal.write(({ now }) => ok({ token: staffSessions.open(till.id, person.value.id, now), person: person.value }));
    },
    signOut: ({ caller }) => {
      const { till } = atTill(caller);
      return journal.write(() => {
        staffSessions.end(till.id);
        return ok({ ended: true as const });
      });
    },
    approve: async ({ body: { id, action, amount, reason, ...proof }, caller }) => {
      const { till, person } = atTill(caller);
      const manager = await prove(proof);
      if (!manager.ok) return manager;
      if (manager.value.role !== 'manager')
        return refuse('not-a-manager', `${manager.value.name} may not approve this.`, { next: 'Ask a manager.' });
      const requestedBy = person?.id ?? null;
      const wish = { id, tillId: till.id, action, amount, reason, requestedBy, approvedBy: manager.value.id };
      const granted = await journal.write((commit) => approvals.grant(commit, wish));
      return granted.ok ? ok({ id, expiresAt: isoTime(granted.value.expiresAt) }) : granted;
    },
  };
}
