// Who is signed in at which till: one person a till, known by a token that the page sends with each call. Who left is out at once.
import { textHash } from '#schema/facts/chain';
import type { RandomBytes } from '#schema/values/clock';
import type { StaffPerson } from '#schema/wire/staff';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';

export interface StaffSessions {
  /** In place of whoever was signed in at this till. */
  open(tillId: string, staffId: string, now: number): string;
  end(tillId: string): void;
  person(tillId: string, token: string): StaffPerson | undefined;
}

export function openStaffSessions(sqlite: Sqlite, random: RandomBytes): StaffSessions {
  const write = writer(
    sqlite,
    `INSERT INTO staff_sessions (till_id, token_hash, staff_id, opened_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (till_id) DO UPDATE SET token_hash = excluded.token_hash, staff_id = excluded.staff_id, opened_at = excluded.opened_at`,
  );
  const remove = writer(sqlite, 'DELETE FROM staff_sessions WHERE till_id = ?');
  const read = rowOf<StaffPerson>(
    sqlite,
    `SELECT p.id, p.name, p.role FROM staff_sessions s JOIN staff p ON p.id = s.staff_id
     WHERE s.till_id = ? AND s.token_hash = ? AND p.active = 1`,
  );
  return {
    open(tillId, staffId, now) {
      const token = `staff_${Buffer.from(random(32)).toString('base64url')}`;
      write(tillId, textHash(token), staffId, now);
      return token;
    },
    end: (tillId) => void remove(tillId),
    person: (tillId, token) => read(tillId, textHash(token)),
  };
}
