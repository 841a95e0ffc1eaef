// Shifts, closed days and what dispensers owe, over HTTP.
import type { Handlers } from '#schema/mount';
import type { storeReportContract } from '#schema/wire/report';
import type { storeShiftContract } from '#schema/wire/shift';
import type { Caller } from '../../base/caller.ts';
import type { Runtime } from '../../base/runtime.ts';
import { showDispensing } from './dispensing.ts';
import { listDayReports, listShifts, showDayReport, showShift } from './queries.ts';

export const storeShiftRoutes = ({ database: { db } }: Runtime): Handlers<typeof storeShiftContract, Caller> => ({
  list: ({ params, query }) => listShifts(db, params.id, query),
  show: ({ params }) => showShift(db, params.id, params.shiftId),
});

export const storeReportRoutes = ({ database: { db }, clock }: Runtime): Handlers<typeof storeReportContract, Caller> => ({
  list: ({ params, query }) => listDayReports(db, params.id, query),
  show: ({ params }) => showDayReport(db, params.id, params.reportId),
  dispensing: ({ params, query }) => showDispensing(db, params.id, query, clock.now()),
});
