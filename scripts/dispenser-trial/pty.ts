// Two ends of one serial line on this machine, played by socat. Pulled out, both are gone; plugged in, they are there again by the same names.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pty {
  /** Paths of its two ends. */
  ends: [string, string];
  pull(): Promise<void>;
  plug(): Promise<void>;
  remove(): Promise<void>;
}

export async function openPty(): Promise<Pty> {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-pty-'));
  const ends: [string, string] = [join(folder, 'node'), join(folder, 'dispenser')];
  let pull = async () => {};

  async function plug(): Promise<void> {
    const socat = spawn('socat', ['-d', '-d', ...ends.map((end) => `pty,raw,echo=0,link=${end}`)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const gone = once(socat, 'exit');
    let held: number[] = [];
    pull = async () => {
      socat.kill();
      await gone;
      for (const end of held.splice(0)) closeSync(end);
    };
    let told = '';
    for await (const chunk of socat.stderr) {
      told += chunk;
      if (told.includes('starting data transfer loop')) break;
    }
    // A line that nobody has open is gone for socat; a cable stays in its socket.
    held = ends.map((end) => openSync(end, constants.O_RDWR | constants.O_NOCTTY));
  }

  await plug();
  return {
    ends,
    plug,
    pull: () => pull(),
    async remove() {
      await pull();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
