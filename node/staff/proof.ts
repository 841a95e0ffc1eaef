// Whether somebody is who they say: a PIN or a badge. A try counts as wrong before it is looked at, so that many at once, or a node that
// is killed in between, get no more of them.
import { lockOutMs } from '#schema/rules/staff';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { ProofRefusal, StaffPerson, StaffProof } from '#schema/wire/staff';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Journal } from '../journal/commit.ts';
import type { People } from './people.ts';
import { isPin, nobodysPin } from './pin.ts';

export type Prove = (proof: StaffProof) => Promise<Result<StaffPerson, ProofRefusal>>;

interface ProofParts {
  sqlite: Sqlite;
  journal: Journal;
  people: People;
}

export function openProof({ sqlite, journal, people }: ProofParts): Prove {
  const readTries = rowOf<{ wrong: number; lockedUntil: number }>(
    sqlite,
    'SELECT wrong, locked_until AS lockedUntil FROM staff_tries WHERE staff_id = ?',
  );
  const writeTries = writer(
    sqlite,
    `INSERT INTO staff_tries (staff_id, wrong, locked_until) VALUES (?, ?, ?)
     ON CONFLICT (staff_id) DO UPDATE SET wrong = excluded.wrong, locked_until = excluded.locked_until`,
  );
  const forgetTries = writer(sqlite, 'DELETE FROM staff_tries WHERE staff_id = ?');

  const countTry = (staffId: string) =>
    journal.write<null, 'locked-out'>(({ now }) => {
      const { wrong, lockedUntil } = readTries(staffId) ?? { wrong: 0, lockedUntil: 0 };
      if (lockedUntil > now) return lockedOut(lockedUntil);
      const tries = wrong + 1;
      writeTries(staffId, tries, now + lockOutMs(tries));
      return ok(null);
    });

  async function byPin(staffId: string, pin: string): Promise<Result<StaffPerson, ProofRefusal>> {
    const person = people.withPin(staffId);
    // Ids that this store does not have are not counted: anybody could fill the disk with them.
    const counted = person ? await countTry(staffId) : ok(null);
    if (!counted.ok) return counted;
    const right = await isPin(pin, person?.pinHash ?? nobodysPin);
    if (!person || !right) return refuse('wrong-pin', 'The name or the PIN is wrong.', { next: 'Try again.' });
    await journal.write(() => {
      forgetTries(staffId);
      return ok(null);
    });
    const { id, name, role } = person;
    return ok({ id, name, role });
  }

  return async ({ staffId, pin, badge }) => {
    if (badge !== undefined) {
      const person = people.byBadge(badge);
      return person
        ? ok(person)
        : refuse('wrong-badge', 'No badge of this store’s people.', { next: 'Sign in by name and PIN.' });
    }
    if (staffId === undefined || pin === undefined)
      return refuse('proof-missing', 'A person and a PIN, or a badge, must be given.', {
        field: staffId === undefined ? 'staffId' : 'pin',
        next: 'Choose a name and enter the PIN, or scan a badge.',
      });
    return byPin(staffId, pin);
  };
}

const lockedOut = (until: number) =>
  refuse('locked-out', 'Too many wrong PINs. This person waits before trying again.', {
    field: 'pin',
    next: 'Wait, or let another person sign in.',
    facts: { until: isoTime(until) },
  });
