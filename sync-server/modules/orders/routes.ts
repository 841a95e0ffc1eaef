// Orders over HTTP.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { orderContract } from '#schema/wire/order';
import type { Caller } from '../../base/caller.ts';
import type { Runtime } from '../../base/runtime.ts';
import { findOrder, listOrders } from './queries.ts';

export const orderRoutes = ({ database: { db } }: Runtime): Handlers<typeof orderContract, Caller> => ({
  list: ({ query }) => listOrders(db, query),
  show: async ({ params }) => {
    const order = await findOrder(db, params.id);
    return order ? ok(order) : refuse('unknown-order', 'There is no such order.', { field: 'id' });
  },
});
