// The chain at a glance, over HTTP.
import type { Handlers } from '#schema/mount';
import { ok } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import type { fleetContract } from '#schema/wire/fleet';
import type { Caller } from '../../base/caller.ts';
import type { Runtime } from '../../base/runtime.ts';
import { fleet } from './queries.ts';

export const fleetRoutes = ({ database: { db }, clock }: Runtime): Handlers<typeof fleetContract, Caller> => ({
  show: async () => {
    const now = clock.now();
    return ok({ now: isoTime(now), items: await fleet(db, now) });
  },
});
