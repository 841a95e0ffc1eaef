// Many rows in one statement: columns travel as arrays and are unnested by the database, so ten thousand rows are one round trip.
import { type Column, getTableColumns, is, SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { assert } from '#schema/values/assert';
import { affectedRows, type Tx } from './database.ts';

/** Answers how many rows were inserted; with `onConflict: 'nothing'` those that were there already do not count. */
export async function insertMany<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
  { onConflict }: { onConflict?: 'nothing' } = {},
): Promise<number> {
  if (rows.length === 0) return 0;
  const given = rows as readonly Record<string, unknown>[];
  const columns = Object.entries(getTableColumns(table)).filter(([key, column]) => belongs(key, column, given));
  const names = columns.map(([, column]) => sql.identifier(columnName(column)));
  const arrays = columns.map(
    ([key, column]) => sql`${sql.param(columnArray(key, column, given))}::${sql.raw(elementType(column))}[]`,
  );
  const values = columns.map(([, column], at) => unnested(column, sql.identifier(`c${at}`)));
  const aliases = columns.map((_, at) => sql.identifier(`c${at}`));
  const conflict = onConflict === 'nothing' ? sql` ON CONFLICT DO NOTHING` : sql``;
  const result = await tx.execute(
    sql`INSERT INTO ${table} (${list(names)}) SELECT ${list(values)} FROM unnest(${list(arrays)}) AS rows(${list(aliases)})${conflict}`,
  );
  return affectedRows(result);
}

const list = (parts: Parameters<typeof sql.join>[0]) => sql.join(parts, sql`, `);

/** The same name that drizzle gives the column under `casing: 'snake_case'`. */
const columnName = (column: Column) => (column.keyAsName ? toSnakeCase(column.name) : column.name);

/** A column that no row names is left to the database's default, unless its default is made in code. */
function belongs(key: string, column: Column, rows: readonly Record<string, unknown>[]): boolean {
  return column.defaultFn !== undefined || rows.some((row) => row[key] !== undefined);
}

const isArrayColumn = (column: Column) => column.columnType === 'PgArray';

// unnest() flattens arrays of arrays, so an array column travels as jsonb.
function elementType(column: PgColumn): string {
  if (isArrayColumn(column)) return 'jsonb';
  return column.getSQLType().replace(/^(small|big)?serial$/, (_, size = '') => (size ? `${size}int` : 'integer'));
}

function unnested(column: PgColumn, cell: ReturnType<typeof sql.identifier>): SQL {
  if (!isArrayColumn(column)) return sql`${cell}`;
  const type = sql.raw(column.getSQLType());
  return sql`CASE WHEN ${cell} IS NOT NULL THEN ARRAY(SELECT jsonb_array_elements_text(${cell}))::${type} END`;
}

function columnArray(key: string, column: PgColumn, rows: readonly Record<string, unknown>[]): string {
  const cells = rows.map((row) => cellText(driverValue(row[key], key, column)));
  return `{${cells.join(',')}}`;
}

function driverValue(value: unknown, key: string, column: PgColumn): unknown {
  if (value === undefined) {
    if (column.defaultFn) return driverValue(column.defaultFn(), key, column);
    assert(!is(column.default, SQL), `insertMany: every row must give "${key}" or none, its default is made by the database`);
    return column.default === undefined ? null : driverValue(column.default, key, column);
  }
  assert(!is(value, SQL), `insertMany: "${key}" is SQL; rows carry values only`);
  if (value === null) return null;
  return isArrayColumn(column) ? JSON.stringify(value) : column.mapToDriverValue(value);
}

/** One element of a Postgres array literal. */
function cellText(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  const text = value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
