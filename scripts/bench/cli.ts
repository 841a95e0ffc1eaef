// How long the command takes to start, against `node -e 0`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Bench, median, under } from './bench.ts';

const RUNS = 15;

export const cliBench: Bench = async () => {
  const lapak = join(import.meta.dirname, '../../cli/main.js');
  const cases: [string, string[], number][] = [
    ['cli.version', [lapak, '--version'], 2.6],
    ['cli.help', [lapak, 'store', 'add', '--help'], 3],
  ];
  // In turns, so that a busy moment of the machine falls on all of them alike.
  const times = new Map<string, number[]>();
  for (let run = 0; run < RUNS; run++) {
    for (const [name, args] of [['bare', ['-e', '0']] as const, ...cases]) {
      const start = performance.now();
      spawnSync(process.execPath, args, { stdio: 'ignore' });
      times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
    }
  }
  const limit = median(times.get('bare') ?? []);
  return cases.map(([name, , goal]) => {
    const value = median(times.get(name) ?? []);
    const ratio = value / limit;
    return { name, ratio, value, limit, unit: 'ms', target: under(ratio, goal, `under ${goal}×`) };
  });
};
