// What every answer must know of its table, read together with the answer's rows so that the two can never disagree.
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Database, Drizzle } from '../../base/database.ts';
import { sqlState } from '../../base/sql-state.ts';
import { transaction } from '../../base/transaction.ts';
import { commitLock } from './install.ts';

export interface TableState {
  fingerprint: string;
  /** False when the table, its columns or our triggers are not what was noted; then it must be followed anew. */
  intact: boolean;
  generation: number;
  /** New readers get the table as it was at this position, and the log from there; null until the first of them asks. */
  base: number | null;
  base_snapshot: string | null;
  /** Changes up to here are forgotten: a cursor before it cannot go on. */
  pruned_to: number;
  /** The last commit that changed this table. */
  head: number;
}

/** One row, or none for a table that is not followed yet. */
export const tableStateSql = (relation: string): string => `
  SELECT t.fingerprint, t.fingerprint IS NOT DISTINCT FROM shape_log.fingerprint(t.relation) AS intact,
    t.generation, t.base, t.base_snapshot, t.pruned_to,
    coalesce((SELECT max(c.position) FROM shape_log.commits c WHERE c.relation = t.relation), 0) AS head
  FROM shape_log.tables t WHERE t.relation = ${pg.escapeLiteral(relation)}`;

export async function readTableState(db: Drizzle, relation: string): Promise<TableState | undefined> {
  const found = await db.execute(sql.raw(tableStateSql(relation)));
  return found.rows[0] as unknown as TableState | undefined;
}

/** True when more than `limit` changes have come since: a new reader is then better served from a later base. */
export async function hasLongTail(db: Drizzle, relation: string, base: number, limit: number): Promise<boolean> {
  const found = await db.execute(sql`SELECT count(*) AS changes FROM (
    SELECT 1 FROM shape_log.commits c CROSS JOIN LATERAL (
      SELECT 1 FROM shape_log.changes h WHERE h.relation = c.relation AND h.txid = c.txid LIMIT ${limit + 1}) AS h
    WHERE c.relation = ${relation} AND c.position > ${base} LIMIT ${limit + 1}) AS tail`);
  return Number(found.rows[0]?.changes) > limit;
}

/**
 * Gives new readers a later base. Under the commit lock every smaller position has committed, so whoever reads the table
 * afterwards sees all of them; taking a position of its own makes the new handle differ from every older one.
 */
export async function moveBase(database: Database, relation: string, seenBase: number | null): Promise<void> {
  await transaction(database, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${commitLock})`);
    await tx.execute(sql`UPDATE shape_log.tables
      SET base = nextval('shape_log.positions'), base_snapshot = pg_current_snapshot()::text
      WHERE relation = ${relation} AND base IS NOT DISTINCT FROM ${seenBase}`);
  });
}

/** Can a reader whose snapshot and cursor stand at these positions go on? */
export function canFollow(state: TableState, base: number, position: number): boolean {
  // Beyond the head (plus the gap after it) there is nothing that this database can have told anybody: it was restored.
  const newest = Math.max(state.head, state.base ?? 0) + 1;
  return position >= state.pruned_to && position <= newest && base <= newest;
}

/** A shape that is checked names columns; when one is dropped or gets another type, the statement fails before it can say so. */
export async function unlessTableChanged<T>(
  read: () => Promise<T>,
  db: Drizzle,
  { table, fingerprint }: { table: { relation: string }; fingerprint: string },
): Promise<T | undefined> {
  try {
    return await read();
  } catch (fault) {
    if (!/^(22|42)/.test(sqlState(fault) ?? '')) throw fault;
    const state = await readTableState(db, table.relation);
    if (state?.intact && state.fingerprint === fingerprint) throw fault;
    return undefined;
  }
}
