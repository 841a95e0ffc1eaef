// Reads this node's journal as a third party would: every hash again, every position that the centre signed, and which tail nobody has
// witnessed.
import { type AuditReport, type SignedPosition, type StoredFact, startAudit } from '#schema/facts/audit';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';

export function verifyChain(sqlite: Sqlite): AuditReport {
  const readPage = rowsOf<StoredFact>(
    sqlite,
    'SELECT generation, seq, hash, text FROM facts WHERE (generation, seq) > (?, ?) ORDER BY generation, seq LIMIT 1000',
  );
  const check = startAudit();
  for (let page = readPage(0, 0); page.length > 0; page = readPage(page.at(-1)?.generation, page.at(-1)?.seq))
    for (const row of page) check.add(row);
  const witnesses = rowsOf<SignedPosition>(
    sqlite,
    'SELECT generation, store_id AS storeId, seq, hash, signed_at AS signedAt, signature FROM witnesses ORDER BY generation',
  )();
  const centreKey = rowOf<{ key: string | null }>(sqlite, 'SELECT centre_public_key AS key FROM identity')()?.key;
  return check.end(witnesses, centreKey ?? '');
}
