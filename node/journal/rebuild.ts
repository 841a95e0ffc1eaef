// Empties the projections and reads the whole journal again: the same rows come back, whatever happened to them meanwhile.
import { rowsOf, type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, project, readFact } from './projection.ts';

interface JournalText {
  generation: number;
  seq: number;
  text: string;
}

export interface Rebuilt {
  facts: number;
  /** Facts that no table could take beside the others: two machines wrote of the same thing. They stay in the journal, for a person. */
  skipped: { generation: number; seq: number; what: string }[];
}

export function rebuild(sqlite: Sqlite, projections: readonly Projection[]): Rebuilt {
  const readPage = rowsOf<JournalText>(
    sqlite,
    'SELECT generation, seq, text FROM facts WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT 1000',
  );
  const apply = sqlite.transaction((page: readonly JournalText[]) => {
    for (const { text } of page) project(projections, readFact(text));
  });
  const rebuilt: Rebuilt = { facts: 0, skipped: [] };
  const applyOne = (fact: JournalText) => {
    const what = violationOf(() => apply([fact]));
    if (what !== undefined) rebuilt.skipped.push({ generation: fact.generation, seq: fact.seq, what });
  };
  sqlite.transaction(() => {
    for (const { tables } of [...projections].reverse()) for (const table of tables) writer(sqlite, `DELETE FROM ${table}`)();
    for (let page = readPage(0, 0); page.length > 0; page = readPage(page.at(-1)?.generation, page.at(-1)?.seq)) {
      // Nearly always all of them fit; only where one does not, each is tried alone.
      if (violationOf(() => apply(page)) !== undefined) page.forEach(applyOne);
      rebuilt.facts += page.length;
    }
  })();
  return rebuilt;
}

/** What the database would not take beside what stands in it; any other failure is not about a fact. */
function violationOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (!String(code).startsWith('SQLITE_CONSTRAINT')) throw error;
    return message;
  }
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
