// The customers of this store as its tills see them: those that the centre sent, and those that were added here and have not come back yet.
import { ageOn } from '#schema/rules/customer';
import type { StoreCustomer } from '#schema/wire/customer';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

export interface CustomerQueries {
  find(id: string): StoreCustomer | undefined;
  byContact(contact: { phone: string | null; email: string | null }): StoreCustomer | undefined;
  /** Each person once. */
  search(text: string, limit: number): StoreCustomer[];
  /** Full years on this date, as the centre saw them proven; undefined where nobody has. */
  provenAge(id: string, date: string): number | undefined;
  /** The commitment of one that was added here, and whether they were erased. */
  added(id: string): { commitment: string; erased: number } | undefined;
}

const everyone = `
  SELECT id, person_id AS personId, name, phone, email, born_on AS bornOn FROM customers WHERE name IS NOT NULL
  UNION ALL
  SELECT d.id, d.id, d.name, d.phone, d.email, NULL FROM customer_details d
  WHERE d.name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = d.id AND c.name IS NOT NULL)`;

const select = (rest: string) => `SELECT id, personId, name, phone, email, bornOn FROM (${everyone}) ${rest}`;

export function customerQueries(sqlite: Sqlite): CustomerQueries {
  const readOne = rowOf<StoreCustomer>(sqlite, select('WHERE id = ?'));
  const readPhone = rowOf<StoreCustomer>(sqlite, select('WHERE phone = ? ORDER BY id LIMIT 1'));
  const readEmail = rowOf<StoreCustomer>(sqlite, select('WHERE email = ? ORDER BY id LIMIT 1'));
  // The same person under two ids says the same under both; the older id stands for them.
  const readLike = rowsOf<StoreCustomer>(
    sqlite,
    `SELECT min(id) AS id, personId, name, phone, email, bornOn FROM (${everyone})
     WHERE name LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\' OR phone LIKE ? ESCAPE '\\'
     GROUP BY personId ORDER BY name, id LIMIT ?`,
  );
  const readAdded = rowOf<{ commitment: string; erased: number }>(
    sqlite,
    'SELECT commitment, erased FROM added_customers WHERE id = ?',
  );
  const find = (id: string) => readOne(id);
  return {
    find,
    byContact: ({ phone, email }) =>
      (phone === null ? undefined : readPhone(phone)) ?? (email === null ? undefined : readEmail(email)),
    search: (text, limit) => readLike(pattern(text), pattern(text), pattern(numberOf(text)), limit),
    provenAge(id, date) {
      const bornOn = find(id)?.bornOn;
      return bornOn ? ageOn(bornOn, date) : undefined;
    },
    added: (id) => readAdded(id),
  };
}

const pattern = (text: string): string => `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;

/** Numbers are kept with their country and without gaps; people type them with a zero in front and gaps. */
const numberOf = (text: string): string =>
  /^[\d\s().+\-/]+$/.test(text) ? text.replace(/[\s().\-/]/g, '').replace(/^0+/, '') : text;
