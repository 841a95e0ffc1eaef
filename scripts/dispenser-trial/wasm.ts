// The core's module as tests need it: with hooks, or as a mutant. Compiled once for the same sources, then kept in the temp folder.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileWasm, wasmSources } from '../../firmware/ports/wasm/build.mjs';

/** The compiler takes seconds to start, and minutes on a machine that is busy. */
export const compileTimeoutMs = 300_000;

type Sources = Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>>;

/** Compiled from these unless that was done before. */
export async function keptModule(
  what: string,
  sources: Sources,
  compile: () => Promise<Uint8Array>,
): Promise<WebAssembly.Module> {
  const hash = createHash('sha256').update(what).update(readFileSync('firmware/ports/wasm/build.mjs'));
  for (const [folder, files] of Object.entries(sources)) {
    for (const [name, text] of Object.entries(files)) hash.update(`${folder}/${name}\0`).update(text);
  }
  const folder = join(tmpdir(), 'lapak-dispenser-trial');
  const kept = join(folder, `${hash.digest('hex').slice(0, 32)}.wasm`);
  if (!existsSync(kept)) {
    mkdirSync(folder, { recursive: true });
    // Another test process may be doing the same: whole files only.
    writeFileSync(`${kept}.${process.pid}`, await compile());
    renameSync(`${kept}.${process.pid}`, kept);
  }
  return new WebAssembly.Module(readFileSync(kept));
}

export function trialModule(mutant?: string): Promise<WebAssembly.Module> {
  const options = { hooks: true, defines: mutant ? [`LAPAK_MUTANT_${mutant}`] : [] };
  return keptModule(JSON.stringify(options), wasmSources(options), () => compileWasm(options));
}
