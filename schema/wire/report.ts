// Reports of a store: X looks at the day so far, Z closes the business day; the day's takings by the hour; and the closed days that the
// centre has.
import Type, { type Static } from 'typebox';
import { Span, Totals } from '../facts/totals.ts';
import { contract } from './contract.ts';
import { Amount, Count, CurrencyCode, Id, IdParams, Input, oneOf, orNull, Page, Positive, pageQueryWith, Time } from './parts.ts';
import { Language } from './receipt.ts';

const BusinessDate = Type.String({ format: 'date' });

const languageQuery = Input({ language: Type.Optional(Language) });

/** What keeps a day from being closed, and how many of it. */
const Blocker = Type.Object({ what: oneOf('open-shift', 'clock-off', 'day-ahead'), count: Count });

export type DayBlocker = Static<typeof Blocker>;

const OpenShift = Type.Object({
  id: Id,
  number: Positive,
  tillId: Id,
  tillName: Type.String(),
  openedAt: Time,
  openedBy: orNull(Id),
});

export const DayLook = Type.Object({
  at: Time,
  currency: CurrencyCode,
  /** The business day, and the first that nobody closed. */
  businessDate: BusinessDate,
  firstDate: BusinessDate,
  totals: Totals,
  vouchersOpen: Count,
  /** This till’s open shift; null without one, and for a cashier, who counts its drawer blind. */
  shift: orNull(Type.Object({ id: Id, number: Positive, totals: Totals })),
  openShifts: Type.Array(OpenShift),
  blockers: Type.Array(Blocker),
  /** Whether nothing was done. */
  isEmpty: Type.Boolean(),
});

export type DayLook = Static<typeof DayLook>;

export const DayReport = Type.Object({
  id: Id,
  number: Positive,
  /** The number as people read it: `ZA-000012`. */
  label: Type.String(),
  businessDate: BusinessDate,
  firstDate: BusinessDate,
  currency: CurrencyCode,
  closedAt: Time,
  closedBy: orNull(Id),
  approvedBy: orNull(Id),
  tillId: Id,
  totals: Totals,
  vouchersOpen: Count,
  covers: Type.Array(Span),
});

export type DayReport = Static<typeof DayReport>;

export const DayChart = Type.Object({
  currency: CurrencyCode,
  businessDate: BusinessDate,
  /** The same weekday a week earlier. */
  beforeDate: BusinessDate,
  /** In the order of the business day, from its first hour to its last; hours are those of the store’s clock. */
  hours: Type.Array(
    Type.Object({ hour: Type.Integer({ minimum: 0, maximum: 23 }), takings: Amount, sales: Count, takingsBefore: Amount }),
  ),
});

export type DayChart = Static<typeof DayChart>;

const Counted = Type.Object({ count: Count, amount: Amount });

const dispensingParts = {
  paid: Counted,
  dispensed: Counted,
  refunded: Counted,
  open: Counted,
  /** Of those open: with a good voucher, and of which nobody knows; the others wait for a person. */
  waiting: Count,
  uncertain: Count,
  /** Poured beyond what was paid. */
  lost: Counted,
};

export const DispensingReport = Type.Object({
  currency: CurrencyCode,
  from: BusinessDate,
  to: BusinessDate,
  /** By the day on which it was sold, then by dispenser. */
  rows: Type.Array(
    Type.Object({
      businessDate: BusinessDate,
      /** Null where nothing was ever promised from one. */
      dispenserId: orNull(Id),
      dispenserName: orNull(Type.String()),
      ...dispensingParts,
    }),
  ),
  totals: Type.Object(dispensingParts),
});

export type DispensingReport = Static<typeof DispensingReport>;

const dispensing = {
  summary: 'What was paid for goods of dispensers, and what of it was poured, given back or is open, by day and dispenser.',
  /** One day where only one is named; the present business day where none is. */
  query: Input({ from: Type.Optional(BusinessDate), to: Type.Optional(BusinessDate) }),
  output: DispensingReport,
} as const;

export const reportContract = contract({
  look: {
    method: 'GET',
    path: '/api/v1/reports/x',
    access: 'staff',
    summary: 'The business day so far over all tills, and this till’s shift; changes nothing.',
    output: DayLook,
    refusals: { 'not-ready': 409 },
  },
  unclosed: {
    method: 'GET',
    path: '/api/v1/reports/unclosed',
    access: 'staff',
    summary: 'What would be closed now, of all days that nobody has closed, and what keeps it from being closed.',
    output: DayLook,
    refusals: { 'not-ready': 409 },
  },
  lookPdf: {
    method: 'GET',
    path: '/api/v1/reports/x.pdf',
    access: 'staff',
    summary: 'The day so far as a PDF, 80 mm wide.',
    query: languageQuery,
    refusals: { 'not-ready': 409 },
  },
  close: {
    method: 'POST',
    path: '/api/v1/reports/z',
    access: 'staff',
    summary: 'Close the business day: what is sold after it belongs to the next. The same id again gives the same report.',
    body: Input({ id: Id, approvalId: Type.Optional(Id) }),
    output: DayReport,
    status: 201,
    refusals: {
      'day-blocked': 409,
      'nothing-to-close': 409,
      'needs-approval': 409,
      'id-reused': 422,
      'not-ready': 409,
    },
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
  pdf: {
    method: 'GET',
    path: '/api/v1/reports/z/{id}/report.pdf',
    access: 'staff',
    summary: 'One closed day as a PDF, 80 mm wide.',
    params: IdParams,
    query: languageQuery,
    refusals: { 'unknown-report': 404, 'not-ready': 409 },
  },
  hours: {
    method: 'GET',
    path: '/api/v1/reports/hours',
    access: 'staff',
    summary: 'Takings by the hour: of the day that X shows, and of the same weekday before it.',
    output: DayChart,
    refusals: { 'not-ready': 409 },
  },
  dispensing: {
    method: 'GET',
    path: '/api/v1/reports/dispensing',
    access: 'staff',
    ...dispensing,
    refusals: { 'not-ready': 409, 'bad-range': 422 },
  },
});

/** A closed day as the centre has it. */
const StoreDayReport = Type.Object({ storeId: Id, generation: Positive, ...DayReport.properties });

export type StoreDayReport = Static<typeof StoreDayReport>;

const StoreReportParams = Input({ id: Id, reportId: Id });

export const storeReportContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/stores/{id}/day-reports',
    access: { can: 'order.read' },
    summary: 'The closed days of a store, newest first.',
    params: IdParams,
    query: pageQueryWith({}),
    output: Page(StoreDayReport),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/stores/{id}/day-reports/{reportId}',
    access: { can: 'order.read' },
    summary: 'One closed day of a store.',
    params: StoreReportParams,
    output: StoreDayReport,
    refusals: { 'unknown-report': 404 },
  },
  dispensing: {
    method: 'GET',
    path: '/api/v1/stores/{id}/dispensing',
    access: { can: 'order.read' },
    ...dispensing,
    params: IdParams,
    refusals: { 'unknown-store': 404, 'bad-range': 422 },
  },
});
