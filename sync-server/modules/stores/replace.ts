// A store's machine is lost: a person gives it up and gets a one-time code for its successor; the lost one is told so, by signature, when
// it is heard again.
import { desc, eq } from 'drizzle-orm';
import { type KeyPair, replacementText, signText } from '#schema/facts/chain';
import { nodes } from '#schema/tables/central/store';
import { assert, present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { BodyOf, OutputOf } from '#schema/wire/contract';
import type { recoveryContract } from '#schema/wire/recovery';
import type { syncContract } from '#schema/wire/sync';
import type { NodeCaller } from '../../base/caller.ts';
import type { Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import type { Context } from '../../base/runtime.ts';
import { createEnrolmentCode } from './enrol.ts';
import { findGeneration, lockHead, noteLastWord, openGeneration } from './generations.ts';
import { journalPosition } from './queries.ts';
import { revokeNode } from './revoke.ts';

type Replacing = OutputOf<typeof recoveryContract.replaceNode>;

/** The lost machine is out at once: two must never write for one store. Its key stays known, for what it may still send. */
export async function replaceNode(
  tx: Tx,
  storeId: string,
  context: Context,
): Promise<Result<Replacing, 'unknown-store' | 'no-node'>> {
  const made = await createEnrolmentCode(tx, storeId, context);
  if (!made.ok) return made;
  const [last] = await tx
    .select({ id: nodes.id, name: nodes.name, lastSeenAt: nodes.lastSeenAt, waiting: nodes.waiting })
    .from(nodes)
    .where(eq(nodes.storeId, storeId))
    .orderBy(desc(nodes.enrolledAt), desc(nodes.id))
    .limit(1);
  if (!last)
    return refuse('no-node', 'This store never had a machine.', { next: 'Enrol its first one: lapak store enrolment-code' });
  const { id: nodeId, name, lastSeenAt, waiting } = last;
  const revoked = await revokeNode(tx, { storeId, nodeId }, context);
  assert(revoked.ok, 'the node was just read');
  return ok({
    ...made.value,
    lost: { nodeId, name, lastSeenAt: lastSeenAt === null ? null : isoTime(lastSeenAt), waiting },
    acknowledged: present(await journalPosition(tx, storeId), 'every store has a journal'),
  });
}

type Standing = OutputOf<typeof syncContract.standing>;

export async function standingOf(
  tx: Tx,
  { nodeId, storeId, replacedAt }: NodeCaller,
  head: { generation: number; seq: number },
  key: KeyPair,
): Promise<Standing> {
  if (replacedAt === null) return { standing: 'live', replacedAt, signature: null };
  await noteLastWord(tx, { storeId, nodeId, head });
  return { standing: 'replaced', replacedAt, signature: signText(replacementText({ storeId, nodeId, replacedAt }), key) };
}

type Restoring = OutputOf<typeof syncContract.openGeneration>;

/** The same machine goes on from a backup: whatever it had printed since, known here or not, it must not print again. */
export async function restoreNode(
  tx: Tx,
  { nodeId, storeId }: NodeCaller,
  { id, after }: BodyOf<typeof syncContract.openGeneration>,
  { now }: Context,
): Promise<Result<Restoring, 'other-history' | 'id-reused'>> {
  const claimed = await claimId(tx, id, { kind: 'generation', storeId, nodeId }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'new') {
    const head = await lockHead(tx, storeId);
    // Before the first fact of a generation stands the hash that it was opened with, so the hash alone says the place.
    if (after.hash !== head.hash)
      return refuse('other-history', `The centre holds this store’s journal up to ${head.generation}.${head.seq}.`, {
        field: 'after',
        next: 'Read the facts that are missing, then ask again.',
        facts: { head },
      });
    await openGeneration(tx, { storeId, nodeId, why: 'restored', requestId: id }, now);
  }
  const { generation, prev, gap } = present(await findGeneration(tx, id), 'the generation was just opened');
  return ok({ generation, prev, gap });
}
