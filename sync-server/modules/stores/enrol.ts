// How a machine becomes a store's node: a person makes a one-time code, the machine sends it with its keys and a proof that it holds them.
import { eq } from 'drizzle-orm';
import { enrolText, isSignedBy, textHash } from '#schema/facts/chain';
import { enrolmentCodes, nodes, stores } from '#schema/tables/central/store';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { BodyOf } from '#schema/wire/contract';
import type { Enrolment, syncContract } from '#schema/wire/sync';
import type { Tx } from '../../base/database.ts';
import type { Context } from '../../base/runtime.ts';
import { findGeneration, noteFirstGeneration, openGeneration } from './generations.ts';
import { storeExists } from './queries.ts';

const codeLifeMs = 86_400_000;

// Crockford's letters: none that is read as another. Sixteen of them are 80 bits.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function makeCode(random: Uint8Array): string {
  const letters = [...random].map((byte) => alphabet[byte % alphabet.length]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** As people type it: small letters, with or without dashes, O for 0, I or L for 1. */
const normalised = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

const hashOf = (code: string): string => textHash(normalised(code));

export async function createEnrolmentCode(
  tx: Tx,
  storeId: string,
  { now, random }: Context,
): Promise<Result<{ code: string; expiresAt: string }, 'unknown-store'>> {
  if (!(await storeExists(tx, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'id' });
  const code = makeCode(random(16));
  const expiresAt = now + codeLifeMs;
  await tx.insert(enrolmentCodes).values({ codeHash: hashOf(code), storeId, expiresAt, nodeId: null });
  return ok({ code, expiresAt: isoTime(expiresAt) });
}

type Enrol = BodyOf<typeof syncContract.enrol>;
type EnrolRefusal = 'bad-enrolment-code' | 'bad-proof' | 'store-has-node' | 'store-has-history';

export async function enrolNode(
  tx: Tx,
  input: Enrol,
  centrePublicKey: string,
  { now }: Context,
): Promise<Result<Enrolment, EnrolRefusal>> {
  const { code, nodeId, name, publicKey, boxKey, recover = false, proof } = input;
  if (!isSignedBy(enrolText({ code, nodeId, name, publicKey, boxKey }), proof, publicKey))
    return refuse('bad-proof', 'The proof is not a signature of this enrolment by the key that it names.', { field: 'proof' });
  const [claim] = await tx
    .select()
    .from(enrolmentCodes)
    .where(eq(enrolmentCodes.codeHash, hashOf(code)))
    .for('update');
  // One answer for a code that never was, is used or too old: guessing learns nothing.
  const badCode = refuse('bad-enrolment-code', 'The enrolment code is unknown, used or too old.', {
    field: 'code',
    next: 'Make a new one with: lapak store enrolment-code',
  });
  if (!claim) return badCode;
  const [known] = await tx.select().from(nodes).where(eq(nodes.id, nodeId));
  if (claim.nodeId !== null || known) {
    const same = claim.nodeId === nodeId && known?.publicKey === publicKey && known.revokedAt === null;
    return same ? ok(await enrolmentOf(tx, nodeId, claim.storeId, centrePublicKey)) : badCode;
  }
  if (claim.expiresAt <= now) return badCode;
  const before = await tx
    .select({ id: nodes.id, revokedAt: nodes.revokedAt })
    .from(nodes)
    .where(eq(nodes.storeId, claim.storeId));
  const refusal = refusalFor(before, recover);
  if (refusal) return refusal;
  await tx.update(enrolmentCodes).set({ nodeId }).where(eq(enrolmentCodes.codeHash, claim.codeHash));
  await tx.insert(nodes).values({ id: nodeId, storeId: claim.storeId, name, publicKey, boxKey, enrolledAt: now });
  if (before.length === 0) await noteFirstGeneration(tx, claim.storeId, nodeId, now);
  else await openGeneration(tx, { storeId: claim.storeId, nodeId, why: 'recovered', requestId: nodeId }, now);
  return ok(await enrolmentOf(tx, nodeId, claim.storeId, centrePublicKey));
}

/** A machine that knows nothing of what was printed in this store would print it again. */
function refusalFor(before: readonly { id: string; revokedAt: number | null }[], recover: boolean) {
  const live = before.find(({ revokedAt }) => revokedAt === null);
  if (live)
    return refuse('store-has-node', 'This store has a node already.', {
      next: 'If its machine is lost, give it up first: lapak node replace',
      facts: { nodeId: live.id },
    });
  if (before.length > 0 && !recover)
    return refuse('store-has-history', 'This store had a machine before, and this one does not know what that had sold.', {
      field: 'recover',
      next: 'Use the code with: lapak node recover',
    });
  return undefined;
}

async function enrolmentOf(tx: Tx, nodeId: string, storeId: string, centrePublicKey: string): Promise<Enrolment> {
  const [store] = await tx.select({ code: stores.code }).from(stores).where(eq(stores.id, storeId));
  const { generation, prev, gap } = present(await findGeneration(tx, nodeId), 'enrolling opens a generation');
  return {
    nodeId,
    storeId,
    storeCode: present(store, 'an enrolment code belongs to a store').code,
    generation,
    prev,
    gap,
    centrePublicKey,
  };
}
