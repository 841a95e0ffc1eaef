// The changes after a cursor, filtered and typed by Postgres, in commit order, with the table's state in the same statement.
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Drizzle } from '../../base/database.ts';
import type { ShapeDefinition } from './definition.ts';
import { keySql, valueSql } from './row-sql.ts';
import { quoteName } from './table.ts';
import { type TableState, tableStateSql } from './table-state.ts';

/** One change as this shape sees it: a side that lies outside the filter, or does not exist, is not `inside`. */
export interface LogRow {
  position: number;
  step: number;
  txid: number;
  key_before: string | null;
  key_after: string | null;
  /** JSON objects of texts. */
  value_before: string | null;
  value_after: string | null;
  was_inside: boolean | null;
  is_inside: boolean | null;
  /** The position of the next change that this shape sees, null at the end of the log. */
  next_position: number | null;
}

export interface LogRead {
  state: TableState | undefined;
  rows: LogRow[];
  /** The log goes on from this position, unread; null when these rows are all there is. */
  window_end: number | null;
}

export interface LogPlace {
  position: number;
  step: number;
  mostRows: number;
  mostBytes: number;
}

/** The most commits that one statement looks through, so that its work has a bound when a filter lets little pass. */
const commitsAtATime = 500;

export async function readLog(db: Drizzle, shape: ShapeDefinition, place: LogPlace): Promise<LogRead> {
  const relation = pg.escapeLiteral(shape.table.relation);
  const end = `SELECT c.position FROM shape_log.commits c WHERE c.relation = ${relation} AND c.position >= ${place.position}
    ORDER BY c.position OFFSET ${commitsAtATime} LIMIT 1`;
  const text = `WITH state AS MATERIALIZED (SELECT state.*, (${end}) AS window_end FROM (${tableStateSql(shape.table.relation)}) AS state)
    SELECT state.*, log.* FROM state LEFT JOIN LATERAL (${logSql(shape, place, relation)}) AS log ON true ORDER BY log.rank`;
  const { rows } = await db.execute(sql.raw(text));
  const found = rows as unknown as (TableState & { window_end: number | null } & (LogRow | { position: null }))[];
  return {
    state: found[0],
    rows: found.filter((row): row is (typeof found)[number] & LogRow => row.position !== null),
    window_end: found[0]?.window_end ?? null,
  };
}

function logSql(shape: ShapeDefinition, { position, step, mostRows, mostBytes }: LogPlace, relation: string): string {
  // One row more than is answered tells whether the last one ends its commit. Each commit is looked up by itself (OFFSET 0 keeps
  // the planner from another order of joining), in the order of its changes, and no further than the answer can need.
  return `
    SELECT counted.* FROM (
      SELECT seen.*, lead(seen.position) OVER in_order AS next_position, row_number() OVER in_order AS rank,
        sum(seen.size) OVER in_order - seen.size AS bytes_before
      FROM (
        SELECT c.position, h.* FROM (
          SELECT c.position, c.txid, c.first_id FROM shape_log.commits c
          WHERE c.relation = ${relation} AND c.position >= ${position} AND (state.window_end IS NULL OR c.position < state.window_end)
          ORDER BY c.position OFFSET 0
        ) AS c CROSS JOIN LATERAL (
          SELECT h.id - c.first_id AS step, h.txid::text::int8 AS txid,
            o.key AS key_before, o.value AS value_before, o.inside AS was_inside,
            n.key AS key_after, n.value AS value_after, n.inside AS is_inside,
            coalesce(length(o.value), 0) + coalesce(length(n.value), 0) AS size
          FROM shape_log.changes h
          LEFT JOIN LATERAL (${sideSql(shape, 'h.old')}) AS o ON h.old IS NOT NULL
          LEFT JOIN LATERAL (${sideSql(shape, 'h.new')}) AS n ON h.new IS NOT NULL
          WHERE h.relation = ${relation} AND h.txid = c.txid
            AND h.id > CASE WHEN c.position = ${position} THEN c.first_id + ${step} ELSE -1 END
            AND (o.inside OR n.inside)
            -- A change to columns outside the shape is not seen.
            AND NOT coalesce(o.inside AND n.inside AND o.value = n.value, false)
          ORDER BY h.id LIMIT ${mostRows + 1}
        ) AS h
        ORDER BY c.position, h.step LIMIT ${mostRows + 1}
      ) AS seen WINDOW in_order AS (ORDER BY seen.position, seen.step)
    ) AS counted WHERE counted.rank <= ${mostRows} AND counted.bytes_before < ${mostBytes}`;
}

/** The row as it was or became, with the table's own name, so that the filter reads it like a row of the table. */
function sideSql({ table, columns, filter }: ShapeDefinition, json: string): string {
  const { name, relation } = table;
  return `SELECT ${keySql(table, name)} AS key, ${valueSql(columns, name, 'log')} AS value, (${filter}) IS TRUE AS inside
    FROM jsonb_populate_record(NULL::${relation}, ${json}) AS ${quoteName(name)}`;
}
