// The store node: the only place where its parts meet. It starts in order, and stops in reverse.
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import type { Registry } from 'prom-client';
import type { AuditReport } from '#schema/facts/audit';
import { mount } from '#schema/mount';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { idMaker } from '#schema/values/id';
import { ok } from '#schema/values/result';
import { isoTime } from '#schema/values/time';
import { countContract } from '#schema/wire/count';
import { storeCustomerContract } from '#schema/wire/customer';
import { deviceContract } from '#schema/wire/device';
import { draftContract } from '#schema/wire/draft';
import { goodsContract } from '#schema/wire/goods';
import { type LanState, nodeContract, nodeContracts } from '#schema/wire/node';
import { openApi } from '#schema/wire/openapi';
import { printContract } from '#schema/wire/print';
import { receiptContract } from '#schema/wire/receipt';
import { reportContract } from '#schema/wire/report';
import { reservationContract } from '#schema/wire/reservation';
import { returnContract } from '#schema/wire/return';
import { saleContract } from '#schema/wire/sale';
import { shiftContract } from '#schema/wire/shift';
import { storeStaffContract } from '#schema/wire/staff';
import { storeStockContract } from '#schema/wire/stock';
import { tagContract } from '#schema/wire/tag';
import { tillContract } from '#schema/wire/till';
import { WIRE_VERSION } from '#schema/wire/version';
import { voucherContract } from '#schema/wire/voucher';
import { backUpNow } from './backup/routes.ts';
import type { BackupSchedule } from './backup/schedule.ts';
import { type EndOfTurn, endOfTurn, randomBytes, systemClock } from './base/clock.ts';
import { databaseFile, noteGeneration, openDataFolder } from './base/data-folder.ts';
import { authoriser, createHttp } from './base/http.ts';
import { openLog } from './base/log.ts';
import { machineHosts, type ReadHosts } from './base/network.ts';
import { packageRoot } from './base/package-root.ts';
import { migrateSqlite, type OpenSqlite, openSqlite, type Sqlite } from './base/sqlite.ts';
import { customerRoutes } from './customer/routes.ts';
import type { BrokerSettings } from './devices/mqtt/device-broker.ts';
import type { OpenLink } from './devices/printer/link.ts';
import { openLink } from './devices/printer/open-link.ts';
import { printRoutes } from './devices/printer/routes.ts';
import { deviceRoutes } from './devices/routes.ts';
import { voucherRoutes } from './dispense/routes.ts';
import { draftRoutes } from './draft/routes.ts';
import { rebuild } from './journal/rebuild.ts';
import { verifyChain } from './journal/verify.ts';
import type { Lan, LanOptions, LanParts } from './lan/lan.ts';
import { openOwnHosts } from './lan/own-hosts.ts';
import { receiptRoutes } from './receipt/routes.ts';
import { reportRoutes } from './report/routes.ts';
import { type CentreAddress, openElsewhere } from './return/elsewhere.ts';
import { returnRoutes } from './return/routes.ts';
import { saleRoutes } from './sale/routes.ts';
import { shiftRoutes } from './shift/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { countRoutes, goodsRoutes, reservationRoutes } from './stock/goods-routes.ts';
import { stockRoutes, tagRoutes } from './stock/routes.ts';
import { openStore, projectionsOf, type Store } from './store.ts';
import { type LinkListener, openCentre } from './sync/centre.ts';
import { enrol } from './sync/enrol.ts';
import { type Identity, openIdentity } from './sync/identity.ts';
import { deriveAgain, RecoveryUnfinished, unfinishedRecovery } from './sync/recover.ts';
import { startSync } from './sync/sync.ts';
import { witnessedSeqReader } from './sync/witness.ts';
import { openTillCodes } from './tills/codes.ts';
import { openTills } from './tills/pairing.ts';
import { tillRoutes } from './tills/routes.ts';
import { boxState } from './trouble/box.ts';
import { stopWhenUnfit } from './trouble/gate.ts';
import { type FreeBytes, freeBytes } from './trouble/watch.ts';
import { startUpkeep } from './upkeep.ts';

