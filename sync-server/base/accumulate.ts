// Adds to running sums (balances, levels, rollups) in one statement for any number of rows: a row that is not there yet starts at what is added.
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from './database.ts';

type Row<Table extends PgTable> = Table['$inferInsert'];
type Keys<Table extends PgTable> = readonly (keyof Row<Table> & string)[];

interface Sums<Table extends PgTable> {
  keys: Keys<Table>;
  sums: Keys<Table>;
}

export async function accumulate<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Row<Table>[],
  by: Sums<Table>,
): Promise<void> {
  const statement = accumulateStatement(table, rows, by);
  if (statement) await tx.execute(statement);
}

/** Rows of the same key are added up first, as one statement may touch a row only once; sorted, so that two servers never cross. */
export function accumulateStatement<Table extends PgTable>(
  table: Table,
  rows: readonly Row<Table>[],
  { keys, sums }: Sums<Table>,
): SQL | undefined {
  const added = addUp(rows, keys, sums);
  if (added.length === 0) return undefined;
  const columns = getTableColumns(table) as Record<string, PgColumn>;
  const names = [...keys, ...sums].map((key) => sql.identifier(toSnakeCase(key)));
  // As texts of arrays: both drivers take those, and keys and sums hold nothing that would need quotes.
  const arrays = [...keys, ...sums].map(
    (key) => sql`${`{${added.map((row) => `"${row[key]}"`).join(',')}}`}::${sql.raw(columns[key]?.getSQLType() ?? 'text')}[]`,
  );
  const updates = sums.map((key) => {
    const name = sql.identifier(toSnakeCase(key));
    return sql`${name} = ${table}.${name} + excluded.${name}`;
  });
  return sql`INSERT INTO ${table} (${list(names)}) SELECT ${list(names)} FROM unnest(${list(arrays)}) AS added(${list(names)})
    ON CONFLICT (${list(keys.map((key) => sql.identifier(toSnakeCase(key))))}) DO UPDATE SET ${list(updates)}`;
}

const list = (parts: SQL[] | ReturnType<typeof sql.identifier>[]) => sql.join(parts, sql`, `);

function addUp<R extends Record<string, unknown>>(rows: readonly R[], keys: readonly string[], sums: readonly string[]): R[] {
  const byKey = new Map<string, Record<string, unknown>>();
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join('\n');
    const known = byKey.get(key);
    if (!known) byKey.set(key, { ...row });
    else for (const sum of sums) known[sum] = (known[sum] as number) + (row[sum] as number);
  }
  return [...byKey.keys()].sort().map((key) => byKey.get(key) as R);
}
