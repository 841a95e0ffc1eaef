// Empties the projections and reads the whole journal again: the same rows come back, whatever happened to them meanwhile.
import { rowsOf, type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, project, readFact } from './projection.ts';

export function rebuild(sqlite: Sqlite, projections: readonly Projection[]): { facts: number } {
  const readPage = rowsOf<{ generation: number; seq: number; text: string }>(
    sqlite,
    'SELECT generation, seq, text FROM facts WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT 1000',
  );
  let facts = 0;
  sqlite.transaction(() => {
    for (const { tables } of [...projections].reverse()) for (const table of tables) writer(sqlite, `DELETE FROM ${table}`)();
    for (let page = readPage(0, 0); page.length > 0; page = readPage(page.at(-1)?.generation, page.at(-1)?.seq)) {
      for (const { text } of page) project(projections, readFact(text));
      facts += page.length;
    }
  })();
  return { facts };
}

/** The rows of every projection in a fixed order: two dumps are equal when the projections are. */
export function dumpProjections(sqlite: Sqlite, projections: readonly Projection[]): Record<string, unknown[]> {
  const tables = projections.flatMap((projection) => projection.tables);
  return Object.fromEntries(
    tables.map((table) => {
      const columns = rowsOf<{ name: string }>(sqlite, `SELECT name FROM pragma_table_info('${table}')`)().map(
        ({ name }) => name,
      );
      return [table, rowsOf<unknown>(sqlite, `SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${columns.join(', ')}`)()];
    }),
  );
}
