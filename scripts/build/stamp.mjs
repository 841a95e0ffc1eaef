// What the last build was made from: a hash of names, sizes and times, so that an unchanged tree is recognised in milliseconds.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a build's inputs stand; a change anywhere else needs no build. */
export const inputFolders = ['cli', 'node', 'schema', 'sync-server', 'scripts', 'firmware'];
const inputFiles = ['package.json', 'package-lock.json', 'tsconfig.json', '.oclifrc.json'];
const outputNames = new Set(['node_modules', 'dist', 'build', 'managed_components']);

/** Tests and migrations never reach dist. */
const isInput = (name) => !/(\.test|-suite)\.tsx?$|\.sql$|\.md$/.test(name);

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      // Only outputs of other tools carry these names; scripts/build is ours.
      if (!outputNames.has(entry.name) || path === join('scripts', 'build')) yield* filesUnder(path);
    } else if (entry.isFile() && isInput(entry.name)) yield path;
  }
}

const folderIfThere = (folder) => {
  try {
    return [...filesUnder(folder)];
  } catch (fault) {
    if (fault.code === 'ENOENT') return [];
    throw fault;
  }
};

/** From the repository's root. */
export function stampOfInputs() {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...inputFiles, ...inputFolders.flatMap(folderIfThere)].sort()) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats) hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Of files and folders, whenever they were written. */
export function hashOfContents(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((each) => (statSync(each).isDirectory() ? [...filesUnder(each)] : [each])).sort()) {
    hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

export function readStamp(outFolder) {
  try {
    return readFileSync(join(outFolder, '.stamp'), 'utf8');
  } catch (fault) {
    if (fault.code === 'ENOENT') return undefined;
    throw fault;
  }
}

export const writeStamp = (outFolder, stamp) => writeFileSync(join(outFolder, '.stamp'), stamp);
