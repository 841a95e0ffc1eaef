#!/usr/bin/env node
// The lapak command. What needs no command answers here; everything else is loaded when it is known to be wanted.
import { readFileSync } from 'node:fs';

const argv = process.argv.slice(2);

if (argv.length === 1 && argv[0] === '--version') {
  // The very line that oclif prints, without loading it: package managers and scripts ask for it often.
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >;
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`);
} else {
  const { runCommandLine } = await import('./run.ts');
  await runCommandLine(argv, import.meta.url);
}
