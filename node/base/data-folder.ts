// The folder of a node: its database, the token by which programs of this machine call it, its address, and who is using it.

import { timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '#schema/values/clock';

/** Expected: another node runs on this folder. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

export const databaseFile = (folder: string): string => join(folder, 'store.db');

export const backupFolder = (folder: string): string => join(folder, 'backups');

const generationFile = (folder: string): string => join(folder, 'generation');

/** The highest generation that this folder ever had, whatever database stands in it now: its receipts are printed. */
export function highestGeneration(folder: string): number {
  const file = generationFile(folder);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0;
}

export function noteGeneration(folder: string, generation: number): void {
  if (generation > highestGeneration(folder)) writeFileSync(generationFile(folder), `${generation}\n`);
}

export interface DataFolder {
  isMachineToken(token: string): boolean;
  tellAddress(url: string): void;
  release(): void;
}

export function openDataFolder(folder: string, random: RandomBytes): DataFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lockFile = join(folder, 'node.lock');
  takeLock(lockFile, folder);
  const tokenFile = join(folder, 'machine.token');
  if (!existsSync(tokenFile))
    writeFileSync(tokenFile, `machine_${Buffer.from(random(32)).toString('base64url')}`, { mode: 0o600 });
  const machineToken = Buffer.from(readFileSync(tokenFile, 'utf8').trim());
  const addressFile = join(folder, 'node.url');
  return {
    isMachineToken(token) {
      const given = Buffer.from(token);
      return given.length === machineToken.length && timingSafeEqual(given, machineToken);
    },
    tellAddress: (url) => writeFileSync(addressFile, `${url}\n`),
    release() {
      rmSync(addressFile, { force: true });
      rmSync(lockFile, { force: true });
    },
  };
}

/** A lock outlives a process that was killed, so it counts only while its process lives. */
function takeLock(lockFile: string, folder: string): void {
  if (existsSync(lockFile)) {
    const holder = Number(readFileSync(lockFile, 'utf8'));
    if (holder !== process.pid && isAlive(holder))
      throw new FolderInUse(`Another node (process ${holder}) is running on ${folder}. Stop it first, or use another folder.`);
  }
  writeFileSync(lockFile, String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
