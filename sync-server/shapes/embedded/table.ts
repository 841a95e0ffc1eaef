// The table behind a shape as the catalogue describes it: names, types and primary key, and Electric's schema header.
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Drizzle } from '../../base/database.ts';
import { WrongRequest } from './words.ts';

export interface TableColumn {
  name: string;
  /** Electric's description: type, dims, not_null, pk_index, precision… */
  description: Record<string, unknown>;
  isKey: boolean;
  /** True where the log shows another text than a cast to text does: booleans are t and f there. */
  isBoolean: boolean;
  /** The type as a cast names it. */
  castType: string;
}

export interface TableSchema {
  schema: string;
  name: string;
  /** `"public"."products"`: how SQL, keys and the change log name it. */
  relation: string;
  columns: TableColumn[];
  /** In the order of the primary key. */
  keyColumns: TableColumn[];
}

const identifier = '(?:"((?:[^"]|"")+)"|([a-zA-Z_][a-zA-Z0-9_$]*))';
const tableName = new RegExp(`^(?:${identifier}\\.)?${identifier}$`);

/** Unquoted names fold to lower case, as in SQL. */
export function parseTableName(text: string): { schema: string; name: string; relation: string } {
  const match = tableName.exec(text);
  if (!match) throw new WrongRequest({ table: ['Invalid table name'] });
  const read = (quoted: string | undefined, plain: string | undefined) => quoted?.replaceAll('""', '"') ?? plain?.toLowerCase();
  const schema = read(match[1], match[2]) ?? 'public';
  const name = read(match[3], match[4]) ?? '';
  return { schema, name, relation: `${quoteName(schema)}.${quoteName(name)}` };
}

export const quoteName = (name: string): string => pg.escapeIdentifier(name);

interface CatalogueRow {
  name: string;
  type: string;
  element: string | null;
  dims: number;
  typmod: number;
  not_null: boolean;
  key_index: number | null;
  cast_type: string;
}

export async function readTableSchema(
  db: Drizzle,
  table: { schema: string; name: string; relation: string },
): Promise<TableSchema> {
  const found = await db.execute(sql`
    SELECT a.attname AS name, t.typname AS type, e.typname AS element, a.attndims AS dims, a.atttypmod AS typmod,
      a.attnotnull AS not_null, array_position(i.indkey::int2[], a.attnum) AS key_index,
      format_type(a.atttypid, a.atttypmod) AS cast_type
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.oid = to_regclass(${table.relation}) AND c.relkind IN ('r', 'p')
    ORDER BY a.attnum`);
  const rows = found.rows as unknown as CatalogueRow[];
  if (rows.length === 0) throw new WrongRequest({ table: [missingTable(table.relation)] });
  const columns = rows.map(describeColumn);
  const keyIndex = (column: TableColumn) => Number(column.description.pk_index);
  const keyColumns = columns.filter(({ isKey }) => isKey).sort((a, b) => keyIndex(a) - keyIndex(b));
  if (keyColumns.length === 0) throw new WrongRequest({ table: [`Table ${table.relation} has no primary key`] });
  return { ...table, columns, keyColumns };
}

const missingTable = (relation: string) =>
  `Table ${relation} does not exist. If the table name contains capitals or special characters you must quote it.`;

function describeColumn(row: CatalogueRow): TableColumn {
  const isKey = row.key_index !== null;
  const type = row.element ?? row.type;
  const description = {
    type,
    ...(row.element !== null && { dims: Math.max(row.dims, 1) }),
    ...typeModifier(type, row.typmod),
    ...(row.not_null && { not_null: true }),
    // array_position counts an int2vector from zero.
    ...(isKey && { pk_index: row.key_index }),
  };
  return { name: row.name, description, isKey, isBoolean: row.type === 'bool', castType: row.cast_type };
}

/** What stands in parentheses after the type: numeric(8,4), varchar(20), timestamp(3). */
function typeModifier(type: string, typmod: number): Record<string, number> {
  if (typmod < 0) return {};
  if (type === 'numeric') return { precision: ((typmod - 4) >> 16) & 0xffff, scale: (typmod - 4) & 0x7ff };
  if (type === 'varchar') return { max_length: typmod - 4 };
  if (type === 'bpchar') return { length: typmod - 4 };
  if (type === 'bit' || type === 'varbit') return { length: typmod };
  if (/^time/.test(type)) return { precision: typmod };
  return {};
}

/** The value of the `electric-schema` header; names in order, as Electric writes them. */
export function schemaHeader(columns: readonly TableColumn[]): string {
  const inOrder = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify(Object.fromEntries(inOrder.map(({ name, description }) => [name, description])));
}
