// Compiles the core, or a program around it, for the instruction set of the ESP32-C3: with Debian's cross compiler and picolibc, run by
// qemu. The machine's memory is qemu's `virt` board; printing and the exit code go through semihosting.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const tools = 'riscv64-unknown-elf-';
export const compiler = `${tools}gcc`;
export const emulator = 'qemu-system-riscv32';

/** What makes the core small on this instruction set; the ESP-IDF project builds it with the same. */
export const sizeFlags = ['-Os', '-msave-restore', '-fno-jump-tables'];

// Without the older ISA spec the linker takes the 64-bit library.
const target = ['-march=rv32imc', '-mabi=ilp32', '-misa-spec=2.2', ...sizeFlags, '-ffunction-sections', '-fdata-sections'];
const board = [
  '--specs=picolibc.specs',
  '--oslib=semihost',
  '--crt0=hosted',
  '-Wl,--gc-sections',
  '-Wl,--defsym=__flash=0x80000000,--defsym=__flash_size=0x00200000',
  '-Wl,--defsym=__ram=0x80200000,--defsym=__ram_size=0x200000',
];
const warnings = ['-std=c11', '-Wall', '-Wextra', '-Werror'];

/** A program for the board. */
export function buildForBoard(sources, output, flags = []) {
  execFileSync(compiler, [...target, ...board, ...warnings, ...flags, ...sources, '-o', output]);
  return output;
}

/** The core alone, all of it, linked as in a device: what it takes of flash and of memory of its own, and how much of that each file is. */
export function sizeOfCore(sources, folder, flags = []) {
  const [linked, map] = [join(folder, 'core.elf'), join(folder, 'core.map')];
  const objects = sources.map((source) => {
    const object = join(folder, `${basename(source, '.c')}.o`);
    execFileSync(compiler, [...target, ...board, ...warnings, ...flags, '-c', source, '-o', object]);
    return object;
  });
  const all = ['-nostartfiles', '-Wl,--no-gc-sections', '-Wl,-e,lapak_init', '-Wl,--defsym=__stack_size=0', `-Wl,-Map=${map}`];
  buildForBoard(objects, linked, all);
  const lines = execFileSync(`${tools}size`, ['-A', linked], { encoding: 'utf8' }).split('\n');
  const sizeOf = (section) => Number(lines.find((line) => line.startsWith(`${section} `))?.split(/\s+/)[1] ?? 0);
  return {
    code: sizeOf('.text') + sizeOf('.rodata'),
    memory: sizeOf('.data') + sizeOf('.bss'),
    parts: partsIn(readFileSync(map, 'utf8')),
  };
}

/** Bytes by the name of the file, without its ending; the libraries' as `library`. */
function partsIn(map) {
  const parts = {};
  // A long name stands on a line of its own.
  const placed = map.slice(map.indexOf('Linker script and memory map')).replaceAll(/^( \.\S+)\n +/gm, '$1 ');
  for (const [, at, size, file] of placed.matchAll(/^ \.(?:text|rodata)\S* +0x(\w+) +0x(\w+) (\S+)$/gm)) {
    const name = file.endsWith(')') ? 'library' : basename(file, '.o');
    if (Number(`0x${at}`) > 0) parts[name] = (parts[name] ?? 0) + Number(`0x${size}`);
  }
  return parts;
}

export const emulation = (program) => [
  ...['-M', 'virt', '-cpu', 'rv32', '-m', '16M', '-nographic', '-monitor', 'none', '-serial', 'none', '-bios', 'none'],
  ...['-semihosting-config', 'enable=on,target=native', '-kernel', program],
];
