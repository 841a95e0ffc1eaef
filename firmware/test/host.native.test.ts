// The core on this machine, under the sanitizers for addresses and undefined behaviour: the vectors and a pour, then whatever a fuzzer thinks of.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageBeforeMove } from '#scripts/dispenser-trial/cuts';
import { coreSources, hasFuzzer, hasPrograms, openWorkshop } from '#scripts/dispenser-trial/toolchain';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { type dispenserVectors, vectorsFile } from '#scripts/dispenser-vectors';

const sanitizers = ['-g', '-O1', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];
const workshop = openWorkshop();
const vectors: ReturnType<typeof dispenserVectors> = JSON.parse(readFileSync(vectorsFile, 'utf8'));

afterAll(() => workshop.close());

/** Inputs from which the fuzzer begins. */
const seeds: Record<string, Uint8Array[]> = {
  frames: [
    ...vectors.frames.map(({ line }) => Uint8Array.from([0, 255, ...Buffer.from(line, 'hex')])),
    // Longer than any frame, without a zero that would end it.
    Uint8Array.from([0, 255, ...new Uint8Array(255).fill(0xff), 0, 255, ...new Uint8Array(255).fill(0xff), 0, 1, 0]),
  ],
  vouchers: vectors.vouchers.map(({ text }) => new Uint8Array(Buffer.from(text))),
  journal: [],
};

/** A flash that was in use, as the target takes it: where each record stands, and what it is without its CRC. */
function recordsOf(image: Uint8Array): Uint8Array {
  const pieces: number[] = [];
  for (let at = 0; at < image.length; at += 32) {
    if (image[at] !== 0xff) pieces.push(0, at / 32, ...image.subarray(at, at + 28));
  }
  return Uint8Array.from(pieces);
}

beforeAll(async () => {
  const { image } = imageBeforeMove(await trialModule());
  seeds.journal = [recordsOf(image)];
}, compileTimeoutMs);

describe.each(['clang', 'gcc'])('built with %s', (compiler) => {
  const isThere = hasPrograms('firmware/test/host.native.test.ts', [compiler]);

  it.runIf(isThere)(
    '[DSP-08] the core passes the same vectors, and pours once, under both sanitizers',
    { timeout: 120_000 },
    () => {
      const args = [
        ...sanitizers,
        '-fsanitize=address,undefined',
        join('firmware', 'test', 'self', 'self-test.c'),
        ...coreSources(),
      ];
      const { status, output } = workshop.run(workshop.compile(compiler, `self-test-${compiler}`, args));
      console.log(`${compiler}: ${output.trim()}`);
      expect(output).toMatch(/^\d{3,} checked, 0 failed\n$/);
      expect(status).toBe(0);
    },
  );
});

describe.runIf(hasFuzzer('the fuzzers', 'clang'))('fuzzing', () => {
  it.each([
    ['frames', 20_000],
    ['vouchers', 100_000],
    ['journal', 5_000],
  ])('[DSP-08] %s: nothing that the fuzzer finds breaks the core', { timeout: 300_000 }, (target, runs) => {
    const source = join('firmware', 'ports', 'host', `fuzz-${target}.c`);
    const program = workshop.compile('clang', `fuzz-${target}`, [
      ...sanitizers,
      '-fsanitize=fuzzer,address,undefined',
      source,
      ...coreSources(),
    ]);
    const corpus = join(workshop.folder, `corpus-${target}`);
    mkdirSync(corpus);
    for (const [index, seed] of (seeds[target] ?? []).entries()) writeFileSync(join(corpus, String(index)), seed);
    const args = ['-seed=1', `-runs=${runs}`, '-max_len=8192', '-timeout=20', '-print_final_stats=1', corpus];
    const { status, output } = workshop.run(program, args);
    const last = /^#\d+\s+DONE\s+(cov: \d+ ft: \d+ corp: \S+)/m.exec(output)?.[1];
    console.log(`${target}: ${runs} inputs, ${last}`);
    expect(status, output.slice(-3000)).toBe(0);
    expect(output).toContain(`Done ${runs} runs`);
  });
});