export interface NodeOptions {
  dataFolder: string;
  host?: string;
  /** 0 takes any free one. */
  port?: number;
  /** Lets other machines in; without it the node listens to its own alone. */
  lan?: LanOptions;
  /** Where its devices meet it by MQTT. */
  mqtt?: BrokerSettings;
  /** Where the centre is now, when that is not where the node enrolled. */
  serverUrl?: string;
  /** Pairs a virtual dispenser with every dispenser that has no device yet. */
  demo?: boolean;
  logLevel?: string;
  clock?: Clock;
  random?: RandomBytes;
  endOfTurn?: EndOfTurn;
  fetch?: typeof fetch;
  openSqlite?: OpenSqlite;
  openPrinterLink?: OpenLink;
  freeBytes?: FreeBytes;
  readHosts?: ReadHosts;
  /** Where the backups of each night go; beside the database unless said. */
  backupFolder?: string;
}

export interface RunningNode {
  url: string;
  /** How other machines reach it; null where they do not. */
  lan: LanState | null;
  /** The inside, for whoever runs the node in its own process: tests, benches, the simulation. */
  store: Store;
  stop(): Promise<void>;
}

export const nodeVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;

const LOOPBACK = '127.0.0.1';

/** Expected: other machines were to reach a node whose LAN nobody has enabled. */
class LanDisabled extends Error {
  override name = 'LanDisabled';
  constructor(host: string) {
    super(`The address ${host} is of the network, and the LAN is not enabled.`);
  }
}

const withDefaults = (options: NodeOptions) => ({
  port: 7200,
  mqtt: { port: 1883, tlsPort: 8883 },
  demo: false,
  logLevel: 'warn',
  clock: systemClock,
  random: randomBytes,
  endOfTurn,
  fetch,
  openSqlite,
  openPrinterLink: openLink,
  freeBytes,
  readHosts: machineHosts,
  ...options,
  host: hostOf(options),
});

/** Every address of this machine once the LAN is enabled, its own alone before. */
function hostOf({ host, lan }: NodeOptions): string {
  if (host === undefined) return lan ? '0.0.0.0' : LOOPBACK;
  if (!lan && !['localhost', LOOPBACK, '::1'].includes(host)) throw new LanDisabled(host);
  return host;
}

