// `lapak dispenser virtual` as a program of its own, for tests that type what happens to it and read what it says.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished } from 'vitest';
import { binary, cleanEnv } from './test-cli.ts';

export const soon = { timeout: 60_000, interval: 20 };

export function playByCommand(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [binary, 'dispenser', 'virtual', ...args], { env: cleanEnv(folder, env), cwd: folder });
  const said: string[] = [];
  const noted: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => noted.push(line));
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const type = (line: string) => child.stdin.write(`${line}\n`);
  const state = async () => {
    const before = said.length;
    type('state');
    await expect.poll(() => said.length, soon).toBeGreaterThan(before);
    return JSON.parse(said.at(-1) ?? '{}');
  };
  return { said, noted, type, state, kill: (signal: NodeJS.Signals) => child.kill(signal), ended };
}
