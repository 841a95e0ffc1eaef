// Compiles the core and its WebAssembly port with @yowasp/clang, so that no system compiler is needed. `node firmware/ports/wasm/build.mjs [out]`
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runClang } from '@yowasp/clang';

const firmware = fileURLToPath(new URL('../../', import.meta.url));
const flags = ['--target=wasm32-wasip1', '-std=c11', '-Oz', '-Wall', '-Wextra', '-Werror'];
/** The virtual dispenser is no program: its node calls it. */
const withoutProgram = ['-nostdlib', '-Wl,--no-entry', '-Wl,--strip-all'];

const folder = (path) =>
  Object.fromEntries(
    readdirSync(firmware + path)
      .filter((name) => /\.[ch]$/.test(name))
      .map((name) => [name, readFileSync(`${firmware}${path}/${name}`)]),
  );

/** What goes into a build: the core, the port, and for tests the hooks that show single functions. */
export function wasmSources({ hooks = false } = {}) {
  return { core: folder('core'), port: folder('ports/wasm'), ...(hooks ? { test: folder('test') } : {}) };
}

/** The module's bytes. `defines` are for tests: the mutants that they must catch. */
export async function compileWasm({ hooks = false, defines = [] } = {}) {
  const sources = wasmSources({ hooks });
  const units = Object.entries(sources).flatMap(([name, files]) =>
    Object.keys(files).flatMap((file) => (file.endsWith('.c') ? [`#include "${name}/${file}"\n`] : [])),
  );
  // One unit: the compiler, itself WebAssembly, takes longer to start than to compile.
  const files = { ...sources, 'all.c': units.join('') };
  return compileFiles(files, [...withoutProgram, ...defines.map((name) => `-D${name}`), '-Icore', '-Iport', '-I.']);
}

/** What `all.c` among these files becomes. */
export async function compileFiles(files, more) {
  let told = '';
  const quiet = { stderr: (bytes) => (told += bytes ? new TextDecoder().decode(bytes) : ''), fetchProgress: () => {} };
  // Without arguments it only loads the compiler; loaded within the run it would print its progress.
  await runClang(null, {}, quiet);
  const args = ['clang', ...flags, ...more, 'all.c', '-o', 'out.wasm'];
  try {
    return (await runClang(args, files, quiet))['out.wasm'];
  } catch (error) {
    throw new Error(`The firmware did not compile:\n${told}`, { cause: error });
  }
}

export async function buildWasm(outFile) {
  const wasm = await compileWasm();
  mkdirSync(dirname(outFile), { recursive: true });
  writeFileSync(outFile, wasm);
  return wasm.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const outFile = process.argv[2] ?? 'dist/firmware/dispenser.wasm';
  console.log(`${outFile}: ${await buildWasm(outFile)} bytes`);
}
