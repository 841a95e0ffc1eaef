// SQL for one row of a shape: its key and its values in Postgres's text form; snapshot and log build their messages from it.
import pg from 'pg';
import { quoteName, type TableColumn, type TableSchema } from './table.ts';

const columnOf = (alias: string, name: string) => `${quoteName(alias)}.${quoteName(name)}`;

/** `"public"."products"/"<id>"`; quotes inside a value are doubled, so that no two keys read alike. */
export function keySql(table: TableSchema, alias: string): string {
  const parts = table.keyColumns.map(({ name }) => `'/"' || replace(${columnOf(alias, name)}::text, '"', '""') || '"'`);
  return `${pg.escapeLiteral(table.relation)} || ${parts.join(' || ')}`;
}

type TextForm = 'snapshot' | 'log';

/** Electric's snapshots cast to text (true, false) while its log has Postgres's output (t, f). */
function textSql(column: TableColumn, alias: string, form: TextForm): string {
  const cell = columnOf(alias, column.name);
  return column.isBoolean && form === 'log' ? `CASE WHEN ${cell} THEN 't' WHEN NOT ${cell} THEN 'f' END` : `${cell}::text`;
}

/** The row as JSON text, every value a string or null. */
export function valueSql(columns: readonly TableColumn[], alias: string, form: TextForm): string {
  const cells = columns.map((column) => `${textSql(column, alias, form)} AS ${quoteName(column.name)}`);
  return `(SELECT row_to_json(texts)::text FROM (SELECT ${cells.join(', ')}) AS texts)`;
}
