// Decisions about the people of the stores' tills: who they are, what they may do, what they prove it with. Only hashes are kept.
import { eq, sql } from 'drizzle-orm';
import { textHash } from '#schema/facts/chain';
import { badgeText } from '#schema/rules/staff';
import { staff } from '#schema/tables/central/staff';
import { present } from '#schema/values/assert';
import { toBase32 } from '#schema/values/base32';
import { ok, type Result, refuse } from '#schema/values/result';
import type { BodyOf } from '#schema/wire/contract';
import type { ChangeStaff, Staff, staffContract } from '#schema/wire/staff';
import type { Tx } from '../../../base/database.ts';
import { affectedRows } from '../../../base/database.ts';
import { claimId } from '../../../base/intent.ts';
import { hashPassword } from '../../../base/password.ts';
import type { Context } from '../../../base/runtime.ts';
import { storeExists } from '../../stores/queries.ts';
import { findStaff } from '../queries/staff.ts';

type CreateStaff = BodyOf<typeof staffContract.create>;

const SALT_BYTES = 16;

/** 120 bits: a badge is looked up by its hash alone, so guessing it must be hopeless. */
const BADGE_BYTES = 15;

export async function createStaff(
  tx: Tx,
  { pin, ...input }: CreateStaff,
  { now, random }: Context,
): Promise<Result<Staff, 'unknown-store' | 'id-reused'>> {
  // The wish is kept as a plain hash, so the PIN has no part in it: a million are tried in a moment.
  const claimed = await claimId(tx, input.id, { kind: 'staff', ...input }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again') return ok(present(await findStaff(tx, input.id), 'the id of a person was claimed without one'));
  const { id, storeId, name, role } = input;
  if (!(await storeExists(tx, storeId))) return refuse('unknown-store', 'There is no such store.', { field: 'storeId' });
  const pinHash = await hashPassword(pin, random(SALT_BYTES));
  await tx.insert(staff).values({ id, storeId, name, role, pinHash, version: 1, createdAt: now });
  return ok({ id, storeId, name, role, badge: false, active: true, version: 1 });
}

const unknownPerson = () => refuse('unknown-person', 'There is no such person at the tills.', { field: 'id' });

async function update(tx: Tx, id: string, change: Partial<typeof staff.$inferInsert>): Promise<Result<Staff, 'unknown-person'>> {
  const changed = await tx
    .update(staff)
    .set({ ...change, version: sql`${staff.version} + 1` })
    .where(eq(staff.id, id));
  return affectedRows(changed) === 0 ? unknownPerson() : ok(present(await findStaff(tx, id), 'the person was just changed'));
}

export const changeStaff = (tx: Tx, id: string, change: ChangeStaff) => update(tx, id, change);

export const setPin = async (tx: Tx, id: string, pin: string, { random }: Context) =>
  update(tx, id, { pinHash: await hashPassword(pin, random(SALT_BYTES)) });

export async function issueBadge(
  tx: Tx,
  id: string,
  { random }: Context,
): Promise<Result<{ badge: string; staff: Staff }, 'unknown-person'>> {
  const badge = `LB${toBase32(random(BADGE_BYTES))}`;
  const changed = await update(tx, id, { badgeHash: textHash(badgeText(badge)) });
  return changed.ok ? ok({ badge, staff: changed.value }) : changed;
}

export const withdrawBadge = (tx: Tx, id: string) => update(tx, id, { badgeHash: null });
