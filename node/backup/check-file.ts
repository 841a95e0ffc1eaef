// Whether a database file is whole. It is read by a process of its own: tills are answered meanwhile, and what reading it takes of memory is
// given back.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../base/package-root.ts';

export interface CheckResult {
  facts: number;
  /** What is wrong, for people; none where the file is whole. */
  problems: string[];
}

/** `quick` reads every page and leaves out indexes and hashes. */
export async function checkFile(file: string, { quick }: { quick: boolean }): Promise<CheckResult> {
  const program = join(packageRoot(), 'dist/node/backup/check-program.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, file, quick ? 'quick' : 'whole']);
  return JSON.parse(stdout) as CheckResult;
}
