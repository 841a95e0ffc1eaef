// What the centre has signed of this journal. A position counts as witnessed only by the centre's own signature over this store's own hash.
import { Compile } from 'typebox/compile';
import { isSignedBy, witnessText } from '#schema/facts/chain';
import { ok, type Result, refuse } from '#schema/values/result';
import { Witness } from '#schema/wire/sync';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Enrolled } from './identity.ts';

type NoWitness = 'not-a-witness' | 'other-store' | 'other-history' | 'bad-signature';

const shape = Compile(Witness);

/** Keeps what the centre answered to a run, once it is proved; what proves nothing changes nothing. */
export function witnessKeeper(
  sqlite: Sqlite,
  { storeId, centrePublicKey }: Pick<Enrolled, 'storeId' | 'centrePublicKey'>,
): (answer: unknown) => Result<Witness, NoWitness> {
  const readHash = rowOf<{ hash: string }>(sqlite, 'SELECT hash FROM facts WHERE generation = ? AND seq = ?');
  const write = writer(
    sqlite,
    `INSERT INTO witnesses (generation, store_id, seq, hash, signed_at, signature) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (generation) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, signed_at = excluded.signed_at, signature = excluded.signature
     WHERE excluded.seq >= witnesses.seq`,
  );
  return (answer) => {
    if (!shape.Check(answer)) return refuse('not-a-witness', 'What was answered is not a position that the centre signed.');
    const { generation, seq, hash, signedAt, signature } = answer;
    if (answer.storeId !== storeId) return refuse('other-store', 'The position that was answered is another store’s.');
    if (readHash(generation, seq)?.hash !== hash)
      return refuse('other-history', `The centre holds another history at ${generation}.${seq}.`);
    if (!isSignedBy(witnessText({ storeId, generation, seq, hash, signedAt }), signature, centrePublicKey))
      return refuse('bad-signature', 'The position that was answered is not signed by the centre that this node enrolled with.');
    write(generation, storeId, seq, hash, signedAt, signature);
    return ok(answer);
  };
}

/** The last seq that the centre has signed; a generation goes on where the one before it was witnessed. */
export function witnessedSeqReader(sqlite: Sqlite): () => number {
  const read = rowOf<{ seq: number }>(sqlite, 'SELECT seq FROM witnesses ORDER BY generation DESC LIMIT 1');
  return () => read()?.seq ?? 0;
}
