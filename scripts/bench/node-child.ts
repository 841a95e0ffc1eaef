// A store node as a process of its own, for benches that measure all of it: its start, its memory, its first answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface NodeChild {
  url: string;
  /** What it holds of the machine's memory, in bytes; null where the system does not tell. */
  memory(): number | null;
  /** At once, as by a power cut. */
  kill(): Promise<void>;
}

export async function startNodeChild(folder: string, env: Record<string, string> = {}): Promise<NodeChild> {
  const program = join(import.meta.dirname, '../story/node-process.js');
  const child = spawn(process.execPath, [program, folder, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'exit');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: String(said).trim(),
    memory: () => memoryOf(child.pid),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export function memoryOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8')) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
}
