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

/** Keeps an entry and finds its person: by phone before e-mail, as families share an address more often than a number. */
export async function keepEntry(tx: Tx, entry: Entry): Promise<void> {
  await takeTurn(tx);
  const byPhone = await personBy(tx, 'phone', entry.phone, entry.id);
  const byEmail = await personBy(tx, 'email', entry.email, entry.id);
  const person = byPhone ?? byEmail;
  if (!person) return writeEntry(tx, entry, { personId: entry.id, version: 1, ...contactOf(entry) });
  // What the person does not have yet is learned, unless it is somebody else's.
  const email = person.email ?? (byEmail === undefined ? entry.email : null);
  const phone = person.phone ?? entry.phone;
  const learned = { name: person.name, phone, email, bornOn: person.bornOn, ageVerifiedAt: person.ageVerifiedAt };
  if (phone !== person.phone || email !== person.email) await changePerson(tx, person.id, { phone, email });
  await writeEntry(tx, entry, { personId: person.id, version: person.version, ...learned });
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
