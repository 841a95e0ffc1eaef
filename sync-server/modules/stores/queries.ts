// Reads of stores, the nodes that speak for them, and what the centre asked them to do.
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { completeSettings, type StoreSettings } from '#schema/rules/settings';
import { journalHeads } from '#schema/tables/central/journal';
import { directives, nodes, stores } from '#schema/tables/central/store';
import type { Currency } from '#schema/values/currency';
import { ok, type Result } from '#schema/values/result';
import { businessDate, isoTime } from '#schema/values/time';
import { limitOf } from '#schema/wire/parts';
import type { Store } from '#schema/wire/store';
import type { Drizzle } from '../../base/database.ts';
import { type Page, pageOf, readCursor } from '../../base/page.ts';

const selectStores = (db: Drizzle) =>
  db
    .select({
      store: stores,
      node: { id: nodes.id, lastSeenAt: nodes.lastSeenAt, waiting: nodes.waiting },
    })
    .from(stores)
    .leftJoin(nodes, and(eq(nodes.storeId, stores.id), isNull(nodes.revokedAt)));

type StoreRow = Awaited<ReturnType<typeof selectStores>>[number];

/** A store's currency is one that it was added with, so it is known. */
export const settingsOf = ({ currency, settings }: { currency: string; settings: StoreSettings }): StoreSettings =>
  completeSettings(currency as Currency, settings);

/** The business day of the store at this moment, by its own clock. */
export const businessDayAt = (at: number, store: { currency: string; timeZone: string; settings: StoreSettings }): string =>
  businessDate(at, store.timeZone, settingsOf(store).cutOverHour);

const storeOf = ({ store, node }: StoreRow): Store => ({
  ...store,
  settings: settingsOf(store),
  createdAt: isoTime(store.createdAt),
  node: node && { ...node, lastSeenAt: node.lastSeenAt === null ? null : isoTime(node.lastSeenAt) },
});

export async function listStores(
  db: Drizzle,
  query: { limit?: string; after?: string },
): Promise<Result<Page<Store>, 'bad-cursor'>> {
  const cursor = readCursor<[string]>(query.after, ['string']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const rows = await selectStores(db)
    .where(cursor.value && gt(stores.code, cursor.value[0]))
    .orderBy(asc(stores.code))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, ({ store }) => [store.code], storeOf));
}

export async function findStore(db: Drizzle, id: string): Promise<Store | undefined> {
  const [row] = await selectStores(db).where(eq(stores.id, id));
  return row && storeOf(row);
}

export async function storeExists(db: Drizzle, id: string): Promise<boolean> {
  const [row] = await db.select({ id: stores.id }).from(stores).where(eq(stores.id, id));
  return row !== undefined;
}

export interface KnownNode {
  id: string;
  storeId: string;
  publicKey: string;
  revokedAt: number | null;
}

/** A change wakes all nodes at once, and each asks again with its token: together they are one query. */
export const findNodes = async (db: Drizzle, ids: readonly string[]): Promise<Map<string, KnownNode>> => {
  const rows = await db
    .select({ id: nodes.id, storeId: nodes.storeId, publicKey: nodes.publicKey, revokedAt: nodes.revokedAt })
    .from(nodes)
    .where(inArray(nodes.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
};

/** How far a store's facts are stored and acknowledged. */
export async function journalPosition(db: Drizzle, storeId: string): Promise<{ generation: number; seq: number } | undefined> {
  const [row] = await db
    .select({ generation: journalHeads.generation, seq: journalHeads.seq })
    .from(journalHeads)
    .where(eq(journalHeads.storeId, storeId));
  return row;
}

export async function findDirective(db: Drizzle, id: string) {
  const [row] = await db
    .select({
      directiveId: directives.id,
      state: directives.state,
      storeId: directives.storeId,
      kind: directives.kind,
      issuedAt: directives.issuedAt,
      answeredAt: directives.answeredAt,
      code: directives.code,
      detail: directives.detail,
    })
    .from(directives)
    .where(eq(directives.id, id));
  if (!row) return undefined;
  return { ...row, issuedAt: isoTime(row.issuedAt), answeredAt: row.answeredAt === null ? null : isoTime(row.answeredAt) };
}
