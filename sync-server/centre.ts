// The centre over a database that is open and migrated: its key, its shapes, its routes, its sweeps. main.ts and tests put it together here.

import { sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authorise } from '#schema/mount';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { idMaker } from '#schema/values/id';
import { ok } from '#schema/values/result';
import { shapes } from '#schema/wire/shape';
import { authoriseWith } from './authorise.ts';
import { type Caller, node } from './base/caller.ts';
import type { Database } from './base/database.ts';
import { createHttp, prepareHttp } from './base/http.ts';
import type { Log } from './base/log.ts';
import { createMetrics, type Metrics, measure, timeRequests } from './base/metrics.ts';
import type { Subscriber } from './base/outbox.ts';
import type { Reaction } from './base/reaction.ts';
import { contextOf, type Runtime } from './base/runtime.ts';
import { sealWith } from './base/secret.ts';
import { type Sweeps, startSweeps } from './base/sweep.ts';
import { transaction } from './base/transaction.ts';
import { mountGateway } from './gateway/mount.ts';
import { ensureSigningKey } from './ingest/installation.ts';
import { salesRollup } from './modules/analytics/reacts.ts';
import { sealDeviceKeysAnew } from './modules/devices/keys.ts';
import { devicesReaction } from './modules/devices/reacts.ts';
import { ensureAdmin } from './modules/identity/commands.ts';
import { ledgerReaction } from './modules/ledger/reacts.ts';
import { ordersReaction } from './modules/orders/reacts.ts';
import { reportsReaction } from './modules/reports/reacts.ts';
import { stockReaction } from './modules/stock/reacts.ts';
import { storesReaction } from './modules/stores/reacts.ts';
import { usersReaction } from './modules/users/reacts.ts';
import { mountRoutes } from './routes.ts';
import { openElectricSource } from './shapes/electric.ts';
import { removeChangeLog } from './shapes/embedded/install.ts';
import { pruneChangeLog, usualPruneLimits } from './shapes/embedded/prune.ts';
import { openEmbeddedSource } from './shapes/embedded.ts';
import { mountShapeGate } from './shapes/gate.ts';
import type { ShapeSource } from './shapes/source.ts';
import { centreSweeps } from './sweeps.ts';
import { mountSystemRoutes } from './system-routes.ts';

export interface CentreParts {
  database: Database;
  clock: Clock;
  random: RandomBytes;
  log: Log;
  secretKey: string;
  secretKeysBefore?: readonly string[] | undefined;
  production: boolean;
  trustProxy: boolean;
  version: string;
  electric?: { url: string; secret?: string | undefined; fetch: typeof fetch } | undefined;
  admin?: { login: string; password: string } | undefined;
  /** Beside those of the product, for tests of what happens when a module fails. */
  moreReactions?: readonly Reaction[] | undefined;
}

export interface Centre {
  app: FastifyInstance;
  stop(): Promise<void>;
}

/** In the order of the modules, lowest first: a later one may read what an earlier one wrote. */
const reactions: readonly Reaction[] = [
  ledgerReaction,
  storesReaction,
  usersReaction,
  devicesReaction,
  stockReaction,
  ordersReaction,
  reportsReaction,
];
const subscribers = [salesRollup] as unknown as readonly Subscriber[];

export async function openCentre(parts: CentreParts): Promise<Centre> {
  const { database, clock, random, log, version, production, trustProxy } = parts;
  const runtime: Runtime = { database, clock, random, makeId: idMaker(clock, random) };
  const seal = sealWith([parts.secretKey, ...(parts.secretKeysBefore ?? [])], random);
  const key = await ensureSigningKey(database, seal, random);
  await transaction(database, (tx) => sealDeviceKeysAnew(tx, seal));
  const { admin } = parts;
  if (admin) await transaction(database, (tx) => ensureAdmin(tx, admin, contextOf(runtime)));
  const source = await openSource(parts);
  const metrics = createMetrics();
  const reacting = [...reactions, ...(parts.moreReactions ?? [])];
  let sweeps: Sweeps | undefined;

  const http = { clock, makeId: runtime.makeId, log, production, trustProxy };
  const app = createHttp(http);
  await prepareHttp(app, http);
  timeRequests(app, metrics);
  await mountSystemRoutes(app, { runtime, metrics, sweeps: () => sweeps, version });
  const authorise = authoriseWith(runtime);
  mountRoutes(app, {
    runtime,
    authorise,
    key,
    seal,
    reactions: reacting,
    onStored: (facts) => {
      metrics.factsReceived.inc(facts);
      sweeps?.nudge('apply');
    },
  });
  mountGateway(app, { runtime, authorise, log });
  mountShapeGate(app, { source, identifyNode: callerOfShapes(authorise) });
  measureBacklog(metrics, runtime);
  await app.ready();

  const own = centreSweeps({ runtime, reactions: reacting, subscribers, metrics, log, onApplied: () => sweeps?.nudge('relay') });
  sweeps = startSweeps(clock, [...own, ...shapeSweeps(parts)], (sweep, fault) => {
    metrics.sweepFaults.inc({ sweep });
    log.error({ err: fault, sweep }, 'a sweep failed and will be tried again');
  });
  return {
    app,
    async stop() {
      await source.close(); // live requests would hold the server open
      await app.close();
      await sweeps?.stop();
    },
  };
}

async function openSource({ electric, database, clock }: CentreParts): Promise<ShapeSource> {
  if (electric) {
    await removeChangeLog(database);
    return openElectricSource({ ...electric, clock });
  }
  const tables = [...new Set(Object.values(shapes).map(({ table }) => table))];
  return openEmbeddedSource({ database, clock, tables });
}

const shapeSweeps = ({ electric, database }: CentreParts) =>
  electric ? [] : [{ name: 'shape-log', everyMs: 60_000, run: () => pruneChangeLog(database, usualPruneLimits) }];

function callerOfShapes(authorise: Authorise<Caller>) {
  return async (request: FastifyRequest) => {
    const caller = await authorise('node', request);
    return caller.ok ? ok(node(caller.value)) : caller;
  };
}

function measureBacklog(metrics: Metrics, { database: { db } }: Runtime): void {
  const count = async (query: ReturnType<typeof sql>) => Number((await db.execute(query)).rows[0]?.count ?? 0);
  measure(metrics, 'lapak_exceptions', 'Exceptions that are open or wait', () =>
    count(sql`SELECT count(*) AS count FROM exceptions WHERE state IN ('open', 'waiting')`),
  );
  measure(metrics, 'lapak_quarantined_facts', 'Facts of replaced machines that wait for a person', () =>
    count(sql`SELECT count(*) AS count FROM quarantine WHERE state = 'held'`),
  );
  measure(metrics, 'lapak_outbox_events', 'Events that wait to be relayed', () =>
    count(sql`SELECT count(*) AS count FROM outbox`),
  );
  measure(metrics, 'lapak_stores_behind', 'Stores with facts that are stored and not applied', () =>
    count(sql`SELECT count(*) AS count FROM journal_heads h JOIN apply_cursors c USING (store_id)
      WHERE (c.generation, c.seq) < (h.generation, h.seq) AND EXISTS (SELECT 1 FROM journal j
        WHERE j.store_id = c.store_id AND (j.generation, j.seq) > (c.generation, c.seq))`),
  );
}
