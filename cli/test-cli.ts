// Runs the compiled command as people run it, in folders of its own, and keeps what it said.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Another build may be named, so that a test does not depend on who builds into dist at the moment. */
export const binary = process.env.LAPAK_TEST_BINARY ?? fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  input?: string;
  /** Told all that stands on standard error so far, each time that something is added: for tests that answer a command that waits. */
  onStderr?: (said: string) => void;
}

/** Nothing of the person who runs the tests reaches the command: no profile, no NO_COLOR, no data folder. */
export function cleanEnv(folder: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LANG: 'C.UTF-8',
    LAPAK_CONFIG_DIR: join(folder, 'config'),
    LAPAK_DATA_DIR: join(folder, 'data'),
    ...more,
  };
}

export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function runIn(folder: string, args: readonly string[], { env = {}, input, onStderr }: RunOptions = {}): Promise<Ran> {
  if (!existsSync(binary)) throw new Error(`${binary} is not built: npm run build`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binary, ...args], { env: cleanEnv(folder, env), stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
      onStderr?.(stderr);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input ?? '');
  });
}

/** What the command loaded as modules, packages included, by a hook inside it. */
export const loadedModulesEnv = (file: string): Record<string, string> => {
  const hook = `import{appendFileSync}from'node:fs';export async function load(u,c,n){appendFileSync(${JSON.stringify(file)},u+'\\n');return n(u,c)}`;
  const setup = `import{register}from'node:module';register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)})`;
  return { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(setup)}"` };
};
