// Writes oclif's manifest of the compiled commands to the path it is given: a process of its own, for it loads every command.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Plugin, settings } from '@oclif/core';

// The commands are compiled already; oclif must not look for a TypeScript compiler.
settings.enableAutoTranspile = false;

const plugin = new Plugin({
  errorOnManifestCreate: true,
  ignoreManifest: true,
  respectNoCacheDefault: true,
  root: resolve('.'),
  type: 'core',
});
await plugin.load();
if (!plugin.pjson.oclif?.commands) throw new Error('oclif has no setting that says where the commands are');
writeFileSync(process.argv[2], `${JSON.stringify(plugin.manifest, null, 2)}\n`);
