// npm run check: types, lint and format, dead code, architecture. All of them run, so that one run says everything.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, step } from './build/run.mjs';
import { checkTypes } from './build/steps.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const node = (file, ...args) => run(process.execPath, [join('node_modules', ...file.split('/')), ...args]);

const checks = {
  types: checkTypes,
  lint: () => node('@biomejs/biome/bin/biome', 'check'),
  'dead code': () => node('knip/bin/knip.js', '--no-progress'),
  shape: () => node('vitest/vitest.mjs', 'run', '--project', 'unit', 'scripts/check'),
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await step(name, async () => {
      await check();
    });
  } catch (fault) {
    console.error(`${name} failed:\n${fault.message}\n`);
    process.exitCode = 1;
  }
}