export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { dataFolder, host, port, ...parts } = withDefaults(options);
  const { clock, random, demo } = parts;
  const folder = openDataFolder(dataFolder, random);
  const log = openLog(parts.logLevel);
  const makeId = idMaker(clock, random);
  const sqlite = parts.openSqlite(databaseFile(dataFolder));
  migrateSqlite(sqlite);
  readyToRun(sqlite);
  const identity = openIdentity(sqlite, makeId, random);
  const store = openStore({ ...parts, sqlite, identity, makeId, log, dataFolder, host, lan: () => lan ?? null });
  const tills = openTills({ sqlite, clock, makeId, random });
  const codes = openTillCodes({ sqlite, clock, random, tills });
  const hosts = openOwnHosts({ ...parts, lanNames: parts.lan?.names });
  const app = await createHttp(log, makeId, hosts);
  const portNow = () => (app.server.address() as AddressInfo | null)?.port ?? port;
  const lan: Lan | undefined =
    parts.lan &&
    (await openLanOf({ ...parts, app, sqlite, now: store.now, hosts, host, port: portNow, store, options: parts.lan }));
  const addresses = () => lan?.addresses() ?? [];
  stopWhenUnfit(app, store.troubles);
  const allow = authoriser({ ...store, tills, isMachineToken: folder.isMachineToken });
  mount(app, storeStaffContract, staffRoutes(store.journal, store), allow);
  mount(app, storeCustomerContract, customerRoutes(store.journal, store), allow);
  mount(app, saleContract, saleRoutes(store.journal, store), allow);
  const isOnline = () => store.link.state().link === 'online';
  const elsewhere = openElsewhere(centreOf({ ...parts, identity, link: store.link }));
  mount(app, returnContract, returnRoutes({ ...store, elsewhere, isOnline }), allow);
  mount(app, shiftContract, shiftRoutes(store.journal, store), allow);
  mount(app, reportContract, reportRoutes(store.journal, store), allow);
  mount(app, draftContract, draftRoutes(store.journal, store), allow);
  mount(app, voucherContract, voucherRoutes(store.journal, store.now, { ...store, addresses }), allow);
  mount(app, storeStockContract, stockRoutes(store.journal, store), allow);
  mount(app, goodsContract, goodsRoutes(store.journal, store), allow);
  mount(app, countContract, countRoutes(store.journal, store), allow);
  mount(app, reservationContract, reservationRoutes(store.journal, store), allow);
  mount(app, tagContract, tagRoutes(store.journal, store), allow);
  mount(app, deviceContract, deviceRoutes(store.devices, store.journal, store.now), allow);
  mount(app, printContract, printRoutes(store.printing), allow);
  mount(app, receiptContract, receiptRoutes(store), allow);
  mount(app, tillContract, tillRoutes({ ...store, tills, codes, addresses, demo }), allow);
  const witnessedSeq = witnessedSeqReader(sqlite);
  const upkeep = startUpkeep({ ...parts, store, identity, log, dataFolder });
  const { backups } = upkeep;
  const status = () => ok({ ...statusOf(store, identity, witnessedSeq()), backup: backups.state(), lan: lan?.state() ?? null });
  const box = () =>
    boxState({ store, backups, witnessedSeq, freeBytes: () => parts.freeBytes(dataFolder), version: nodeVersion() });
  mount(app, nodeContract, { status, box, backUp: ({ body }) => backUpNow(backups, body.to) }, allow);
  await mountPages(app, store, backups);
  await app.listen({ host, port });
  await lan?.listen();
  await store.start();
  const sync = startSync({ ...parts, identity, log, store, projections: projectionsOf(sqlite), version: nodeVersion() });
  const url = `http://${host === '0.0.0.0' ? LOOPBACK : host}:${portNow()}`;
  folder.tellAddress(url);
  noteGeneration(dataFolder, store.journal.head().generation);
  return {
    url,
    lan: lan?.state() ?? null,
    store,
    async stop() {
      await upkeep.stop();
      await sync.stop();
      store.events.close();
      lan?.stop();
      await app.close();
      await store.stop();
      sqlite.close();
      folder.release();
    },
  };
}

type LanOf = Omit<LanParts, 'storeName'> & { store: Store };

/** Loaded only where it is enabled: what makes certificates takes longer to load than a till to start. */
async function openLanOf({ store, ...parts }: LanOf) {
  const { openLan } = await import('./lan/lan.ts');
  return openLan({ ...parts, storeName: () => store.stores.current()?.name ?? 'Lapak' });
}

interface CentreNeeds {
  identity: Identity;
  clock: Clock;
  fetch: typeof fetch;
  link: LinkListener;
  serverUrl?: string;
}

/** For what a person asks while they wait; facts and shapes have their own way. */
function centreOf({ identity, serverUrl, ...parts }: CentreNeeds): CentreAddress {
  const enrolled = identity.enrolled();
  if (!enrolled) return undefined;
  const centre = openCentre({ ...parts, identity, enrolled, onTurnedAway: () => {} });
  return { baseUrl: serverUrl ?? enrolled.serverUrl, fetch: centre.fetch };
}

/** A folder that is being recovered is not a node yet; one that facts came to late derives its tables first. */
function readyToRun(sqlite: Sqlite): void {
  const unfinished = unfinishedRecovery(sqlite);
  if (unfinished?.why === 'late') deriveAgain(sqlite, projectionsOf(sqlite));
  else if (unfinished) throw new RecoveryUnfinished(unfinished.why);
}

type App = Awaited<ReturnType<typeof createHttp>>;

type SetHeaders = NonNullable<FastifyStaticOptions['setHeaders']>;

