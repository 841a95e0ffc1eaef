// Vouchers as the stores' facts tell of them: each holds one unit of stock until it is poured or given back.
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Clearance, VoucherState } from '../../rules/voucher.ts';
import { at, id, whole, words } from './columns.ts';

export const vouchers = pgTable(
  'vouchers',
  {
    storeId: id(),
    id: id(),
    orderId: uuid(),
    lineId: uuid(),
    /** Which of the line's units. */
    unit: integer(),
    /** Of a unit that no line paid for, its first voucher. */
    firstId: id(),
    businessDate: words(),
    productId: id(),
    dispenserId: id(),
    serial: whole(),
    expiresAt: at(),
    state: words().$type<VoucherState>(),
    cleared: text().$type<Clearance>(),
    /** Whether its unit's money went back. */
    refunded: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('vouchers_by_order').on(table.storeId, table.orderId),
    index('vouchers_by_day').on(table.storeId, table.businessDate),
  ],
);
