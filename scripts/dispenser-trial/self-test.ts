// The self-test that every machine runs (firmware/test/self/self-test.c), here as a program of WebAssembly with the same compiler and the same
// sources as the virtual dispenser.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { compileFiles, wasmSources } from '../../firmware/ports/wasm/build.mjs';
import { type dispenserVectors, vectorsFile } from '../dispenser-vectors.ts';
import { vectorsInC } from './vectors-in-c.ts';
import { keptModule } from './wasm.ts';

export async function selfTestInWasm(): Promise<{ status: number; output: string }> {
  const { core = {} } = wasmSources();
  const vectors: ReturnType<typeof dispenserVectors> = JSON.parse(readFileSync(vectorsFile, 'utf8'));
  const units = [...Object.keys(core).flatMap((name) => (name.endsWith('.c') ? [`core/${name}`] : [])), 'self-test.c'];
  const test = {
    'self-test.c': readFileSync('firmware/test/self/self-test.c'),
    'test_vectors.h': vectorsInC(vectors),
    'all.c': units.map((name) => `#include "${name}"\n`).join(''),
  };
  const compile = () => compileFiles({ core, ...test }, ['-Icore', '-I.']);
  return run(await keptModule('self-test', { core, test }, compile));
}

function run(module: WebAssembly.Module): { status: number; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-self-test-'));
  const file = join(folder, 'said');
  const stdout = openSync(file, 'w');
  try {
    const wasi = new WASI({ version: 'preview1', args: ['self-test'], stdout, returnOnExit: true });
    const status = wasi.start(new WebAssembly.Instance(module, wasi.getImportObject() as WebAssembly.Imports));
    return { status, output: readFileSync(file, 'utf8') };
  } finally {
    closeSync(stdout);
    rmSync(folder, { recursive: true, force: true });
  }
}
