// The core as the ESP32-C3 runs it: the self-test under qemu, and how much flash and memory it takes.
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { coreSources, hasPrograms, openWorkshop } from '#scripts/dispenser-trial/toolchain';
import { buildForBoard, compiler, emulation, emulator, sizeOfCore } from '../ports/rv32/build.mjs';

const workshop = openWorkshop();
const include = ['-Ifirmware/core', `-I${workshop.folder}`];

/** From the line and the scanned code to the motor, with all that it stands on; besides it there is what is said, obeyed and updated. */
const pours = [
  ...['frame', 'link', 'voucher', 'window', 'journal', 'journal_open', 'vend', 'clock', 'timer', 'scan', 'dispenser'],
  ...['record', 'crc32', 'base32', 'sha256', 'seal', 'bytes', 'library'],
];

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

    it('[DSP-08] what pours takes less than 8 KiB of flash, all of the core less than 10.25, and no memory of its own', {
      timeout: 120_000,
    }, () => {
      const { code, memory, parts } = sizeOfCore(coreSources(), workshop.folder, include);
      const sizeOf = (names: readonly string[]) => names.reduce((sum, name) => sum + (parts[name] ?? 0), 0);
      const rest = Object.keys(parts).filter((name) => !pours.includes(name));
      const listed = [...pours, ...rest].map((name) => `${name} ${parts[name]}`).join(', ');
      console.log(
        `rv32: ${code} bytes of code and constants, ${sizeOf(pours)} of them pour; ${memory} of memory of its own (${listed})`,
      );
      for (const name of pours) expect(parts[name], name).toBeGreaterThan(0);
      expect(sizeOf(pours)).toBeLessThan(8 * 1024);
      expect(code).toBeLessThan(10.25 * 1024);
      expect(Math.abs(code - sizeOf([...pours, ...rest])), 'the parts make up the whole').toBeLessThan(64);
      expect(memory).toBe(0);
    });
  },
);
