// The memory of a store box is small. Left alone, V8 lets garbage grow to four times of what is in use before it looks for it, and a
// first copy of the catalogue is nearly all garbage: this makes it look earlier, and bounds the space that new objects have.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const GROWTH_PERCENT = 40;
/** Both halves of it. V8's own bound is 34 MB; with a quarter of that, what a request needs is still gone before it counts as old. */
const NEW_SPACE_BYTES = 6_000_000;
const PIECES_AT_MOST = 100;

/**
 * Counts for the whole process; to be called before the node's modules are loaded, for loading them makes the new space grow. A worker
 * thread would undo the bound: V8 sets it anew for each.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  // A running V8 cannot be told the size, only by how much it may still grow.
  growNewSpace(NEW_SPACE_BYTES);
  setFlagsFromString('--semi-space-growth-factor=1');
}

function growNewSpace(bytes: number): void {
  const kept: object[][] = [];
  while (newSpaceBytes() < bytes && kept.length < PIECES_AT_MOST)
    kept.push(Array.from({ length: 5_000 }, (_, number) => ({ number })));
}

export const newSpaceBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
