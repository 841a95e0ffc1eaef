// Reads of what came up: the exceptions that wait for a person, and the journals with their witnesses.
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { users } from '#schema/tables/central/identity';
import { exceptions, journal, quarantine } from '#schema/tables/central/journal';
import { stores } from '#schema/tables/central/store';
import { ok, type Result } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { Exception } from '#schema/wire/exception';
import { limitOf } from '#schema/wire/parts';
import type { QuarantinedFact } from '#schema/wire/recovery';
import type { JournalRow } from '#schema/wire/sync';
import type { Drizzle } from '../base/database.ts';
import { type Page, pageOf, readCursor } from '../base/page.ts';

const exceptionRow = {
  id: exceptions.id,
  storeId: exceptions.storeId,
  storeCode: stores.code,
  module: exceptions.module,
  code: exceptions.code,
  detail: exceptions.detail,
  state: exceptions.state,
  generation: exceptions.generation,
  seq: exceptions.seq,
  factId: exceptions.factId,
  kind: exceptions.kind,
  openedAt: exceptions.openedAt,
  closedAt: exceptions.closedAt,
  closedBy: users.login,
  note: exceptions.note,
};

const selectExceptions = (db: Drizzle) =>
  db
    .select(exceptionRow)
    .from(exceptions)
    .innerJoin(stores, eq(stores.id, exceptions.storeId))
    .leftJoin(users, eq(users.id, exceptions.closedBy));

type ExceptionRow = Awaited<ReturnType<typeof selectExceptions>>[number];

function exceptionOf({ generation, seq, factId, kind, openedAt, closedAt, ...rest }: ExceptionRow): Exception {
  const fact = { generation, seq, id: factId, kind };
  return { ...rest, fact, openedAt: isoTime(openedAt), closedAt: closedAt === null ? null : isoTime(closedAt) };
}

interface ExceptionQuery {
  state?: string;
  storeId?: string;
  limit?: string;
  after?: string;
}

export async function listExceptions(db: Drizzle, query: ExceptionQuery): Promise<Result<Page<Exception>, 'bad-cursor'>> {
  const cursor = readCursor<[number, string]>(query.after, ['number', 'id']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const states = query.state === undefined ? (['open', 'waiting'] as const) : [query.state as ExceptionRow['state']];
  const where: (SQL | undefined)[] = [inArray(exceptions.state, states)];
  if (query.storeId !== undefined) where.push(eq(exceptions.storeId, query.storeId));
  if (cursor.value) where.push(sql`(${exceptions.openedAt}, ${exceptions.id}) > (${cursor.value[0]}, ${cursor.value[1]}::uuid)`);
  const rows = await selectExceptions(db)
    .where(and(...where))
    .orderBy(asc(exceptions.openedAt), asc(exceptions.id))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, ({ openedAt, id }) => [openedAt, id], exceptionOf));
}

export async function findException(db: Drizzle, id: string): Promise<Exception | undefined> {
  const [row] = await selectExceptions(db).where(eq(exceptions.id, id));
  return row && exceptionOf(row);
}

interface QuarantineQuery {
  state?: QuarantinedFact['state'];
  storeId?: string;
  limit?: string;
  after?: string;
}

export async function listQuarantine(
  db: Drizzle,
  { state = 'held', storeId, ...query }: QuarantineQuery,
): Promise<Result<Page<QuarantinedFact>, 'bad-cursor'>> {
  const cursor = readCursor<[string, string, number, number]>(query.after, ['id', 'id', 'number', 'number']);
  if (!cursor.ok) return cursor;
  const limit = limitOf(query);
  const { storeId: store, nodeId, generation, seq } = quarantine;
  const where: (SQL | undefined)[] = [eq(quarantine.state, state)];
  if (storeId !== undefined) where.push(eq(store, storeId));
  if (cursor.value) {
    const [afterStore, afterNode, afterGeneration, afterSeq] = cursor.value;
    where.push(
      sql`(${store}, ${nodeId}, ${generation}, ${seq}) > (${afterStore}::uuid, ${afterNode}::uuid, ${afterGeneration}, ${afterSeq})`,
    );
  }
  const rows = await db
    .select({ held: quarantine, storeCode: stores.code, decidedBy: users.login })
    .from(quarantine)
    .innerJoin(stores, eq(stores.id, store))
    .leftJoin(users, eq(users.id, quarantine.decidedBy))
    .where(and(...where))
    .orderBy(asc(store), asc(nodeId), asc(generation), asc(seq))
    .limit(limit + 1);
  return ok(pageOf(rows, limit, ({ held }) => [held.storeId, held.nodeId, held.generation, held.seq], quarantinedOf));
}

function quarantinedOf({
  held,
  storeCode,
  decidedBy,
}: {
  held: typeof quarantine.$inferSelect;
  storeCode: string;
  decidedBy: string | null;
}): QuarantinedFact {
  const { storeId, nodeId, generation, seq, id, kind, text, occurredAt, receivedAt, state, decidedAt, note } = held;
  return {
    storeId,
    storeCode,
    nodeId,
    fact: { generation, seq, id, kind, text },
    occurredAt: isoTime(occurredAt),
    receivedAt: isoTime(receivedAt),
    state,
    decidedAt: decidedAt === null ? null : isoTime(decidedAt),
    decidedBy,
    note,
  };
}

export async function readJournal(
  db: Drizzle,
  storeId: string,
  { after = '0.0', limit = '500' }: { after?: string; limit?: string },
): Promise<{ items: JournalRow[]; next: string | null }> {
  const [generation = 0, seq = 0] = after.split('.').map(Number);
  const most = Math.max(1, Math.min(1_000, Number(limit)));
  const rows = await db
    .select({ generation: journal.generation, seq: journal.seq, hash: journal.hash, text: journal.text })
    .from(journal)
    .where(and(eq(journal.storeId, storeId), sql`(${journal.generation}, ${journal.seq}) > (${generation}, ${seq})`))
    .orderBy(asc(journal.generation), asc(journal.seq))
    .limit(most + 1);
  const items = rows.slice(0, most);
  const last = items.at(-1);
  return { items, next: rows.length > most && last ? `${last.generation}.${last.seq}` : null };
}
