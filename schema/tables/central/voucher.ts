// Vouchers as the stores' facts tell of them: each holds one unit of stock until it is poured or given back.
import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import type { VoucherState } from '../../rules/voucher.ts';
import { at, id, whole, words } from './columns.ts';

export const vouchers = pgTable(
  'vouchers',
  {
    storeId: id(),
    id: id(),
    orderId: uuid(),
    productId: id(),
    dispenserId: id(),
    serial: whole(),
    expiresAt: at(),
    state: words().$type<VoucherState>(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.id] }), index('vouchers_by_order').on(table.storeId, table.orderId)],
);
