// Closed business days and the facts that each covers.
import { type DayClosed, dayClosed } from '#schema/facts/day-closed';
import type { Fact } from '#schema/facts/fact';
import { canonical } from '#schema/values/canonical';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';

export function reportProjection(sqlite: Sqlite): Projection {
  const insertReport = writer(
    sqlite,
    `INSERT INTO day_reports (id, generation, number, till_id, business_date, first_date, currency, closed_at, closed_by, approved_by, totals,
       vouchers_open, intent)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertSpan = writer(sqlite, 'INSERT INTO day_spans (generation, to_seq, from_seq, report_id) VALUES (?, ?, ?, ?)');

  function apply({ body, generation, occurredAt, staff }: Fact<DayClosed>): void {
    const { reportId, number, tillId, businessDate, firstDate, currency, approvedBy, vouchersOpen, intent } = body;
    insertReport(
      reportId,
      generation,
      number,
      tillId,
      businessDate,
      firstDate,
      currency,
      occurredAt,
      staff,
      approvedBy,
      canonical(body.totals),
      vouchersOpen,
      intent,
    );
    for (const span of body.covers) insertSpan(span.generation, span.to, span.from, reportId);
  }

  return { tables: ['day_spans', 'day_reports'], on: when(dayClosed, apply) };
}
