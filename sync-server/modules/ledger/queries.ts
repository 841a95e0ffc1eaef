// Reads of the books: balances, and the entries that explain them.
import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { ledgerBalances, ledgerEntries, postings } from '#schema/tables/central/ledger';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

export const listBalances = (db: Drizzle, { storeId }: { storeId?: string }) =>
  db
    .select({
      storeId: ledgerBalances.storeId,
      account: ledgerBalances.account,
      currency: ledgerBalances.currency,
      balance: ledgerBalances.balance,
    })
    .from(ledgerBalances)
    .where(storeId === undefined ? undefined : eq(ledgerBalances.storeId, storeId))
    .orderBy(asc(ledgerBalances.storeId), asc(ledgerBalances.account), asc(ledgerBalances.currency));

interface PostingLine {
  account: string;
  amount: number;
  currency: string;
}

interface EntryView {
  id: string;
  storeId: string;
  source: string;
  businessDate: string;
  occurredAt: string;
  postings: PostingLine[];
}

interface EntryQuery {
  storeId?: string;
  source?: string;
  limit?: string;
  after?: string;
}

export async function listEntries(db: Drizzle, query: EntryQuery): Promise<Result<Page<EntryView>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { storeId, id, source, businessDate, occurredAt } = ledgerEntries;
  const where: SQL[] = [];
  if (query.storeId !== undefined) where.push(eq(storeId, query.storeId));
  if (query.source !== undefined) where.push(eq(source, query.source));
  if (cursor.value) where.push(sql`(${occurredAt}, ${id}) < (${cursor.value[0]}, ${cursor.value[1]}::uuid)`);
  const rows = await db
    .select({ storeId, id, source, businessDate, occurredAt })
    .from(ledgerEntries)
    .where(and(...where))
    .orderBy(desc(occurredAt), desc(id))
    .limit(limit + 1);
  const lines = await postingsByEntry(db, rows);
  return ok(
    pageOf(
      rows,
      limit,
      (row) => [row.occurredAt, row.id],
      (row) => ({ ...row, occurredAt: isoTime(row.occurredAt), postings: lines.get(row.id) ?? [] }),
    ),
  );
}

type EntryKey = { storeId: string; id: string };

/** Both parts of the key are named, so that its index is used. */
async function postingsByEntry(db: Drizzle, entries: readonly EntryKey[]): Promise<Map<string, PostingLine[]>> {
  const byEntry = new Map<string, PostingLine[]>();
  if (entries.length === 0) return byEntry;
  const { storeId, entryId, account, amount, currency } = postings;
  const storeIds = [...new Set(entries.map((entry) => entry.storeId))];
  const entryIds = entries.map((entry) => entry.id);
  const rows = await db
    .select({ entryId, account, amount, currency })
    .from(postings)
    .where(and(inArray(storeId, storeIds), inArray(entryId, entryIds)))
    .orderBy(asc(entryId), asc(postings.line));
  for (const { entryId: entry, ...line } of rows) byEntry.set(entry, [...(byEntry.get(entry) ?? []), line]);
  return byEntry;
}

/** What one sale, payment or other thing meant in the books of its store. */
export const postingsOf = (db: Drizzle, storeId: string, source: string): Promise<PostingLine[]> =>
  db
    .select({ account: postings.account, amount: postings.amount, currency: postings.currency })
    .from(ledgerEntries)
    .innerJoin(postings, and(eq(postings.storeId, ledgerEntries.storeId), eq(postings.entryId, ledgerEntries.id)))
    .where(and(eq(ledgerEntries.storeId, storeId), eq(ledgerEntries.source, source)))
    .orderBy(asc(ledgerEntries.occurredAt), asc(postings.line));
