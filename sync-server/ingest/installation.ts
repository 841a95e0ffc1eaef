// The installation's own signing key: made at the first start, sealed at rest, the same for every server on this database.
import { eq } from 'drizzle-orm';
import { type KeyPair, keyPairFromSeed } from '#schema/facts/chain';
import { installation } from '#schema/tables/central/journal';
import { present } from '#schema/values/assert';
import type { RandomBytes } from '#schema/values/clock';
import type { Database } from '../base/database.ts';
import type { Seal } from '../base/secret.ts';

const name = 'signing-key';

export async function ensureSigningKey(database: Database, seal: Seal, random: RandomBytes): Promise<KeyPair> {
  const sealed = seal.seal(Buffer.from(random(32)).toString('base64url'), name);
  await database.db.insert(installation).values({ name, value: sealed }).onConflictDoNothing();
  const [row] = await database.db.select({ value: installation.value }).from(installation).where(eq(installation.name, name));
  const { value } = present(row, 'the signing key was just made');
  const seed = seal.open(value, name);
  if (!seal.isCurrent(value))
    await database.db
      .update(installation)
      .set({ value: seal.seal(seed, name) })
      .where(eq(installation.name, name));
  return keyPairFromSeed(Buffer.from(seed, 'base64url'));
}
