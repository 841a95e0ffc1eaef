// A day that a store closed: kept as told, and held against what the centre has. What does not fit waits for a person.
import { desc, eq, sql } from 'drizzle-orm';
import type { DayClosed } from '#schema/facts/day-closed';
import { differingParts, reportLabel, totalsOf } from '#schema/rules/report';
import { dayReports } from '#schema/tables/central/report';
import type { Tx } from '../../base/database.ts';
import type { AppliedFact, Finding } from '../../base/reaction.ts';
import { deedsIn } from './deeds.ts';

export async function closeDay(tx: Tx, fact: AppliedFact<DayClosed>): Promise<Finding[]> {
  const { storeId, generation, occurredAt, staff, body } = fact;
  const { reportId, intent: _, ...report } = body;
  const parts = differingParts(body.totals, totalsOf(await deedsIn(tx, storeId, body.covers)));
  const expected = (await lastNumber(tx, storeId)) + 1;
  const overlapped = await overlapping(tx, fact);
  await tx.insert(dayReports).values({ ...report, storeId, id: reportId, generation, closedAt: occurredAt, closedBy: staff });
  const label = `${reportLabel(generation, body.number)} of ${body.businessDate}`;
  const findings: Finding[] = [];
  if (parts.length > 0)
    findings.push({
      fact,
      code: 'day-differs',
      detail: `${label} says other ${parts.join(', ')} than the facts that it covers.`,
    });
  if (body.number !== expected)
    findings.push({ fact, code: 'day-number', detail: `${label} follows ${expected - 1}: number ${expected} was expected.` });
  if (overlapped.length > 0)
    findings.push({ fact, code: 'day-overlaps', detail: `${label} covers facts that ${overlapped.join(', ')} covers as well.` });
  return findings;
}

async function lastNumber(tx: Tx, storeId: string): Promise<number> {
  const [last] = await tx
    .select({ number: dayReports.number })
    .from(dayReports)
    .where(eq(dayReports.storeId, storeId))
    .orderBy(desc(dayReports.number))
    .limit(1);
  return last?.number ?? 0;
}

/** A lost machine may have closed a day that its successor closed too: what both counted is counted twice on paper. */
async function overlapping(tx: Tx, { storeId, body }: AppliedFact<DayClosed>): Promise<string[]> {
  const { rows } = await tx.execute(sql`
    SELECT DISTINCT r.generation, r.number FROM ${dayReports} r
      CROSS JOIN LATERAL jsonb_to_recordset(r.covers) AS had (generation int, "from" bigint, "to" bigint)
      JOIN jsonb_to_recordset(${JSON.stringify(body.covers)}::jsonb) AS has (generation int, "from" bigint, "to" bigint)
        ON has.generation = had.generation AND has."from" <= had."to" AND has."to" >= had."from"
    WHERE r.store_id = ${storeId} ORDER BY r.generation, r.number`);
  return rows.map(({ generation, number }) => reportLabel(Number(generation), Number(number)));
}
