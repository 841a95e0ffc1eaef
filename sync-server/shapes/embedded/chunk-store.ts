// Snapshot chunks that were just built: readers that come together share one build, those that come soon after share its bytes.
import type { SnapshotChunk } from './snapshot.ts';

export interface ChunkStore {
  get(key: string, build: () => Promise<SnapshotChunk>): Promise<SnapshotChunk>;
}

export interface ChunkStoreLimits {
  keptBytes: number;
  buildsAtOnce: number;
}

export function createChunkStore({ keptBytes, buildsAtOnce }: ChunkStoreLimits): ChunkStore {
  const kept = new Map<string, SnapshotChunk>();
  const building = new Map<string, Promise<SnapshotChunk>>();
  const queue: (() => void)[] = [];
  let bytes = 0;
  let running = 0;

  const keep = (key: string, chunk: SnapshotChunk) => {
    kept.set(key, chunk);
    bytes += chunk.body.length;
    // A Map remembers the order of insertion: the first is the one longest unused.
    for (const [oldest, { body }] of kept) {
      if (bytes <= keptBytes) break;
      kept.delete(oldest);
      bytes -= body.length;
    }
  };

  const inTurn = async (build: () => Promise<SnapshotChunk>) => {
    if (running >= buildsAtOnce) await new Promise<void>((resolve) => queue.push(resolve));
    running += 1;
    try {
      return await build();
    } finally {
      running -= 1;
      queue.shift()?.();
    }
  };

  return {
    async get(key, build) {
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const underWay = building.get(key);
      if (underWay) return underWay;
      const started = inTurn(build);
      building.set(key, started);
      try {
        const chunk = await started;
        keep(key, chunk);
        return chunk;
      } finally {
        building.delete(key);
      }
    },
  };
}
