// The books: entries of balanced postings, never edited. Triggers in the migrations refuse an unbalanced statement and any change.
import { index, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Account } from '../../rules/posting.ts';
import { at, id, whole, words } from './columns.ts';

export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    storeId: id(),
    /** The id of the fact or command that it books: booking twice is the same as once. */
    id: id(),
    /** The sale, payment or other thing that it is about. */
    source: id(),
    businessDate: words(),
    occurredAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.id] }),
    index('ledger_entries_by_time').on(table.occurredAt, table.id),
    index('ledger_entries_by_store_time').on(table.storeId, table.occurredAt, table.id),
    index('ledger_entries_by_source').on(table.source),
  ],
);

export const postings = pgTable(
  'postings',
  {
    storeId: id(),
    entryId: id(),
    line: whole(),
    account: words().$type<Account>(),
    currency: words(),
    amount: whole(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.entryId, table.line] })],
);

/** The sum of the postings, kept with them. */
export const ledgerBalances = pgTable(
  'ledger_balances',
  {
    storeId: id(),
    account: words().$type<Account>(),
    currency: words(),
    balance: whole(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.account, table.currency] })],
);
