// The steps of a build, each into the folder it is given; what a later part of the tree still lacks is skipped with a remark.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './run.mjs';

const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
const tillFolder = join('node', 'till');
const wasmBuild = join('firmware', 'ports', 'wasm', 'build.mjs');
export const manifestFile = 'oclif.manifest.json';

export async function compile(outFolder) {
  await run(process.execPath, [tsc, '--outDir', outFolder]);
  removeUnneeded(outFolder);
  const entry = join(outFolder, 'cli', 'main.js');
  if (existsSync(entry)) chmodSync(entry, 0o755);
}

/** Tests, tools' settings, and the till page's sources, which Vite builds into the page. */
function removeUnneeded(outFolder) {
  for (const name of readdirSync(outFolder, { recursive: true })) {
    const isTillSource = dirname(name) === tillFolder && name.endsWith('.js');
    if (/(\.test|-suite|\.config)\.js$/.test(name) || isTillSource) rmSync(join(outFolder, name));
  }
}

export async function buildTill(outFolder) {
  const configFile = join(tillFolder, 'vite.config.ts');
  if (!existsSync(configFile)) return `skipped: there is no ${configFile}`;
  const { build } = await import('vite');
  await build({
    configFile,
    root: tillFolder,
    logLevel: 'warn',
    // tsc writes beside it at the same time, so the folder is not emptied here.
    build: { outDir: resolve(outFolder, tillFolder), emptyOutDir: false },
  });
  return undefined;
}

export async function buildDispenser(outFolder) {
  if (!existsSync(wasmBuild)) return `skipped: there is no ${wasmBuild}`;
  const { buildWasm } = await import(pathToFileURL(wasmBuild).href);
  const outFile = resolve(outFolder, 'firmware', 'dispenser.wasm');
  mkdirSync(dirname(outFile), { recursive: true });
  await buildWasm(outFile);
  return undefined;
}

/** After the commands are in dist. CI leaves the committed manifest alone, so that a stale one is found by the check. */
export async function writeManifest() {
  if (!existsSync(join('dist', 'cli', 'commands'))) return 'skipped: there are no commands yet';
  const fresh = join('dist', manifestFile);
  await run(process.execPath, [join('scripts', 'build', 'manifest.mjs'), fresh], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (existsSync(manifestFile) && readFileSync(fresh, 'utf8') === readFileSync(manifestFile, 'utf8')) return undefined;
  if (process.env.CI) return `${manifestFile} is stale: run npm run build and commit it`;
  copyFileSync(fresh, manifestFile);
  return `${manifestFile} changed: commit it`;
}
