// day.closed: a store closed its business day. What its facts since the close before came to, over all tills, and which facts those are.
import Type from 'typebox';
import { Body, BusinessDate, Count, CurrencyCode, Hash, Id, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';
import { Span, Totals } from './totals.ts';

export const dayClosed = fact({
  kind: 'day.closed',
  version: 1,
  body: Body({
    reportId: Id,
    /** Without a gap within a store. */
    number: Count,
    /** Where it was closed. */
    tillId: Id,
    /** The day that it closes, and the first that it covers: an earlier one where nobody had closed that. */
    businessDate: BusinessDate,
    firstDate: BusinessDate,
    currency: CurrencyCode,
    covers: Type.Array(Span),
    totals: Totals,
    /** Vouchers that were sold and not used at that moment. */
    vouchersOpen: Count,
    approvedBy: orNull(Id),
    intent: Hash,
  }),
  subjects: (body) => [body.reportId],
});

export type DayClosed = BodyOf<typeof dayClosed>;
