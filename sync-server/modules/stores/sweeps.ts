// What the clock does to stores: enrolment codes that nobody used in time are removed.
import { and, inArray, isNull, lte } from 'drizzle-orm';
import { enrolmentCodes } from '#schema/tables/central/store';
import { affectedRows, type Tx } from '../../base/database.ts';

/** Used codes stay: their node may ask again. */
export async function sweepEnrolmentCodes(tx: Tx, now: number, limit: number): Promise<number> {
  const due = tx
    .select({ codeHash: enrolmentCodes.codeHash })
    .from(enrolmentCodes)
    .where(and(isNull(enrolmentCodes.nodeId), lte(enrolmentCodes.expiresAt, now)))
    .limit(limit)
    .for('update', { skipLocked: true });
  return affectedRows(await tx.delete(enrolmentCodes).where(inArray(enrolmentCodes.codeHash, due)));
}
