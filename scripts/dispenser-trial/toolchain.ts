// System compilers, for the trials that need more than the WebAssembly build: which are there, and building the core with them.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { dispenserVectors } from '../dispenser-vectors.ts';
import { vectorsFile } from '../dispenser-vectors.ts';
import { vectorsInC } from './vectors-in-c.ts';

export const strict = ['-std=c11', '-Wall', '-Wextra', '-Werror'];

/** True where all are there; else says so in one line. */
export function hasPrograms(suite: string, programs: string[]): boolean {
  const missing = programs.filter((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error);
  if (missing.length > 0) console.log(`${suite}: skipped, ${missing.join(' and ')} not installed`);
  return missing.length === 0;
}

/** Debian packs the runtime of the sanitizers and of libFuzzer by itself. */
export function hasFuzzer(suite: string, compiler: string): boolean {
  const input =
    '#include <stdint.h>\n#include <stddef.h>\nint LLVMFuzzerTestOneInput(const uint8_t *b, size_t n) { return b && n > 9; }\n';
  const args = ['-fsanitize=fuzzer,address,undefined', '-x', 'c', '-', '-o', join(tmpdir(), `lapak-fuzzer-${process.pid}`)];
  const { status } = spawnSync(compiler, args, { input, stdio: ['pipe', 'ignore', 'ignore'] });
  rmSync(join(tmpdir(), `lapak-fuzzer-${process.pid}`), { force: true });
  if (status !== 0) console.log(`${suite}: skipped, ${compiler} with its runtime (libclang-rt-dev) not installed`);
  return status === 0;
}

const inFolder = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(folder, name));

export const coreSources = (): string[] => inFolder(join('firmware', 'core'));

export interface Workshop {
  readonly folder: string;
  /** A program or an object file, warnings being errors. */
  compile(compiler: string, output: string, args: string[]): string;
  run(program: string, args?: string[]): { status: number | null; output: string };
  close(): void;
}

/** A folder of its own, with the vectors as a header in it. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-firmware-'));
  const vectors: ReturnType<typeof dispenserVectors> = JSON.parse(readFileSync(vectorsFile, 'utf8'));
  writeFileSync(join(folder, 'test_vectors.h'), vectorsInC(vectors));
  return {
    folder,
    compile(compiler, output, args) {
      const file = join(folder, output);
      execFileSync(compiler, [...strict, '-Ifirmware/core', `-I${folder}`, ...args, '-o', file], { encoding: 'utf8' });
      return file;
    },
    run(program, args = []) {
      const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', cwd: folder, maxBuffer: 64 << 20 });
      if (error) throw error;
      return { status, output: stdout + stderr };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
