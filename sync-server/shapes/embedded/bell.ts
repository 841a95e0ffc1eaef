// One LISTEN for the whole process wakes every live request whose table has changed.
import type { Database } from '../../base/database.ts';
import { bellChannel } from './install.ts';

export interface Bell {
  /** Grows with every commit that we heard of; what was read before it grew may be out of date. */
  rings(relation: string): number;
  /** Resolves at the first ring after `seen`, at once if there was one, or when the signal is aborted. */
  nextRing(relation: string, seen: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

interface Tower {
  rings: number;
  waiting: Set<() => void>;
}

export async function hangBell(database: Database): Promise<Bell> {
  const towers = new Map<string, Tower>();
  const towerOf = (relation: string): Tower => {
    const tower = towers.get(relation) ?? { rings: 0, waiting: new Set() };
    towers.set(relation, tower);
    return tower;
  };
  const ring = (tower: Tower) => {
    tower.rings += 1;
    const woken = [...tower.waiting];
    tower.waiting.clear();
    for (const wake of woken) wake();
  };
  // An empty payload means that the connection was lost: anything may have changed meanwhile.
  const stop = await database.listen(bellChannel, (relation) => {
    if (relation === '') for (const tower of towers.values()) ring(tower);
    else ring(towerOf(relation));
  });
  return {
    rings: (relation) => towerOf(relation).rings,
    nextRing: (relation, seen, signal) =>
      new Promise((resolve) => {
        const tower = towerOf(relation);
        if (tower.rings !== seen || signal.aborted) return resolve();
        const wake = () => {
          tower.waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        tower.waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      }),
    close: stop,
  };
}
