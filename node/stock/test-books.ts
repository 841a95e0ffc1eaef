// What must always hold of a store's stock, for tests: the level is the sum of its movements, lots hold what is above zero, and a rebuild
// gives the same rows.
import { expect } from 'vitest';
import { dumpProjections, rebuild } from '../journal/rebuild.ts';
import { projectionsOf } from '../store.ts';
import type { TestNode } from '../test-node.ts';

export function checkBooks({ store: { sqlite } }: Pick<TestNode, 'store'>): void {
  const rows = sqlite
    .prepare<[], { productId: string; onHand: number; moved: number; left: number }>(
      `SELECT l.product_id AS productId, l.on_hand AS onHand,
         coalesce((SELECT sum(quantity) FROM stock_movements m WHERE m.product_id = l.product_id), 0) AS moved,
         coalesce((SELECT sum(remaining) FROM stock_lots o WHERE o.product_id = l.product_id), 0) AS left
       FROM stock_levels l`,
    )
    .all();
  for (const { productId, onHand, moved, left } of rows)
    expect({ productId, moved, left }).toEqual({ productId, moved: onHand, left: Math.max(0, onHand) });
}

export function checkRebuild({ store: { sqlite } }: Pick<TestNode, 'store'>): void {
  const projections = projectionsOf(sqlite);
  const before = dumpProjections(sqlite, projections);
  sqlite.exec('UPDATE stock_lots SET remaining = 0; DELETE FROM lot_movements; UPDATE tags SET place = NULL');
  rebuild(sqlite, projections);
  expect(dumpProjections(sqlite, projections)).toEqual(before);
}

export const problemOf = (
  call: Promise<unknown>,
): Promise<{ status?: number; code?: string; field?: string; facts?: Record<string, unknown> }> =>
  call.then(
    () => ({ code: 'done' }),
    (error: { problem: object }) => error.problem,
  );
