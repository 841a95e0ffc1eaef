// The one way into the books. An entry's id is that of the fact or command that it books, so booking it twice breaks its key.

import type { Posting } from '#schema/rules/posting';
import { ledgerBalances, ledgerEntries, postings } from '#schema/tables/central/ledger';
import { accumulateStatement } from '../../base/accumulate.ts';
import { insertStatement } from '../../base/bulk.ts';
import type { Tx } from '../../base/database.ts';
import { runOverlapped } from '../../base/overlap.ts';

export interface Entry {
  storeId: string;
  id: string;
  source: string;
  businessDate: string;
  occurredAt: number;
  postings: readonly Posting[];
}

/** Unbalanced postings, and any change of what is booked, are refused by the database. */
export async function bookEntries(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const rows = entries.flatMap(({ storeId, id, postings: of }) =>
    of.map((posting, line) => ({ storeId, entryId: id, line, ...posting })),
  );
  const heads = () =>
    entries.map(({ storeId, id, source, businessDate, occurredAt }) => ({ storeId, id, source, businessDate, occurredAt }));
  const sums = () => rows.map(({ storeId, account, currency, amount }) => ({ storeId, account, currency, balance: amount }));
  await runOverlapped(tx, [
    () => insertStatement(ledgerEntries, heads()),
    () => insertStatement(postings, rows),
    () => accumulateStatement(ledgerBalances, sums(), { keys: ['storeId', 'account', 'currency'], sums: ['balance'] }),
  ]);
}
