// A machine that must no longer speak for its store, lost, stolen or sold: shut out at once and kept for its history. Its key stays known,
// so that what it may still send can be told from anybody else's.
import { and, desc, eq, isNull } from 'drizzle-orm';
import { nodes } from '#schema/tables/central/store';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { StoreNode } from '#schema/wire/store';
import type { Drizzle, Tx } from '../../base/database.ts';
import type { Context } from '../../base/runtime.ts';
import { storeExists } from './queries.ts';

const columns = {
  id: nodes.id,
  name: nodes.name,
  enrolledAt: nodes.enrolledAt,
  revokedAt: nodes.revokedAt,
  lastSeenAt: nodes.lastSeenAt,
  version: nodes.version,
};

const timeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

const viewOf = (row: Pick<typeof nodes.$inferSelect, keyof typeof columns>): StoreNode => ({
  ...row,
  state: row.revokedAt === null ? 'live' : 'revoked',
  enrolledAt: isoTime(row.enrolledAt),
  revokedAt: timeOrNull(row.revokedAt),
  lastSeenAt: timeOrNull(row.lastSeenAt),
});

export async function listNodes(db: Drizzle, storeId: string): Promise<Result<{ items: StoreNode[] }, 'unknown-store'>> {
  if (!(await storeExists(db, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'id' });
  const rows = await db
    .select(columns)
    .from(nodes)
    .where(eq(nodes.storeId, storeId))
    .orderBy(desc(nodes.enrolledAt), desc(nodes.id));
  return ok({ items: rows.map(viewOf) });
}

export async function revokeNode(
  tx: Tx,
  { storeId, nodeId }: { storeId: string; nodeId: string },
  { now }: Context,
): Promise<Result<StoreNode, 'unknown-node'>> {
  const itself = and(eq(nodes.id, nodeId), eq(nodes.storeId, storeId));
  // The first time stands: a repetition tells when it was.
  await tx
    .update(nodes)
    .set({ revokedAt: now })
    .where(and(itself, isNull(nodes.revokedAt)));
  const [row] = await tx.select(columns).from(nodes).where(itself);
  if (row) return ok(viewOf(row));
  return refuse('unknown-node', 'This store has no such node.', {
    field: 'nodeId',
    next: 'See its machines with: lapak node list',
  });
}
