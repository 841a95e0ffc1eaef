// Types of build.mjs, which stays JavaScript so that the build can run it before anything is compiled.
export interface WasmOptions {
  hooks?: boolean;
  defines?: readonly string[];
}
export function wasmSources(options?: WasmOptions): Record<string, Record<string, Uint8Array>>;
type Files = { [name: string]: string | Uint8Array | Files };
export function compileFiles(files: Files, more: readonly string[]): Promise<Uint8Array>;
export function compileWasm(options?: WasmOptions): Promise<Uint8Array>;
export function buildWasm(outFile: string): Promise<number>;
