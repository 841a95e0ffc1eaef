// The positions that the centre signed: from then on nobody can say that a store's journal was otherwise up to there.
import { and, eq } from 'drizzle-orm';
import { type KeyPair, signText, type WitnessedPosition, witnessText } from '#schema/facts/chain';
import { witnesses } from '#schema/tables/central/journal';
import { present } from '#schema/values/assert';
import type { Witness } from '#schema/wire/sync';
import type { Drizzle, Tx } from '../base/database.ts';

const columns = {
  storeId: witnesses.storeId,
  generation: witnesses.generation,
  seq: witnesses.seq,
  hash: witnesses.hash,
  signedAt: witnesses.signedAt,
  signature: witnesses.signature,
};

/** Keeps the last one of each generation; the nodes keep theirs. */
export async function signWitness(tx: Tx, key: KeyPair, position: WitnessedPosition): Promise<Witness> {
  const witness = { ...position, signature: signText(witnessText(position), key) };
  const { seq, hash, signedAt, signature } = witness;
  await tx
    .insert(witnesses)
    .values(witness)
    .onConflictDoUpdate({ target: [witnesses.storeId, witnesses.generation], set: { seq, hash, signedAt, signature } });
  return witness;
}

export async function readWitness(tx: Tx, storeId: string, generation: number): Promise<Witness> {
  const [row] = await tx
    .select(columns)
    .from(witnesses)
    .where(and(eq(witnesses.storeId, storeId), eq(witnesses.generation, generation)));
  return present(row, `store ${storeId} has facts in generation ${generation} that nobody witnessed`);
}

export const listWitnesses = (db: Drizzle, storeId: string): Promise<Witness[]> =>
  db.select(columns).from(witnesses).where(eq(witnesses.storeId, storeId)).orderBy(witnesses.generation);
