// Types of build.mjs.
export const compiler: string;
export const emulator: string;
export const sizeFlags: readonly string[];
export function buildForBoard(sources: readonly string[], output: string, flags?: readonly string[]): string;
export function sizeOfCore(
  sources: readonly string[],
  folder: string,
  flags?: readonly string[],
): { code: number; memory: number; parts: Record<string, number> };
export function emulation(program: string): string[];
