// X, Z and the day's chart. X looks and changes nothing; Z closes the business day.
import Type, { type Static } from 'typebox';
import { tenderMethods } from '../rules/tender.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, Input, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';

const Counted = Type.Object({ count: Count, amount: Amount });

/** What a shift or a day came to. */
export const Totals = Type.Object({
  currency: CurrencyCode,
  sales: Counted,
  returns: Counted,
  voids: Counted,
  discounts: Counted,
  /** Sales less returns, with tax. */
  net: Amount,
  tips: Amount,
  rounding: Amount,
  /** Taken less given back, by how it was paid; what nobody verified stands by itself. */
  tenders: Type.Array(
    Type.Object({ method: oneOf(...tenderMethods), state: oneOf('paid', 'unverified'), ...Counted.properties }),
  ),
  taxes: Type.Array(Type.Object({ rate: Count, net: Amount, tax: Amount })),
  payIns: Counted,
  payOuts: Counted,
  noSales: Count,
  /** Vouchers sold and not poured yet. */
  vouchersOpen: Count,
});

export type Totals = Static<typeof Totals>;

/** What stands in the way of closing the day. */
const Blocker = Type.Object({ what: oneOf('open-shift', 'clock'), count: Count });

export const DayReport = Type.Object({
  id: Id,
  /** Without a gap within a store. */
  number: Positive,
  businessDate: Type.String(),
  closedAt: Time,
  closedBy: orNull(Id),
  approvedBy: orNull(Id),
  totals: Totals,
  /** The facts that it covers: after the first position, up to the last. */
  covers: Type.Object({
    from: Type.Object({ generation: Count, seq: Count }),
    to: Type.Object({ generation: Count, seq: Count }),
  }),
});

export type DayReport = Static<typeof DayReport>;

export const reportContract = contract({
  look: {
    method: 'GET',
    path: '/api/v1/reports/x',
    access: 'staff',
    summary: 'The day so far, and this till’s shift; changes nothing.',
    output: Type.Object({
      businessDate: Type.String(),
      day: Totals,
      shift: orNull(Totals),
      blockers: Type.Array(Blocker),
    }),
    refusals: { 'not-ready': 409 },
  },
  closeDay: {
    method: 'POST',
    path: '/api/v1/reports/z',
    access: 'staff',
    summary: 'Close the business day. The same id again gives the same report.',
    body: Input({ id: Id, approvalId: Type.Optional(Id) }),
    output: DayReport,
    status: 201,
    refusals: { 'day-blocked': 409, 'nothing-to-close': 409, 'needs-approval': 409, 'id-reused': 422, 'not-ready': 409 },
  },
  list: {
    method: 'GET',
    path: '/api/v1/reports/z',
    access: 'staff',
    summary: 'Closed days, newest first.',
    query: pageQueryWith({}),
    output: Page(DayReport),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/reports/z/{id}',
    access: 'staff',
    summary: 'One closed day.',
    params: IdParams,
    output: DayReport,
    refusals: { 'unknown-report': 404 },
  },
  hours: {
    method: 'GET',
    path: '/api/v1/reports/hours',
    access: 'staff',
    summary: 'Takings by the hour of this business day and of the same weekday before it.',
    output: Type.Object({
      currency: CurrencyCode,
      hours: Type.Array(Type.Object({ hour: Count, today: Amount, before: Amount })),
    }),
    refusals: { 'not-ready': 409 },
  },
});
