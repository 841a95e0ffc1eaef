// Keeps the change log bounded: a sweep forgets the oldest commits; whoever still stood before them starts again with a 409.
import { sql } from 'drizzle-orm';
import type { Database, Tx } from '../../base/database.ts';
import { transaction } from '../../base/transaction.ts';
import { usualLimits } from './limits.ts';

export interface PruneLimits {
  /** The newest changes of each table that stay, however old they are. */
  keepChanges: number;
  /** The newest positions that stay. Quiet readers move on in strides, so two strides at least must. */
  keepPositions: number;
  /** Commits that one call forgets in each table, so that it holds no row for long. */
  mostCommits: number;
}

export const usualPruneLimits: PruneLimits = { keepChanges: 100_000, keepPositions: 4 * usualLimits.stride, mostCommits: 5000 };

/** Answers how many changes were forgotten; more than none means that there may be more. */
export async function pruneChangeLog(database: Database, limits: PruneLimits): Promise<number> {
  const tables = await database.db.execute(sql`SELECT relation FROM shape_log.tables ORDER BY relation`);
  let forgotten = 0;
  for (const { relation } of tables.rows as { relation: string }[])
    forgotten += await transaction(database, (tx) => pruneTable(tx, relation, limits));
  return forgotten;
}

async function pruneTable(tx: Tx, relation: string, limits: PruneLimits): Promise<number> {
  // Servers sweep at the same time; the second finds the row taken and leaves the table for later.
  const claimed = await tx.execute(
    sql`SELECT relation FROM shape_log.tables WHERE relation = ${relation} FOR UPDATE SKIP LOCKED`,
  );
  if (claimed.rows.length === 0) return 0;
  const cut = await lastForgotten(tx, relation, limits);
  if (cut === undefined) return 0;
  const deleted = await tx.execute(sql`WITH old_commits AS (
      DELETE FROM shape_log.commits WHERE relation = ${relation} AND position <= ${cut} RETURNING relation, txid
    ), old_changes AS (
      DELETE FROM shape_log.changes h USING old_commits c WHERE h.relation = c.relation AND h.txid = c.txid RETURNING 1
    ) SELECT count(*) AS changes FROM old_changes`);
  // A base before the cut cannot be shown any more: the next new reader gets a later one.
  await tx.execute(sql`UPDATE shape_log.tables SET pruned_to = ${cut}, base = CASE WHEN base >= ${cut} THEN base END
    WHERE relation = ${relation}`);
  await tx.execute(sql`DELETE FROM shape_log.chunk_ends WHERE relation = ${relation} AND base < ${cut}`);
  return Number(deleted.rows[0]?.changes);
}

/** The last commit of the oldest ones that may go now; undefined when all must stay. */
async function lastForgotten(tx: Tx, relation: string, limits: PruneLimits): Promise<number | undefined> {
  // The commit with the first change too many stays too: it may hold changes that must.
  const found = await tx.execute(sql`SELECT max(position) AS cut FROM (
    SELECT c.position FROM shape_log.commits c WHERE c.relation = ${relation}
      AND c.position < (SELECT l.position FROM shape_log.commits l
        JOIN shape_log.changes h ON h.relation = l.relation AND h.txid = l.txid
        WHERE l.relation = ${relation} ORDER BY l.position DESC OFFSET ${limits.keepChanges} LIMIT 1)
      AND c.position < (SELECT max(l.position) FROM shape_log.commits l WHERE l.relation = ${relation}) - ${limits.keepPositions}
    ORDER BY c.position LIMIT ${limits.mostCommits}) AS oldest`);
  return (found.rows[0] as { cut: number | null } | undefined)?.cut ?? undefined;
}
