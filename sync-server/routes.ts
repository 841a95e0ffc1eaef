// Every contract of the centre with the handlers of its module: the one place where nouns and modules meet. One that is not mounted keeps
// the server from starting.
import type { FastifyInstance } from 'fastify';
import type { KeyPair } from '#schema/facts/chain';
import { type Authorise, mount } from '#schema/mount';
import { assert } from '#schema/values/assert';
import { centreContracts as contracts } from '#schema/wire/centre';
import { routesOf } from '#schema/wire/contract';
import type { Caller } from './base/caller.ts';
import type { Reaction } from './base/reaction.ts';
import type { Runtime } from './base/runtime.ts';
import type { Seal } from './base/secret.ts';
import { exceptionRoutes, factRoutes, journalRoutes, type OnStored, quarantineRoutes } from './ingest/routes.ts';
import { fleetRoutes } from './modules/analytics/routes.ts';
import { availabilityRoutes, categoryRoutes, productRoutes, taxRateRoutes } from './modules/catalog/routes.ts';
import {
  deviceOrderRoutes,
  deviceRoutes,
  deviceStatusRoutes,
  deviceSyncRoutes,
  firmwareRoutes,
  firmwareSyncRoutes,
} from './modules/devices/routes.ts';
import { identityRoutes } from './modules/identity/routes.ts';
import { ledgerRoutes } from './modules/ledger/routes.ts';
import { orderRoutes, pickupRoutes, returnSyncRoutes } from './modules/orders/routes.ts';
import { storeReportRoutes, storeShiftRoutes } from './modules/reports/routes.ts';
import { allotmentRoutes, inventoryRoutes } from './modules/stock/routes.ts';
import { nodeRoutes, recoveryRoutes, storeRoutes } from './modules/stores/routes.ts';
import { customerRoutes, customerSyncRoutes, staffRoutes } from './modules/users/routes.ts';

interface RouteParts {
  runtime: Runtime;
  authorise: Authorise<Caller>;
  key: KeyPair;
  seal: Seal;
  reactions: readonly Reaction[];
  onStored: OnStored;
}

export function mountRoutes(app: FastifyInstance, { runtime, authorise, key, seal, reactions, onStored }: RouteParts): void {
  mount(app, contracts.identity, identityRoutes(runtime), authorise);
  mount(app, contracts.store, storeRoutes(runtime), authorise);
  mount(app, contracts.staff, staffRoutes(runtime), authorise);
  mount(app, contracts.customer, customerRoutes(runtime), authorise);
  mount(app, contracts.customerSync, customerSyncRoutes(runtime), authorise);
  mount(app, contracts.device, deviceRoutes(runtime, seal), authorise);
  mount(app, contracts.deviceOrder, deviceOrderRoutes(runtime), authorise);
  mount(app, contracts.deviceStatus, deviceStatusRoutes(runtime), authorise);
  mount(app, contracts.deviceSync, deviceSyncRoutes(runtime, { key, seal }), authorise);
  mount(app, contracts.firmware, firmwareRoutes(runtime), authorise);
  mount(app, contracts.firmwareSync, firmwareSyncRoutes(runtime), authorise);
  mount(app, contracts.product, productRoutes(runtime), authorise);
  mount(app, contracts.availability, availabilityRoutes(runtime), authorise);
  mount(app, contracts.category, categoryRoutes(runtime), authorise);
  mount(app, contracts.taxRate, taxRateRoutes(runtime), authorise);
  mount(app, contracts.inventory, inventoryRoutes(runtime), authorise);
  mount(app, contracts.allotment, allotmentRoutes(runtime), authorise);
  mount(app, contracts.order, orderRoutes(runtime), authorise);
  mount(app, contracts.pickup, pickupRoutes(runtime), authorise);
  mount(app, contracts.returnSync, returnSyncRoutes(runtime), authorise);
  mount(app, contracts.shift, storeShiftRoutes(runtime), authorise);
  mount(app, contracts.report, storeReportRoutes(runtime), authorise);
  mount(app, contracts.ledger, ledgerRoutes(runtime), authorise);
  mount(app, contracts.fleet, fleetRoutes(runtime), authorise);
  mount(app, contracts.sync, { ...nodeRoutes(runtime, key), ...factRoutes(runtime, key, onStored) }, authorise);
  mount(app, contracts.exception, exceptionRoutes(runtime, reactions), authorise);
  mount(app, contracts.journal, journalRoutes(runtime, key), authorise);
  mount(
    app,
    contracts.recovery,
    { ...recoveryRoutes(runtime), ...quarantineRoutes(runtime, { key, reactions, onStored }) },
    authorise,
  );
  requireAll(app);
}

function requireAll(app: FastifyInstance): void {
  for (const { noun, verb, route } of routesOf(contracts)) {
    const url = route.path.replace(/\{(\w+)\}/g, ':$1');
    assert(app.hasRoute({ method: route.method, url }), `${noun}.${verb} is not mounted: ${route.method} ${route.path}`);
  }
}
