// The same id asked twice is done once: each creating command claims its id first, with a hash of what was asked.
import { eq } from 'drizzle-orm';
import { textHash } from '#schema/facts/chain';
import { intents } from '#schema/tables/central/intent';
import { canonical, type Json } from '#schema/values/canonical';
import { ok, type Result, refuse } from '#schema/values/result';
import { affectedRows, type Tx } from './database.ts';

/** 'again' means that it is done already: answer what stands. Two callers at once wait for each other on the key. */
export async function claimId(
  tx: Tx,
  id: string,
  wish: { kind: string } & Record<string, unknown>,
  now: number,
): Promise<Result<'new' | 'again', 'id-reused'>> {
  const hash = textHash(canonical(wish as unknown as Json));
  const inserted = await tx.insert(intents).values({ id, wish: hash, askedAt: now }).onConflictDoNothing();
  if (affectedRows(inserted) === 1) return ok('new');
  const [known] = await tx.select({ wish: intents.wish }).from(intents).where(eq(intents.id, id));
  if (known?.wish === hash) return ok('again');
  return refuse('id-reused', 'This id was used for something else.', { field: 'id', next: 'Make a new id and send it again.' });
}
