// Types of build.mjs.
export const compiler: string;
export const emulator: string;
export function buildForBoard(sources: readonly string[], output: string, flags?: readonly string[]): string;
export function sizeOfCore(
  sources: readonly string[],
  output: string,
  flags?: readonly string[],
): { code: number; memory: number };
export function emulation(program: string): string[];
