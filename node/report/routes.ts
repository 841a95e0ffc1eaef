// Reports over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { daysAsked } from '#schema/rules/report';
import { ok, refuse } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { reportContract } from '#schema/wire/report';
import { atTill, type Caller } from '../base/caller.ts';
import { pageOf, readCursor } from '../base/cursor.ts';
import type { Journal } from '../journal/commit.ts';
import type { Documents } from '../receipt/documents.ts';
import type { Logo } from '../receipt/logo.ts';
import { sendPdf } from '../receipt/send-pdf.ts';
import type { BusinessDays } from './business-day.ts';
import { closeDay, notReady, type ReportContext } from './commands.ts';
import type { Dispensing } from './dispensing.ts';
import type { DayHours } from './hours.ts';

type RouteContext = ReportContext & {
  days: BusinessDays;
  hours: DayHours;
  dispensing: Dispensing;
  documents: Documents;
  logo: Logo;
  now: () => number;
};

export function reportRoutes(journal: Journal, context: RouteContext): Handlers<typeof reportContract, Caller> {
  const { stores, reports, days, hours, dispensing, documents, logo } = context;
  const unknownReport = () => refuse('unknown-report', 'There is no such report in this store.', { field: 'id' });
  /** As the journal would date it: never before the last fact. */
  const now = () => Math.max(context.now(), journal.head().occurredAt);
  return {
    look: ({ caller }) => {
      const store = stores.current();
      if (!store) return notReady();
      const { till, person } = atTill(caller);
      // Who counts a drawer blind does not look up first what should be in it.
      return ok(reports.look(now(), store, person?.role === 'cashier' ? null : till.id));
    },
    unclosed: () => {
      const store = stores.current();
      return store ? ok(reports.unclosed(now(), store)) : notReady();
    },
    lookPdf: ({ query, reply }) => {
      if (!stores.current()) return notReady();
      const { language = documents.language() } = query;
      const blocks = documents.look(language, now());
      return sendPdf(reply, { blocks, title: 'X', language, at: new Date(now()), logo: logo.png() });
    },
    close: ({ body, caller }) => journal.write((commit) => closeDay(commit, body, atTill(caller), context)),
    list: ({ query }) => {
      const cursor = readCursor(query.after, 2);
      if (!cursor.ok) return cursor;
      const [closedAt, id] = cursor.value;
      const limit = limitOf(query);
      const rows = reports.list(id === undefined ? undefined : { closedAt: Number(closedAt), id }, limit + 1);
      return ok(pageOf(rows, limit, (report) => [String(Date.parse(report.closedAt)), report.id]));
    },
    show: ({ params }) => {
      const report = reports.show(params.id);
      return report ? ok(report) : unknownReport();
    },
    pdf: ({ params, query, reply }) => {
      if (!stores.current()) return notReady();
      const report = reports.show(params.id);
      if (!report) return unknownReport();
      const { language = documents.language() } = query;
      const blocks = documents.dayReport(report.id, { language, copy: false });
      return sendPdf(reply, { blocks, title: report.label, language, at: new Date(report.closedAt), logo: logo.png() });
    },
    hours: () => {
      const store = stores.current();
      return store ? ok(hours(reports.openDate(now(), store), store)) : notReady();
    },
    dispensing: ({ query }) => {
      const store = stores.current();
      if (!store) return notReady();
      const asked = daysAsked(query, days.at(now(), store));
      return asked.ok ? ok(dispensing(asked.value, store)) : asked;
    },
  };
}
