// The folder of `lapak up`: the centre's and the node's folders, who is using it, its login, and whether the sample goods are in.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '#schema/values/clock';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { randomPin } from '../pin.ts';

/** Made for this machine, and told by every start. */
export interface DemoLogin {
  login: string;
  password: string;
  /** Of the sample people, in their order. */
  pins: string[];
}

export interface DemoFolder {
  centre: string;
  node: string;
  login: DemoLogin;
  isSeeded(): boolean;
  markSeeded(): Promise<void>;
  /** Others are told where to look instead of starting a second one. */
  tellTill(url: string): Promise<void>;
  release(): void;
}

export async function openDemoFolder(folder: string, random: RandomBytes): Promise<DemoFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = join(folder, 'up.lock');
  await takeLock(lock, folder);
  const seeded = join(folder, 'seeded');
  return {
    centre: join(folder, 'centre'),
    node: join(folder, 'node'),
    login: await readLogin(join(folder, 'login.json'), random),
    isSeeded: () => existsSync(seeded),
    markSeeded: () => writeFile(seeded, ''),
    tellTill: (url) => writeFile(lock, `${process.pid} ${url}\n`),
    release: () => rmSync(lock, { force: true }),
  };
}

/** A lock outlives a process that was killed, so it counts only while its process lives. */
async function takeLock(lock: string, folder: string): Promise<void> {
  for (;;) {
    try {
      return await writeFile(lock, `${process.pid}\n`, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [holder, url] = readFileSync(lock, 'utf8').trim().split(' ');
    if (isAlive(Number(holder))) throw alreadyRunning(folder, Number(holder), url);
    rmSync(lock, { force: true });
  }
}

const alreadyRunning = (folder: string, holder: number, url: string | undefined): Failure =>
  new Failure({
    exit: exitCodes.refused,
    code: 'already-running',
    what: 'Lapak is already running.',
    why: `Process ${holder} uses ${folder}.`,
    next: url
      ? `Open the till at ${url}, or stop it with Ctrl+C where it runs.`
      : 'It is starting: wait a moment, then open the till it names.',
  });

function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process: it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const SAMPLE_PEOPLE = 2;

async function readLogin(path: string, random: RandomBytes): Promise<DemoLogin> {
  if (!existsSync(path)) {
    const pins = Array.from({ length: SAMPLE_PEOPLE }, () => randomPin(random));
    const made: DemoLogin = { login: 'admin', password: Buffer.from(random(15)).toString('base64url'), pins };
    await writeFile(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  return JSON.parse(await readFile(path, 'utf8')) as DemoLogin;
}
