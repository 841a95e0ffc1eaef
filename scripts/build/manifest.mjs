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
// They come in the order of the folder, which no two file systems share.
const commands = Object.fromEntries(Object.entries(plugin.manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(process.argv[2], `${JSON.stringify({ ...plugin.manifest, commands }, null, 2)}\n`);
