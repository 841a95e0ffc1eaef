// The first rows of a shape: the table as it was at the handle's base, in key order, in chunks of a bounded size.
//
// A handle promises one snapshot for ever, but nothing is stored for it: the rows of today, with the changes since the base undone,
// are the rows of then. The same chunk asked for again is the same bytes.
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { assert } from '#schema/values/assert';
import type { Database, Tx } from '../../base/database.ts';
import type { ShapeDefinition } from './definition.ts';
import { keySql, valueSql } from './row-sql.ts';
import { quoteName } from './table.ts';
import { type TableState, tableStateSql } from './table-state.ts';

export interface SnapshotChunk {
  state: TableState;
  body: Buffer;
  /** The key values of the last row as JSON, where the next chunk goes on; null when this one is the last. */
  lastKey: string | null;
}

export interface SnapshotPlace {
  base: number;
  /** `lastKey` of the chunk before, null for the first. */
  after: string | null;
  chunkBytes: number;
}

const rowsAtATime = 1000;

/** Rows and position in one repeatable-read transaction, which ends before anything is sent: a slow reader holds no connection. */
export function readChunk(database: Database, shape: ShapeDefinition, place: SnapshotPlace): Promise<SnapshotChunk | undefined> {
  return database.session((db) =>
    db.transaction(
      async (tx) => {
        const changed = `EXISTS (SELECT FROM shape_log.commits c WHERE c.relation = s.relation AND c.position > ${place.base})`;
        const found = await tx.execute(
          sql.raw(`SELECT s.*, ${changed} AS changed_since
            FROM (SELECT ${pg.escapeLiteral(shape.table.relation)} AS relation, state.* FROM (${tableStateSql(shape.table.relation)}) state) s`),
        );
        const state = found.rows[0] as unknown as (TableState & { changed_since: boolean }) | undefined;
        if (!state) return undefined;
        await tx.execute(sql.raw(`DECLARE shape_rows NO SCROLL CURSOR FOR ${rowsSql(shape, place, state.changed_since)}`));
        const rows = await fetchChunk(tx, place.chunkBytes);
        return { state, ...assemble(shape, state, rows, place.after !== null) };
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    ),
  );
}

interface FetchedRows {
  pieces: string[];
  last: string | undefined;
  complete: boolean;
}

async function fetchChunk(tx: Tx, chunkBytes: number): Promise<FetchedRows> {
  const pieces: string[] = [];
  let bytes = 0;
  let last: string | undefined;
  for (;;) {
    const { rows } = await tx.execute(sql.raw(`FETCH ${rowsAtATime} FROM shape_rows`));
    for (const row of rows) {
      if (bytes >= chunkBytes) return { pieces, last, complete: false };
      last = row.message as string;
      bytes += Buffer.byteLength(last);
      pieces.push(last);
    }
    if (rows.length < rowsAtATime) return { pieces, last, complete: true };
  }
}

function assemble(shape: ShapeDefinition, state: TableState, rows: FetchedRows, isContinued: boolean) {
  if (rows.complete) rows.pieces.push(snapshotEnd(state.base_snapshot ?? '0:0:'));
  const body = Buffer.from(`[${rows.pieces.join('\n,')}]`);
  assert(rows.complete || rows.last !== undefined, 'a chunk that is not the last has rows');
  assert(isContinued || body.length > 2, 'a first chunk says at least that it ends');
  return { body, lastKey: rows.complete || rows.last === undefined ? null : keyValues(shape, rows.last) };
}

function keyValues(shape: ShapeDefinition, message: string): string {
  const { value } = JSON.parse(message) as { value: Record<string, string> };
  return JSON.stringify(shape.table.keyColumns.map(({ name }) => value[name]));
}

/** Which transactions the base shows, as Postgres writes a snapshot: `xmin:xmax:xip,xip`. */
function snapshotEnd(snapshot: string): string {
  const [xmin, xmax, inProgress = ''] = snapshot.split(':');
  const xip_list = inProgress === '' ? [] : inProgress.split(',');
  return JSON.stringify({ headers: { control: 'snapshot-end', xmin, xmax, xip_list } });
}

function rowsSql(shape: ShapeDefinition, place: SnapshotPlace, changedSince: boolean): string {
  const { table, columns, filter } = shape;
  const alias = quoteName(table.name);
  const relation = JSON.stringify([table.schema, table.name]);
  const headers = pg.escapeLiteral(`,"headers":{"relation":${relation},"operation":"insert"}}`);
  const key = table.keyColumns.map(({ name }) => `${alias}.${quoteName(name)}`).join(', ');
  const after = place.after === null ? 'true' : `(${key}) > (${afterSql(shape, place.after)})`;
  const source = changedSince ? rowsAtBase(shape, place.base) : table.relation;
  return `SELECT '{"key":' || to_json(${keySql(table, table.name)})::text || ',"value":' || ${valueSql(columns, table.name, 'snapshot')}
    || ${headers} AS message FROM ${source} AS ${alias} WHERE (${filter}) AND ${after} ORDER BY ${key}`;
}

function afterSql({ table }: ShapeDefinition, after: string): string {
  const values = JSON.parse(after) as string[];
  return table.keyColumns.map(({ castType }, at) => `${pg.escapeLiteral(values[at] ?? '')}::${castType}`).join(', ');
}

/** For each key that changed after the base, what the first of those changes had before it; null where there was no row. */
function rowsAtBase({ table }: ShapeDefinition, base: number): string {
  const relation = pg.escapeLiteral(table.relation);
  const names = table.columns.map(({ name }) => quoteName(name));
  const typed = (json: string, alias: string) => `jsonb_populate_record(NULL::${table.relation}, ${json}) AS ${alias}`;
  return `(
    WITH later AS (
      SELECT c.position, h.id, h.old, h.new FROM shape_log.commits c
      JOIN shape_log.changes h ON h.relation = c.relation AND h.txid = c.txid
      WHERE c.relation = ${relation} AND c.position > ${base}
    ), touched AS MATERIALIZED (
      SELECT DISTINCT ON (key) key, was FROM (
        SELECT ${keySql(table, 'o')} AS key, l.position, l.id, l.old AS was FROM later l, ${typed('l.old', 'o')} WHERE l.old IS NOT NULL
        UNION ALL
        SELECT ${keySql(table, 'n')}, l.position, l.id, NULL FROM later l, ${typed('l.new', 'n')} WHERE l.new IS NOT NULL
          AND (l.old IS NULL OR ${keySql(table, 'n')} <> (SELECT ${keySql(table, 'o')} FROM ${typed('l.old', 'o')}))
      ) AS changes ORDER BY key, position, id
    )
    SELECT ${names.map((name) => `now_.${name}`).join(', ')} FROM ${table.relation} AS now_
      WHERE NOT EXISTS (SELECT FROM touched WHERE touched.key = ${keySql(table, 'now_')})
    UNION ALL
    SELECT ${names.map((name) => `then_.${name}`).join(', ')} FROM touched, ${typed('touched.was', 'then_')} WHERE touched.was IS NOT NULL
  )`;
}
