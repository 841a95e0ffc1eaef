// Pickups: what was bought elsewhere and comes out of a store's dispenser, unit by unit.
import { index, pgTable, primaryKey, unique, uuid } from 'drizzle-orm/pg-core';
import { at, id, whole, words } from './columns.ts';

export const pickups = pgTable(
  'pickups',
  {
    storeId: id(),
    id: id(),
    reference: words(),
    askedAt: at(),
    askedBy: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    unique('pickups_by_id').on(table.id),
    index('pickups_by_time').on(table.askedAt, table.id),
  ],
);

/** Each try to have a unit poured is a voucher of its own; of one unit the last counts. */
export const pickupUnits = pgTable(
  'pickup_units',
  {
    storeId: id(),
    pickupId: id(),
    unit: whole(),
    attempt: whole(),
    productId: id(),
    voucherId: id().unique(),
    directiveId: id(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.pickupId, table.unit, table.attempt] })],
);
