// Many rows in one statement: columns travel as arrays and are unnested by the database, so ten thousand rows are one round trip.
import { type Column, getTableColumns, is, SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { assert } from '#schema/values/assert';
import { affectedRows, type Tx } from './database.ts';

interface InsertOptions {
  onConflict?: 'nothing';
}

/** Answers how many rows were inserted; with `onConflict: 'nothing'` those that were there already do not count. */
export async function insertMany<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
  options: InsertOptions = {},
): Promise<number> {
  const statement = insertStatement(table, rows, options);
  return statement ? affectedRows(await tx.execute(statement)) : 0;
}

/** The statement alone; undefined when there are no rows. */
export function insertStatement<Table extends PgTable>(
  table: Table,
  rows: readonly Table['$inferInsert'][],
  { onConflict }: InsertOptions = {},
): SQL | undefined {
  if (rows.length === 0) return undefined;
  const given = rows as readonly Record<string, unknown>[];
  const columns = Object.entries(getTableColumns(table)).filter(([key, column]) => belongs(key, column, given));
  const names = columns.map(([, column]) => sql.identifier(columnName(column)));
  const arrays = columns.map(
    ([key, column]) => sql`${sql.param(columnArray(key, column, given))}::${sql.raw(elementType(column))}[]`,
  );
  const values = columns.map(([, column], at) => unnested(column, sql.identifier(`c${at}`)));
  const aliases = columns.map((_, at) => sql.identifier(`c${at}`));
  const conflict = onConflict === 'nothing' ? sql` ON CONFLICT DO NOTHING` : sql``;
  return sql`INSERT INTO ${table} (${list(names)}) SELECT ${list(values)} FROM unnest(${list(arrays)}) AS rows(${list(aliases)})${conflict}`;
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

// A million cells pass here when a store comes back after weeks, so everything that depends on the column alone is decided before its rows.
function columnArray(key: string, column: PgColumn, rows: readonly Record<string, unknown>[]): string {
  const read = cellReader(key, column);
  const cells = new Array<string>(rows.length);
  for (let at = 0; at < rows.length; at += 1) cells[at] = cellText(read(rows[at]?.[key]));
  return `{${cells.join(',')}}`;
}

type CellReader = (value: unknown) => unknown;

function cellReader(key: string, column: PgColumn): CellReader {
  const toDriver: CellReader = isArrayColumn(column) ? JSON.stringify : (value) => column.mapToDriverValue(value);
  const plain = plainTypes.has(column.columnType);
  const read: CellReader = (value) => {
    if (plain && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) return value;
    if (value === undefined) return missing();
    if (value === null) return null;
    assert(!is(value, SQL), `insertMany: "${key}" is SQL; rows carry values only`);
    return toDriver(value);
  };
  const missing = (): unknown => {
    if (column.defaultFn) return read(column.defaultFn());
    assert(!is(column.default, SQL), `insertMany: every row must give "${key}" or none, its default is made by the database`);
    return column.default === undefined ? null : read(column.default);
  };
  return read;
}

/** Columns whose values go to the driver as they are. */
const plainTypes: ReadonlySet<string> = new Set(['PgUUID', 'PgText', 'PgVarchar', 'PgBigInt53', 'PgInteger', 'PgBoolean']);

/** One element of a Postgres array literal. */
function cellText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return quoted(value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value));
}

const quoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
