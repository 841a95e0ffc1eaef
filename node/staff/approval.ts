// A manager's approval: of one action and at most one amount, for one person at one till, once, within a minute. A command takes it in its
// own transaction, so a command that is refused has not used it.

import type { StoreSettings } from '#schema/rules/settings';
import { APPROVAL_MS, type Deed, decide, type GuardedAction } from '#schema/rules/staff';
import { ok, type Result, refuse } from '#schema/values/result';
import type { Person } from '../base/caller.ts';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Commit } from '../journal/commit.ts';

export interface WantedApproval extends Deed {
  approvalId: string | undefined;
  till: { id: string };
  /** Null where nobody is signed in, because the store has no staff: then nobody is asked. */
  person: Person | null;
  settings: StoreSettings;
}

export interface NewApproval {
  id: string;
  tillId: string;
  action: GuardedAction;
  amount: number;
  reason: string;
  requestedBy: string | null;
  approvedBy: string;
}

export interface Approvals {
  /** Who approved it, for the fact; null where nobody had to. */
  approve(commit: Commit, wanted: WantedApproval): Result<string | null, 'needs-approval'>;
  grant(commit: Commit, approval: NewApproval): Result<{ id: string; expiresAt: number }, 'id-reused'>;
}

interface ApprovalRow extends NewApproval {
  expiresAt: number;
  usedAt: number | null;
}

/** Used and expired ones are kept for a day, so that a repeated id is still known. */
const KEPT_MS = 86_400_000;

export function openApprovals(sqlite: Sqlite): Approvals {
  const read = rowOf<ApprovalRow>(
    sqlite,
    `SELECT id, till_id AS tillId, action, amount, reason, requested_by AS requestedBy, approved_by AS approvedBy,
       expires_at AS expiresAt, used_at AS usedAt
     FROM approvals WHERE id = ?`,
  );
  const insert = writer(
    sqlite,
    `INSERT INTO approvals (id, till_id, action, amount, reason, requested_by, approved_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const use = writer(sqlite, 'UPDATE approvals SET used_at = ? WHERE id = ?');
  const forget = writer(sqlite, 'DELETE FROM approvals WHERE expires_at < ?');

  return {
    approve(commit, { action, amount, of, approvalId, till, person, settings }) {
      if (person === null) return ok(null);
      const deed = { action, amount, ...(of !== undefined && { of }) };
      if (decide(deed, person.role, settings) === 'allowed') return ok(null);
      const row = approvalId === undefined ? undefined : read(approvalId);
      const fits =
        row?.usedAt === null &&
        row.expiresAt > commit.now &&
        row.tillId === till.id &&
        row.requestedBy === person.id &&
        row.action === action &&
        row.amount >= amount;
      if (!fits) return needsApproval(action, amount);
      use(commit.now, row.id);
      return ok(row.approvedBy);
    },
    grant(commit, approval) {
      const { id, tillId, action, amount, reason, requestedBy, approvedBy } = approval;
      const known = read(id);
      if (known)
        return isSame(known, approval)
          ? ok({ id, expiresAt: known.expiresAt })
          : refuse('id-reused', 'That approval id was used for another approval.', { field: 'id', next: 'Make a new id.' });
      const expiresAt = commit.now + APPROVAL_MS;
      forget(commit.now - KEPT_MS);
      insert(id, tillId, action, amount, reason, requestedBy, approvedBy, expiresAt);
      return ok({ id, expiresAt });
    },
  };
}

const isSame = (known: NewApproval, wish: NewApproval): boolean =>
  (Object.keys(wish) as (keyof NewApproval)[]).every((name) => known[name] === wish[name]);

const needsApproval = (action: GuardedAction, amount: number) =>
  refuse('needs-approval', 'A manager must approve this first.', {
    field: 'approvalId',
    next: 'Let a manager enter a PIN or scan a badge, then send it again with the approval.',
    facts: { action, amount },
  });
