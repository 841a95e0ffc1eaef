// Whether a database file is whole. It is read in a thread of its own, so that tills are answered meanwhile.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../base/package-root.ts';

export interface CheckResult {
  facts: number;
  /** What is wrong, for people; none where the file is whole. */
  problems: string[];
}

/** `quick` reads every page and leaves out indexes and hashes. */
export function checkFile(file: string, { quick }: { quick: boolean }): Promise<CheckResult> {
  const worker = new Worker(join(packageRoot(), 'dist/node/backup/check-worker.js'), {
    workerData: { file, quick },
    // What this process was started with is about its own sources.
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the check of ${file} ended with ${code} and no result`)));
  });
}
