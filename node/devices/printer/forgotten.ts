// What this machine cannot know to be unprinted: what was printed too long ago to be remembered, and what an earlier machine of the store
// may have printed before this one took over. Its paper says that it is a copy.
import { rowOf, type Sqlite } from '../../base/sqlite.ts';
import type { SaleQueries } from '../../sale/queries.ts';
import type { JobRow } from './jobs.ts';

interface ForgottenParts {
  sqlite: Sqlite;
  sales: SaleQueries;
  now: () => number;
}

export function openForgotten({ sqlite, sales, now }: ForgottenParts, rememberedMs: number): (job: JobRow) => boolean {
  const current = rowOf<{ generation: number }>(sqlite, 'SELECT max(generation) AS generation FROM generations');
  const generationFrom = (table: string, column = 'generation') =>
    rowOf<{ generation: number }>(sqlite, `SELECT ${column} AS generation FROM ${table} WHERE id = ?`);
  const generations: Partial<Record<JobRow['kind'], ReturnType<typeof generationFrom>>> = {
    receipt: generationFrom('sales'),
    return: generationFrom('sale_returns'),
    shift: generationFrom('shifts', 'closed_generation'),
    'day-report': generationFrom('day_reports'),
  };
  return ({ kind, subjectId }) => {
    const made = subjectId === null ? undefined : generations[kind]?.(subjectId);
    if (!made || subjectId === null) return false;
    if (made.generation < (current()?.generation ?? made.generation)) return true;
    return kind === 'receipt' && Date.parse(sales.show(subjectId).occurredAt) < now() - rememberedMs;
  };
}
