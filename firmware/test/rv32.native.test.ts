// The core as the ESP32-C3 runs it: the self-test under qemu, and how much flash and memory it takes.
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { coreSources, hasPrograms, openWorkshop } from '#scripts/dispenser-trial/toolchain';
import { buildForBoard, compiler, emulation, emulator, sizeOfCore } from '../ports/rv32/build.mjs';

const workshop = openWorkshop();
const include = ['-Ifirmware/core', `-I${workshop.folder}`];

afterAll(() => workshop.close());

describe.runIf(hasPrograms('firmware/test/rv32.native.test.ts', [compiler, emulator]))(
  'on the instruction set of the ESP32-C3',
  () => {
    it('[DSP-08] the core passes the same vectors, and pours once', { timeout: 120_000 }, () => {
      const sources = [join('firmware', 'test', 'self', 'self-test.c'), ...coreSources()];
      const program = buildForBoard(sources, join(workshop.folder, 'self-test.elf'), include);
      const { status, output } = workshop.run(emulator, emulation(program));
      console.log(`rv32: ${output.trim()}`);
      expect(output).toMatch(/^\d{3,} checked, 0 failed\r?\n$/);
      expect(status).toBe(0);
    });

    it('[DSP-08] the whole core takes less than 13 KiB of flash, and no memory of its own', { timeout: 120_000 }, () => {
      const { code, memory } = sizeOfCore(coreSources(), join(workshop.folder, 'core.elf'), include);
      console.log(`rv32: ${code} bytes of code and constants, ${memory} of memory of its own`);
      expect(code).toBeGreaterThan(1000);
      expect(code).toBeLessThan(13 * 1024);
      expect(memory).toBe(0);
    });
  },
);
