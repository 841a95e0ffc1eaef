// In a process of its own: what is set counts for all of it, and a worker of the test's runner would undo it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageRoot } from './package-root.ts';

const MEGABYTE = 1_000_000;

const program = `
  const { keepHeapSmall, newSpaceBytes } = await import(process.argv[1]);
  if (process.argv[2] === 'small') keepHeapSmall();
  let kept = [];
  for (let made = 0; made < 3_000_000; made++) {
    kept.push({ made });
    if (kept.length > 200_000) kept = [];
  }
  console.log(newSpaceBytes());
`;

async function newSpaceAfterWork(how: 'small' | 'as-it-is'): Promise<number> {
  const heap = join(packageRoot(), 'dist/node/base/heap.js');
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, heap, how]);
  return Number(stdout);
}

test('the space for new objects stays small in a node, whatever it has to do', async () => {
  expect(await newSpaceAfterWork('small')).toBeLessThan(10 * MEGABYTE);
  expect(await newSpaceAfterWork('as-it-is')).toBeGreaterThan(20 * MEGABYTE);
});
