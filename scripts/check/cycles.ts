// Import cycles, types included: a file that needs itself by a detour cannot be read alone.
import { importsOf } from './imports.ts';
import type { SourceFile, Tree, Violation } from './tree.ts';

interface Walk {
  tree: Tree;
  byPath: ReadonlyMap<string, SourceFile>;
  /** The files between the start and here, in order. */
  trail: string[];
  done: Set<string>;
  cycles: string[][];
}

export function cycleViolations(tree: Tree): Violation[] {
  const walk: Walk = {
    tree,
    byPath: new Map(tree.files.map((file) => [file.path, file])),
    trail: [],
    done: new Set(),
    cycles: [],
  };
  for (const { path } of tree.files) visit(path, walk);
  return walk.cycles.map((cycle) => ({ path: cycle[0] ?? '', says: `imports itself: ${[...cycle, cycle[0]].join(' → ')}` }));
}

function visit(path: string, walk: Walk): void {
  const start = walk.trail.indexOf(path);
  if (start !== -1) walk.cycles.push(walk.trail.slice(start));
  const file = walk.byPath.get(path);
  if (start !== -1 || walk.done.has(path) || !file) return;
  walk.trail.push(path);
  for (const found of importsOf(file, walk.tree)) if (found.path !== undefined) visit(found.path, walk);
  walk.trail.pop();
  walk.done.add(path);
}
