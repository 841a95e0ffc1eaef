// A store node that has a process to itself, as on a store's machine: it may decide about the memory of all of it.
import { keepHeapSmall } from './base/heap.ts';
import type { NodeOptions, RunningNode } from './main.ts';

export async function startNodeAlone(options: NodeOptions): Promise<RunningNode> {
  keepHeapSmall();
  const { startNode } = await import('./main.ts');
  return startNode(options);
}
