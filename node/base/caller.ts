// Who calls this node: one of its paired tills and whoever is signed in there, a program on its own machine, or anybody.
import { assert } from '#schema/values/assert';
import type { StaffPerson } from '#schema/wire/staff';

/** Who did something, for the fact that tells of it. */
export type Person = StaffPerson;

interface Till {
  id: string;
  code: string;
  name: string;
}

export type Caller =
  /** `person` is null where nobody is signed in. */
  { kind: 'till'; till: Till; person: Person | null } | { kind: 'machine'; till: Till; person: null } | { kind: 'anyone' };

/** For handlers of routes whose access rule lets only tills and the machine in. */
export function atTill(caller: Caller): { till: Till; person: Person | null } {
  assert(caller.kind !== 'anyone', 'the access rule of this route lets only tills in');
  return caller;
}
