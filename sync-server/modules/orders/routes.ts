// Orders over HTTP.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { orderContract } from '#schema/wire/order';
import type { pickupContract } from '#schema/wire/pickup';
import type { returnSyncContract } from '#schema/wire/return';
import { type Caller, node } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { createPickup, findPickup, listPickups, pickUpAgain } from './pickups.ts';
import { findOrder, listOrders } from './queries.ts';
import { findElsewhere, releaseReturn, reserveReturn } from './receipts-elsewhere.ts';

export const orderRoutes = ({ database: { db } }: Runtime): Handlers<typeof orderContract, Caller> => ({
  list: ({ query }) => listOrders(db, query),
  show: async ({ params }) => {
    const order = await findOrder(db, params.id);
    return order ? ok(order) : refuse('unknown-order', 'There is no such order.', { field: 'id' });
  },
});

export const returnSyncRoutes = (runtime: Runtime): Handlers<typeof returnSyncContract, Caller> => ({
  async find({ params, caller }) {
    const { storeId } = node(caller);
    return ok({ items: await findElsewhere(runtime.database.db, params.receipt, storeId, runtime.clock.now()) });
  },
  reserve({ params, body: { storeId, saleId, lines }, caller }) {
    const wanted = { storeId, orderId: saleId, by: node(caller).storeId, returnId: params.id, lines };
    return runCommand(runtime, caller, (tx, context) => reserveReturn(tx, wanted, context));
  },
  release: ({ params, caller }) =>
    runCommand(runtime, caller, async (tx) => ok({ released: await releaseReturn(tx, node(caller).storeId, params.id) })),
});

export const pickupRoutes = (runtime: Runtime): Handlers<typeof pickupContract, Caller> => ({
  list: ({ query }) => listPickups(runtime.database.db, query),
  show: async ({ params }) => {
    const pickup = await findPickup(runtime.database.db, params.id);
    return pickup ? ok(pickup) : refuse('unknown-pickup', 'There is no such pickup.', { field: 'id' });
  },
  create: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => createPickup(tx, body, context)),
  again: ({ params, body, caller }) =>
    runCommand(runtime, caller, (tx, context) => pickUpAgain(tx, { pickupId: params.id, id: body.id }, context)),
});