async function mountPages(app: App, store: Store, backups: BackupSchedule): Promise<void> {
  let registry: Registry | undefined;
  const gauges = {
    journal_seq: { help: 'The seq of the last fact.', read: () => store.journal.head().seq },
    facts_waiting: { help: 'Facts that the centre has not acknowledged.', read: () => store.link.state().waiting },
    centre_reachable: { help: '1 while the centre answers.', read: () => Number(store.link.state().link === 'online') },
    backup_time_seconds: {
      help: 'When the last backup was written and verified; 0 for never.',
      read: () => Math.floor(Date.parse(backups.state().lastAt ?? isoTime(0)) / 1000),
    },
    backup_failed: { help: '1 while the last backup failed.', read: () => Number(backups.state().failedAt !== null) },
    devices_online: { help: 'Devices that answer.', read: () => store.devices.counts().online },
    device_faults: {
      help: 'Devices that answer and do not work.',
      read: () => store.devices.list().filter(({ state }) => state === 'fault').length,
    },
    device_alerts: {
      help: 'Readings outside their bounds that somebody was told of.',
      read: () => store.devices.telemetry.alerts().length,
    },
  };
  const counters = {
    voucher_refused: { help: 'Vouchers that dispensers and tills refused.', label: 'reason', read: store.voucherRefusals.read },
    device_refused: { help: 'What was refused on the links of devices.', label: 'reason', read: store.refusals.read },
  };
  app.get('/healthz', () => ({ status: 'ok', version: nodeVersion(), wireVersion: WIRE_VERSION }));
  app.get('/readyz', (_, reply) => {
    const reasons = store.stores.current() ? [] : ['the store has not arrived from the centre'];
    return reply.status(reasons.length > 0 ? 503 : 200).send({ ready: reasons.length === 0, reasons });
  });
  app.get('/metrics', async (_, reply) => {
    // Loaded when somebody asks: most stores are never asked.
    const { openMetrics } = await import('./base/metrics.ts');
    registry ??= openMetrics(gauges, counters);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  app.get('/openapi.json', () => openApi('Lapak store node', nodeVersion(), nodeContracts));
  const page = join(packageRoot(), 'dist/node/till');
  if (existsSync(page)) await app.register(fastifyStatic, { root: page, immutable: true, maxAge: '1y', setHeaders: pageHeaders });
}

/** Built files carry their hash in their name; the page that names them does not, and must be asked for anew. */
const pageHeaders: SetHeaders = (response, path) => {
  if (path.endsWith('.html')) response.header('cache-control', 'no-cache');
};

function statusOf({ journal, link, devices, troubles }: Store, identity: Identity, witnessedSeq: number) {
  const enrolled = identity.enrolled();
  const { generation, seq } = journal.head();
  return {
    version: nodeVersion(),
    enrolled: enrolled !== undefined,
    storeId: enrolled?.storeId ?? null,
    nodeId: identity.nodeId,
    generation,
    seq,
    witnessedSeq,
    sync: link.state(),
    devices: devices.counts(),
    troubles: troubles.list(),
  };
}

/** Makes this folder the store's node; the node must not be running. */
export async function enrolNode(options: {
  dataFolder: string;
  serverUrl: string;
  code: string;
  name: string;
  fetch?: typeof fetch;
}) {
  const folder = openDataFolder(options.dataFolder, randomBytes);
  const sqlite = openSqlite(databaseFile(options.dataFolder));
  try {
    migrateSqlite(sqlite);
    return await enrol(openIdentity(sqlite, idMaker(systemClock, randomBytes), randomBytes), { fetch, ...options });
  } finally {
    sqlite.close();
    folder.release();
  }
}

/** Derives every projection again from the journal; the node must not be running. */
export function rebuildNode(options: { dataFolder: string }): { facts: number } {
  const folder = openDataFolder(options.dataFolder, randomBytes);
  const sqlite = openSqlite(databaseFile(options.dataFolder));
  try {
    migrateSqlite(sqlite);
    return rebuild(sqlite, projectionsOf(sqlite));
  } finally {
    sqlite.close();
    folder.release();
  }
}

/** Reads only; the node may be running. */
export function verifyJournal(options: { dataFolder: string }): AuditReport {
  const sqlite = openSqlite(databaseFile(options.dataFolder), { readonly: true });
  try {
    return verifyChain(sqlite);
  } finally {
    sqlite.close();
  }
}
