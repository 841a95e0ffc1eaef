// Dispensers: the centre decides which there are and what each slot pours; their keys are made in the store and never come here.
import { eq } from 'drizzle-orm';
import { dispensers } from '#schema/tables/central/store';
import { present } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { BodyOf } from '#schema/wire/contract';
import type { Dispenser, storeContract } from '#schema/wire/store';
import { affectedRows, type Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import type { Context } from '../../base/runtime.ts';
import { findFlags } from '../catalog/queries.ts';
import { storeExists } from '../stores/queries.ts';

type AddDispenser = BodyOf<typeof storeContract.addDispenser>;
type AddRefusal = 'unknown-store' | 'unknown-product' | 'not-dispensable' | 'repeated-slot' | 'id-reused';

export async function addDispenser(
  tx: Tx,
  storeId: string,
  input: AddDispenser,
  { now, random }: Context,
): Promise<Result<Dispenser, AddRefusal>> {
  const { id, name, slots } = input;
  if (!(await storeExists(tx, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'id' });
  const goods = await findFlags(
    tx,
    slots.map(({ productId }) => productId),
  );
  for (const [index, { slot, productId }] of slots.entries()) {
    const product = goods.get(productId);
    const field = `slots[${index}]`;
    if (!product) return refuse('unknown-product', 'There is no such product.', { field: `${field}.productId` });
    if (!product.dispensable)
      return refuse('not-dispensable', `${product.name} is not sold from a dispenser.`, { field: `${field}.productId` });
    if (slots.findIndex((other) => other.slot === slot) < index)
      return refuse('repeated-slot', `Slot ${slot} is named twice.`, { field: `${field}.slot` });
  }
  const claimed = await claimId(tx, id, { kind: 'dispenser', storeId, ...input }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'new') await insertWithNumber(tx, { id, storeId, name, slots }, random);
  return ok(present(await findDispenser(tx, id), 'the dispenser was just added'));
}

/** Its name on the wire is 32 bits: random, unique in the chain, never zero; one that is taken is drawn again. */
async function insertWithNumber(tx: Tx, row: Omit<Dispenser, 'number'>, random: Context['random']): Promise<void> {
  for (;;) {
    const number = Buffer.from(random(4)).readUInt32LE();
    if (number === 0) continue;
    const inserted = await tx
      .insert(dispensers)
      .values({ ...row, number })
      .onConflictDoNothing({ target: dispensers.number });
    if (affectedRows(inserted) === 1) return;
  }
}

async function findDispenser(tx: Tx, id: string): Promise<Dispenser | undefined> {
  const { storeId, number, name, slots } = dispensers;
  const [row] = await tx
    .select({ id: dispensers.id, storeId, number, name, slots })
    .from(dispensers)
    .where(eq(dispensers.id, id));
  return row;
}
