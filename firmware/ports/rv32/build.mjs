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

/** One source as an object: what it adds to a device. */
export function buildObject(source, output, flags = []) {
  execFileSync(compiler, [...target, ...warnings, '--specs=picolibc.specs', '-c', ...flags, source, '-o', output]);
  return output;
}

/** Bytes of code and constants, and of memory of their own. */
export function sizesOf(objects) {
  const lines = execFileSync(`${tools}size`, ['--totals', ...objects], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const [code = 0, initialised = 0, zeroed = 0] = lines.at(-1).trim().split(/\s+/).map(Number);
  return { code, memory: initialised + zeroed };
}

export const emulation = (program) => [
  ...['-M', 'virt', '-cpu', 'rv32', '-m', '16M', '-nographic', '-monitor', 'none', '-serial', 'none', '-bios', 'none'],
  ...['-semihosting-config', 'enable=on,target=native', '-kernel', program],
];
