// Types of build.mjs.
export const compiler: string;
export const emulator: string;
export function buildForBoard(sources: readonly string[], output: string, flags?: readonly string[]): string;
export function buildObject(source: string, output: string, flags?: readonly string[]): string;
export function emulation(program: string): string[];
export function sizesOf(objects: readonly string[]): { code: number; memory: number };
