// Customers: one row for each id that a till or the centre gave. Rows of one person carry the same data, so that each store's shape has its
// own rows alone and still shows what is known; the row whose id is the person's own keeps phone and e-mail unique.
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, atOrNull, id, whole } from './columns.ts';
import { stores } from './store.ts';

export const customers = pgTable(
  'customers',
  {
    id: id().primaryKey(),
    storeId: id().references(() => stores.id),
    personId: id(),
    /** Null until the store has told it, and once erased. */
    name: text(),
    phone: text(),
    email: text(),
    bornOn: text(),
    ageVerifiedAt: atOrNull(),
    ageVerifiedBy: uuid(),
    /** Of the fact that added it at a till. */
    commitment: text(),
    addedAt: at(),
    addedBy: uuid(),
    version: whole(),
    erasedAt: atOrNull(),
  },
  (table) => [
    index('customers_by_store').on(table.storeId),
    index('customers_by_person').on(table.personId),
    index('customers_by_name').on(table.name, table.id).where(sql`id = person_id`),
    uniqueIndex('customers_one_phone').on(table.phone).where(sql`id = person_id`),
    uniqueIndex('customers_one_email').on(table.email).where(sql`id = person_id`),
  ],
);
