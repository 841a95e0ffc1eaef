// The steps of a build, each into the folder it is given; what a later part of the tree still lacks is skipped with a remark.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { run } from './run.mjs';
import { hashOfContents } from './stamp.mjs';

const cache = join('node_modules', '.cache', 'lapak');
const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
const vite = join('node_modules', 'vite', 'bin', 'vite.js');
const tillFolder = join('node', 'till');
const wasmBuild = join('firmware', 'ports', 'wasm', 'build.mjs');
export const manifestFile = 'oclif.manifest.json';

export async function compile(outFolder) {
  await run(process.execPath, [tsc, '--noCheck', '--outDir', outFolder]);
  removeUnneeded(outFolder);
  const entry = join(outFolder, 'cli', 'main.js');
  if (existsSync(entry)) chmodSync(entry, 0o755);
}

/** Apart from compiling, for it takes many times as long; what it learned of unchanged files is kept. */
export async function checkTypes() {
  await run(process.execPath, [tsc, '--noEmit', '--incremental', '--tsBuildInfoFile', join(cache, 'types.tsbuildinfo')]);
}

/** Tests, tools' settings, and the till page's sources, which Vite builds into the page (and writes here at the same time). */
function removeUnneeded(outFolder) {
  for (const name of readdirSync(outFolder, { recursive: true })) {
    if (/(\.test|-suite|\.config)\.js$/.test(name) || isTillSource(name)) rmSync(join(outFolder, name));
  }
}

const isTillSource = (name) =>
  name.startsWith(tillFolder + sep) &&
  name.endsWith('.js') &&
  ['.ts', '.tsx'].some((extension) => existsSync(name.replace(/\.js$/, extension)));

export async function buildTill(outFolder) {
  const configFile = join(tillFolder, 'vite.config.ts');
  if (!existsSync(configFile)) return `skipped: there is no ${configFile}`;
  // tsc writes beside it at the same time, so the folder is not emptied here.
  const target = ['--outDir', resolve(outFolder, tillFolder), '--no-emptyOutDir', '--logLevel', 'warn'];
  await run(process.execPath, [vite, 'build', tillFolder, '--config', configFile, ...target]);
  return undefined;
}

/** The compiler takes longer than all the rest, and the firmware changes least: what it gave is kept by the hash of its sources. */
export async function buildDispenser(outFolder) {
  if (!existsSync(wasmBuild)) return `skipped: there is no ${wasmBuild}`;
  const sources = [join('firmware', 'core'), dirname(wasmBuild), join('node_modules', '@yowasp', 'clang', 'package.json')];
  const kept = join(cache, `dispenser-${hashOfContents(sources)}.wasm`);
  const isKept = existsSync(kept);
  if (!isKept) {
    mkdirSync(dirname(kept), { recursive: true });
    const unfinished = `${kept}.${process.pid}`;
    // The compiler is WebAssembly itself and runs once: optimising it would take longer than it saves.
    await run(process.execPath, ['--liftoff-only', wasmBuild, unfinished]);
    renameSync(unfinished, kept);
  }
  const outFile = join(outFolder, 'firmware', 'dispenser.wasm');
  mkdirSync(dirname(outFile), { recursive: true });
  copyFileSync(kept, outFile);
  return isKept ? 'unchanged' : undefined;
}

/** After the commands are in dist. CI leaves the committed manifest alone, so that a stale one is found by the check. */
export async function writeManifest() {
  if (!existsSync(join('dist', 'cli', 'main.js'))) return 'skipped: there is no cli/main.ts';
  const fresh = join('dist', manifestFile);
  await run(process.execPath, [join('scripts', 'build', 'manifest.mjs'), fresh], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (existsSync(manifestFile) && readFileSync(fresh, 'utf8') === readFileSync(manifestFile, 'utf8')) return undefined;
  if (process.env.CI) return `${manifestFile} is stale: run npm run build and commit it`;
  copyFileSync(fresh, manifestFile);
  return `${manifestFile} changed: commit it`;
}
