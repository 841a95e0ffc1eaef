// Reads of customers: one person, whatever id is asked for.
import { and, asc, eq, ilike, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { customers } from '#schema/tables/central/customer';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { Customer } from '#schema/wire/customer';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle } from '../../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../../base/page.ts';

const personRow = {
  id: customers.id,
  name: customers.name,
  phone: customers.phone,
  email: customers.email,
  bornOn: customers.bornOn,
  ageVerifiedAt: customers.ageVerifiedAt,
  version: customers.version,
  erasedAt: customers.erasedAt,
};

type PersonRow = Omit<Customer, 'entries' | 'ageVerifiedAt' | 'erasedAt'> & {
  ageVerifiedAt: number | null;
  erasedAt: number | null;
};

interface CustomerQuery {
  q?: string;
  storeId?: string;
  limit?: string;
  after?: string;
}

const isPerson = eq(customers.id, customers.personId);

export async function listCustomers(db: Drizzle, query: CustomerQuery): Promise<Result<Page<Customer>, 'bad-cursor'>> {
  const cursor = readCursor<[string, string]>(query.after, ['string', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const where: (SQL | undefined)[] = [isPerson, isNotNull(customers.name), matches(query.q), ofStore(db, query.storeId)];
  if (cursor.value) where.push(sql`(${customers.name}, ${customers.id}) > (${cursor.value[0]}, ${cursor.value[1]})`);
  const rows = await db
    .select(personRow)
    .from(customers)
    .where(and(...where))
    .orderBy(asc(customers.name), asc(customers.id))
    .limit(limit + 1);
  const { items, next } = pageOf(
    rows,
    limit,
    ({ name, id }) => [name ?? '', id],
    (row) => row,
  );
  return ok({ items: await withEntries(db, items), next });
}

function matches(text = ''): SQL | undefined {
  if (text.trim() === '') return undefined;
  const pattern = `%${text
    .trim()
    .replaceAll('\0', '')
    .replace(/[\\%_]/g, '\\$&')}%`;
  return or(ilike(customers.name, pattern), ilike(customers.phone, pattern), ilike(customers.email, pattern));
}

const ofStore = (db: Drizzle, storeId: string | undefined): SQL | undefined =>
  storeId === undefined
    ? undefined
    : inArray(customers.id, db.select({ id: customers.personId }).from(customers).where(eq(customers.storeId, storeId)));

/** One more query for the whole page. */
async function withEntries(db: Drizzle, rows: readonly PersonRow[]): Promise<Customer[]> {
  if (rows.length === 0) return [];
  const { id, storeId, personId, addedAt } = customers;
  const entries = await db
    .select({ id, storeId, personId, addedAt })
    .from(customers)
    .where(
      inArray(
        personId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(addedAt), asc(id));
  return rows.map(({ ageVerifiedAt, erasedAt, ...row }) => ({
    ...row,
    ageVerifiedAt: ageVerifiedAt === null ? null : isoTime(ageVerifiedAt),
    erasedAt: erasedAt === null ? null : isoTime(erasedAt),
    entries: entries
      .filter((entry) => entry.personId === row.id)
      .map((entry) => ({ id: entry.id, storeId: entry.storeId, addedAt: isoTime(entry.addedAt) })),
  }));
}

/** By any id that a till or the centre gave. */
export async function findCustomer(db: Drizzle, id: string): Promise<Customer | undefined> {
  const personOf = db.select({ id: customers.personId }).from(customers).where(eq(customers.id, id));
  const rows = await db.select(personRow).from(customers).where(inArray(customers.id, personOf));
  const [customer] = await withEntries(db, rows);
  return customer;
}
