// One person, however often they were added: whoever comes with a phone number or an e-mail address that somebody has is that somebody.
import { and, eq, ne, sql } from 'drizzle-orm';
import { customers } from '#schema/tables/central/customer';
import type { Tx } from '../../../base/database.ts';

export interface Entry {
  id: string;
  storeId: string;
  name: string;
  phone: string | null;
  email: string | null;
  commitment: string | null;
  addedAt: number;
  addedBy: string | null;
}

type Person = typeof customers.$inferSelect;

/** Two that are added at once take turns, or both would find nobody. */
const takeTurn = (tx: Tx) => tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('lapak-customers'))`);

export async function personBy(
  tx: Tx,
  column: 'phone' | 'email',
  value: string | null,
  except: string,
): Promise<Person | undefined> {
  if (value === null) return undefined;
  const [row] = await tx
    .select()
    .from(customers)
    .where(and(eq(customers[column], value), eq(customers.id, customers.personId), ne(customers.id, except)));
  return row;
}

/** Keeps an entry and finds its person. Where it has the number of one and the address of another, those two are one from now on, so that
 * it makes no difference in which order stores tell. */
export async function keepEntry(tx: Tx, entry: Entry): Promise<void> {
  await takeTurn(tx);
  const found = [await personBy(tx, 'phone', entry.phone, entry.id), await personBy(tx, 'email', entry.email, entry.id)];
  const [person, other] = inOrder(found);
  if (!person) return writeEntry(tx, entry, { personId: entry.id, version: 1, ...contactOf(entry) });
  if (other) await tx.update(customers).set({ personId: person.id }).where(eq(customers.personId, other.id));
  const known = { ...whoIs(person), ...learned(person, other, entry) };
  if (other || known.phone !== person.phone || known.email !== person.email) await changePerson(tx, person.id, known);
  await writeEntry(tx, entry, { personId: person.id, version: person.version, ...known });
}

/** Each once, the longest known first. */
function inOrder(found: readonly (Person | undefined)[]): Person[] {
  const people = new Map(found.filter((person) => person !== undefined).map((person) => [person.id, person]));
  return [...people.values()].sort((left, right) => left.addedAt - right.addedAt || (left.id < right.id ? -1 : 1));
}

const whoIs = ({ name, bornOn, ageVerifiedAt, ageVerifiedBy }: Person) => ({ name, bornOn, ageVerifiedAt, ageVerifiedBy });

/** What the person has not, from whoever they turned out to be. */
function learned(person: Person, other: Person | undefined, entry: Entry) {
  const age = person.bornOn === null && other ? whoIs(other) : whoIs(person);
  return {
    phone: person.phone ?? other?.phone ?? entry.phone,
    email: person.email ?? other?.email ?? entry.email,
    bornOn: age.bornOn,
    ageVerifiedAt: age.ageVerifiedAt,
    ageVerifiedBy: age.ageVerifiedBy,
  };
}

const contactOf = ({ name, phone, email }: Entry) => ({ name, phone, email });

type EntryRow = Omit<typeof customers.$inferInsert, 'id' | 'storeId' | 'addedAt'>;

/** The row may be there already, from the fact that came before who it is. */
async function writeEntry(tx: Tx, entry: Entry, row: EntryRow): Promise<void> {
  const { id, storeId, commitment, addedAt, addedBy } = entry;
  await tx
    .insert(customers)
    .values({ id, storeId, commitment, addedAt, addedBy, ...row })
    .onConflictDoUpdate({ target: customers.id, set: { commitment, ...row } });
}

/** Every row of a person says the same. */
export async function changePerson(tx: Tx, personId: string, change: Partial<EntryRow>): Promise<void> {
  await tx
    .update(customers)
    .set({ ...change, version: sql`${customers.version} + 1` })
    .where(eq(customers.personId, personId));
}
