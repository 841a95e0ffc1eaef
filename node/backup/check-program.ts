// Reads a database beside the node: its pages and, where all of it is asked for, every hash of its journal. `check-program.js FILE quick|whole`
// writes a CheckResult.
import { openSqlite } from '../base/sqlite.ts';
import { storageCause } from '../journal/storage-fault.ts';
import type { CheckResult } from './check-file.ts';

const MOST_PROBLEMS = 20;

async function check(file: string, quick: boolean): Promise<CheckResult> {
  const sqlite = openSqlite(file, { readonly: true });
  try {
    const pragma = `${quick ? 'quick' : 'integrity'}_check(${MOST_PROBLEMS})`;
    const said = (sqlite.pragma(pragma) as Record<string, string>[]).flatMap((row) => Object.values(row));
    if (said.length !== 1 || said[0] !== 'ok') return { facts: 0, problems: said };
    if (quick) return { facts: 0, problems: [] };
    // What reads facts is as large as the rest of a till's start, beside which the quick check runs.
    const { verifyChain } = await import('../journal/verify.ts');
    const { facts, problems } = verifyChain(sqlite);
    return {
      facts,
      problems: problems.slice(0, MOST_PROBLEMS).map(({ generation, seq, what }) => `${generation}.${seq}: ${what}`),
    };
  } finally {
    sqlite.close();
  }
}

const [, , file = '', extent] = process.argv;
const tell = (result: CheckResult) => process.stdout.write(JSON.stringify(result));

try {
  tell(await check(file, extent === 'quick'));
} catch (error) {
  // A page that cannot even be read is what was looked for; that a file could not be opened says nothing about it.
  if (storageCause(error) !== 'damaged') throw error;
  tell({ facts: 0, problems: [(error as Error).message] });
}
