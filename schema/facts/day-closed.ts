// day.closed: a store closed its business day. What its facts since the close before came to, over all tills, and which facts those are.
import Type from 'typebox';
import { tenderMethods } from '../rules/tender.ts';
import { Amount, Body, BusinessDate, Count, CurrencyCode, Hash, Id, oneOf, orNull } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

const Counted = Type.Object({ count: Count, amount: Amount });

/** As schema/rules/report.ts adds them up. */
export const Totals = Type.Object({
  sales: Counted,
  returns: Counted,
  net: Amount,
  discounts: Counted,
  voids: Counted,
  tips: Amount,
  rounding: Amount,
  tenders: Type.Array(
    Type.Object({
      method: oneOf(...tenderMethods),
      state: oneOf('paid', 'unverified'),
      count: Count,
      taken: Amount,
      givenBack: Amount,
    }),
  ),
  taxes: Type.Array(Type.Object({ rate: Count, net: Amount, tax: Amount })),
  payIns: Counted,
  payOuts: Counted,
  noSales: Count,
  shifts: Type.Object({ count: Count, over: Amount, short: Amount }),
});

/** Facts of one generation, the first and the last included. */
export const Span = Type.Object({ generation: Count, from: Count, to: Count });

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
