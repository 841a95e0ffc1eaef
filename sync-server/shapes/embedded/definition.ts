// Step 2: the shape that a request names, checked against the table; two requests for the same shape get the same definition.
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Drizzle } from '../../base/database.ts';
import { sqlState } from '../../base/sql-state.ts';
import { compileFilter } from './filter.ts';
import { quoteName, type TableColumn, type TableSchema } from './table.ts';
import { type ShapeRequest, WrongRequest } from './words.ts';

export interface ShapeDefinition {
  table: TableSchema;
  columns: TableColumn[];
  /** SQL over the columns of the table, `true` for all rows. */
  filter: string;
  fullRows: boolean;
  /** What the table looked like when this was checked; another fingerprint means check again. */
  fingerprint: string;
}

export async function defineShape(
  db: Drizzle,
  table: TableSchema,
  fingerprint: string,
  request: ShapeRequest,
): Promise<ShapeDefinition> {
  const columns = chooseColumns(table, request.columns);
  const filter = request.where === undefined ? 'true' : await checkFilter(db, table, request.where, request.params);
  return { table, columns, filter, fullRows: request.fullRows, fingerprint };
}

function chooseColumns(table: TableSchema, text: string | undefined): TableColumn[] {
  if (text === undefined) return table.columns;
  const names = text
    .split(',')
    .map((name) => name.trim().replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"')));
  const unknown = names.filter((name) => !table.columns.some((column) => column.name === name));
  if (unknown.length > 0)
    throw new WrongRequest({ columns: [`The following columns are not found on the table: ${unknown.join(', ')}`] });
  const missing = table.keyColumns.map(({ name }) => name).filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new WrongRequest({
      columns: [`The list of columns must include all primary key columns, missing: ${missing.join(', ')}`],
    });
  return table.columns.filter(({ name }) => names.includes(name));
}

/** Postgres itself judges the filter, on no rows. */
async function checkFilter(db: Drizzle, table: TableSchema, where: string, params: Record<string, string>): Promise<string> {
  const compiled = compileFilter(where, params);
  if (!compiled.ok) throw new WrongRequest({ where: [compiled.message] });
  const text = `SELECT 1 FROM ${table.relation} AS ${quoteName(table.name)} WHERE (${compiled.sql}) LIMIT 0`;
  try {
    await db.execute(sql.raw(text));
    return compiled.sql;
  } catch (error) {
    // Syntax, unknown names and values that do not fit their type are the filter's fault; anything else is not.
    const state = sqlState(error) ?? '';
    if (!state.startsWith('42') && !state.startsWith('22') && state !== '0A000') throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new WrongRequest({ where: [cause instanceof Error ? cause.message : String(cause)] });
  }
}

/** The first half of a handle: the shape, the table's schema, and which life of the table (a TRUNCATE begins another). */
export function shapeHash(definition: ShapeDefinition, generation: number): string {
  const { table, columns, filter, fullRows, fingerprint } = definition;
  const parts = [table.relation, columns.map(({ name }) => name), filter, fullRows, fingerprint, generation];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
