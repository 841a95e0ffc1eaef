// Compiles the core, or a program around it, for the instruction set of the ESP32-C3: with Debian's cross compiler and picolibc, run by
// qemu. The machine's memory is qemu's `virt` board; printing and the exit code go through semihosting.
import { execFileSync } from 'node:child_process';

const tools = 'riscv64-unknown-elf-';
export const compiler = `${tools}gcc`;
export const emulator = 'qemu-system-riscv32';

// Without the older ISA spec the linker takes the 64-bit library.
const target = [
  '-march=rv32imc',
  '-mabi=ilp32',
  '-misa-spec=2.2',
  '-Os',
  '-msave-restore',
  '-ffunction-sections',
  '-fdata-sections',
];
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

/** The core alone, all of it, linked as in a device: how many bytes of code and constants it takes there, and of memory of its own. */
export function sizeOfCore(sources, output, flags = []) {
  const all = ['-nostartfiles', '-Wl,--no-gc-sections', '-Wl,-e,lapak_init', '-Wl,--defsym=__stack_size=0'];
  buildForBoard(sources, output, [...flags, ...all]);
  const lines = execFileSync(`${tools}size`, ['-A', output], { encoding: 'utf8' }).split('\n');
  const sizeOf = (section) => Number(lines.find((line) => line.startsWith(`${section} `))?.split(/\s+/)[1] ?? 0);
  return { code: sizeOf('.text') + sizeOf('.rodata'), memory: sizeOf('.data') + sizeOf('.bss') };
}

export const emulation = (program) => [
  ...['-M', 'virt', '-cpu', 'rv32', '-m', '16M', '-nographic', '-monitor', 'none', '-serial', 'none', '-bios', 'none'],
  ...['-semihosting-config', 'enable=on,target=native', '-kernel', program],
];
