// Shifts over HTTP.
import type { Handlers } from '#schema/mount';
import type { storeShiftContract } from '#schema/wire/shift';
import type { Caller } from '../../base/caller.ts';
import type { Runtime } from '../../base/runtime.ts';
import { listShifts } from './queries.ts';

export const storeShiftRoutes = ({ database: { db } }: Runtime): Handlers<typeof storeShiftContract, Caller> => ({
  list: ({ params, query }) => listShifts(db, params.id, query),
});
