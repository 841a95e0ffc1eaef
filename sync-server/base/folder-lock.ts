// One process for a data folder: PGlite does not see another process on its files, and the two would write over each other.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Expected: a server runs on this folder. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

/** Answers how to give it back. A lock outlives a process that was killed, so it counts only while its process lives. */
export function lockFolder(folder: string): () => void {
  const lock = `${folder}.lock`;
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
    }
    const holder = Number(readFileSync(lock, 'utf8'));
    // In a container every start has the same number: our own says that the one before us was killed.
    if (holder !== process.pid && isAlive(holder))
      throw new FolderInUse(`The database in ${folder} is in use by process ${holder}.`);
    rmSync(lock, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (fault) {
    // Somebody else's process: it lives.
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}
