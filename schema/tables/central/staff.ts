// The people of a store's tills. Their store's node receives them as a shape: only hashes of PINs and badges are kept.
import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import type { StaffRole } from '../../rules/staff.ts';
import { at, id, whole, words } from './columns.ts';
import { stores } from './store.ts';

export const staff = pgTable(
  'staff',
  {
    id: id().primaryKey(),
    storeId: id().references(() => stores.id),
    name: words(),
    role: words().$type<StaffRole>(),
    pinHash: words(),
    badgeHash: text().unique(),
    active: boolean().notNull().default(true),
    version: whole(),
    createdAt: at(),
  },
  (table) => [index('staff_by_store').on(table.storeId, table.name)],
);
