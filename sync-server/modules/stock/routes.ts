// Stores' stock over HTTP, and the directives by which people change it.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import type { allotmentContract } from '#schema/wire/reservation';
import type { inventoryContract } from '#schema/wire/stock';
import type { Caller } from '../../base/caller.ts';
import { type Runtime, runCommand } from '../../base/runtime.ts';
import { findDirective, storeExists } from '../stores/queries.ts';
import { listAllotments } from './allotments.ts';
import { directAllotment, directMovement, directReturn, directTags, directVoucher } from './commands.ts';
import { listLots, listLowStockAlerts, valueStock } from './lot-queries.ts';
import { listLevels, listMovements } from './queries.ts';

const unknownStore = () => refuse('unknown-store', 'There is no such store.', { field: 'storeId' });

export function inventoryRoutes(runtime: Runtime): Handlers<typeof inventoryContract, Caller> {
  const { db } = runtime.database;
  return {
    levels: async ({ params, query }) =>
      (await storeExists(db, params.storeId)) ? listLevels(db, params.storeId, query) : unknownStore(),
    movements: async ({ params, query }) =>
      (await storeExists(db, params.storeId)) ? listMovements(db, params, query) : unknownStore(),
    lots: async ({ params, query }) =>
      (await storeExists(db, params.storeId)) ? listLots(db, params.storeId, query) : unknownStore(),
    valuation: async ({ params, query }) =>
      (await storeExists(db, params.storeId)) ? valueStock(db, params.storeId, query) : unknownStore(),
    lowStockAlerts: ({ query }) => listLowStockAlerts(db, query),
    trackTags: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => directTags(tx, body, context)),
    direct: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => directMovement(tx, body, context)),
    mintVoucher: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => directVoucher(tx, body, context)),
    directive: async ({ params }) => {
      const directive = await findDirective(db, params.id);
      return directive ? ok(directive) : refuse('unknown-directive', 'There is no such directive.', { field: 'id' });
    },
  };
}

export function allotmentRoutes(runtime: Runtime): Handlers<typeof allotmentContract, Caller> {
  return {
    list: ({ query }) => listAllotments(runtime.database.db, query),
    ask: ({ body, caller }) => runCommand(runtime, caller, (tx, context) => directAllotment(tx, body, context)),
    giveBack: ({ params, body, caller }) =>
      runCommand(runtime, caller, (tx, context) => directReturn(tx, { id: body.id, allotmentId: params.id }, context)),
  };
}
