// The people of this store as the centre last told of them. Who left is not among them. Reads only.
import { textHash } from '#schema/facts/chain';
import { badgeText } from '#schema/rules/staff';
import type { StaffPerson } from '#schema/wire/staff';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface People {
  /** A store without staff asks nobody to sign in. */
  any(): boolean;
  list(): StaffPerson[];
  withPin(staffId: string): (StaffPerson & { pinHash: string }) | undefined;
  byBadge(badge: string): StaffPerson | undefined;
}

export function openPeople(sqlite: Sqlite): People {
  const readAny = rowOf<{ found: number }>(sqlite, 'SELECT 1 AS found FROM staff WHERE active = 1 LIMIT 1');
  const readAll = rowsOf<StaffPerson>(sqlite, 'SELECT id, name, role FROM staff WHERE active = 1 ORDER BY name, id');
  const readOne = rowOf<StaffPerson & { pinHash: string }>(
    sqlite,
    'SELECT id, name, role, pin_hash AS pinHash FROM staff WHERE id = ? AND active = 1',
  );
  const readBadge = rowOf<StaffPerson>(sqlite, 'SELECT id, name, role FROM staff WHERE badge_hash = ? AND active = 1');
  return {
    any: () => readAny() !== undefined,
    list: () => readAll(),
    withPin: (staffId) => readOne(staffId),
    byBadge: (badge) => readBadge(textHash(badgeText(badge))),
  };
}
