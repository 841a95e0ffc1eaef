// The inside of a node, without its web server and its link: journal, projections, replicas, devices, and what they tell each other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, RandomBytes } from '#schema/values/clock';
import type { MakeId } from '#schema/values/id';
import { rootKeySize } from '#schema/wire/voucher-code';
import type { EndOfTurn } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { packageRoot } from './base/package-root.ts';
import type { Sqlite } from './base/sqlite.ts';
import { openSweep } from './base/sweep.ts';
import { openDetails } from './customer/details.ts';
import { customerProjection } from './customer/projection.ts';
import { customerQueries } from './customer/queries.ts';
import type { GiveToDevice } from './devices/commands/by-directive.ts';
import { commandView } from './devices/commands/rows.ts';
import { type BrokerSettings, openDeviceBroker } from './devices/mqtt/device-broker.ts';
import { knownDevices } from './devices/mqtt/known-devices.ts';
import type { OpenLink } from './devices/printer/link.ts';
import { openPrinting } from './devices/printer/printing.ts';
import { openRefusals } from './devices/refusals.ts';
import { openRegistry, type RegistryParts } from './devices/registry.ts';
import { createVirtualDispenser } from './devices/virtual/dispenser.ts';
import { openCases } from './dispense/cases.ts';
import { openClearer } from './dispense/clearing.ts';
import { closeOverdue } from './dispense/commands.ts';
import { openDispensers } from './dispense/dispensers.ts';
import { openLinks } from './dispense/link.ts';
import { openMinter } from './dispense/mint.ts';
import { openPauses, pauseProjection } from './dispense/pause.ts';
import { openPickups } from './dispense/pickup.ts';
import { voucherProjection } from './dispense/projection.ts';
import { voucherQueries } from './dispense/queries.ts';
import { openVoucherRefusals } from './dispense/voucher-refusals.ts';
import { openDrafts } from './draft/drafts.ts';
import { type Journal, openJournal } from './journal/commit.ts';
import type { Projection } from './journal/projection.ts';
import type { Lan } from './lan/lan.ts';
import { openDocuments } from './receipt/documents.ts';
import { openLogo } from './receipt/logo.ts';
import { openCatalogue } from './replica/catalogue.ts';
import { directiveProjection } from './replica/directive-projection.ts';
import { openDirectives } from './replica/directives.ts';
import { openReplica, type ReplicaChange } from './replica/replica.ts';
import { openSearch } from './replica/search.ts';
import { type StoreReplica, storeReplica } from './replica/store.ts';
import { replicaTables } from './replica/tables.ts';
import { openBusinessDays } from './report/business-day.ts';
import { openDispensing } from './report/dispensing.ts';
import { openHours } from './report/hours.ts';
import { reportProjection } from './report/projection.ts';
import { openReports } from './report/queries.ts';
import { returnProjection } from './return/projection.ts';
import { returnQueries } from './return/queries.ts';
import { saleProjection } from './sale/projection.ts';
import { saleQueries } from './sale/queries.ts';
import { shiftProjection } from './shift/projection.ts';
import { shiftQueries } from './shift/queries.ts';
import { openApprovals } from './staff/approval.ts';
import { openPeople } from './staff/people.ts';
import { openProof } from './staff/proof.ts';
import { openStaffSessions } from './staff/sessions.ts';
import { documentProjection } from './stock/document-projection.ts';
import { openStock } from './stock/open.ts';
import { stockProjection, stockWriter } from './stock/projection.ts';
import { stockQueries } from './stock/queries.ts';
import { reservationProjection } from './stock/reservation-projection.ts';
import { tagProjection } from './stock/tag-projection.ts';
import type { Identity } from './sync/identity.ts';
import { type Link, openLink } from './sync/link.ts';
import { isToldOf } from './sync/recover.ts';
import { openAnnouncer } from './tills/announce.ts';
import { type EventHub, openEventHub } from './tills/events.ts';
import { openTroubles, type Troubles } from './trouble/troubles.ts';

const VIRTUAL_MOTOR_MS = 900;
const SWEEP_EVERY_MS = 30_000;
const CLOSE_OVERDUE_LIMIT = 200;
const unclosed = 'vouchers could not be closed';

interface StoreParts {
  sqlite: Sqlite;
  identity: Identity;
  makeId: MakeId;
  clock: Clock;
  random: RandomBytes;
  endOfTurn: EndOfTurn;
  log: Log;
  dataFolder: string;
  demo: boolean;
  openPrinterLink: OpenLink;
  host: string;
  mqtt: BrokerSettings;
  /** Null where no other machine may reach the node. */
  lan: () => Lan | null;
}

export type Store = ReturnType<typeof openStore>;

/** Every projection of a node, in the order in which a fact reaches them. */
export function projectionsOf(sqlite: Sqlite): Projection[] {
  const stock = stockWriter(sqlite);
  return [
    saleProjection(sqlite),
    returnProjection(sqlite),
    shiftProjection(sqlite),
    reportProjection(sqlite),
    stockProjection(stock),
    documentProjection(sqlite),
    tagProjection(sqlite),
    reservationProjection(sqlite, stock),
    voucherProjection(sqlite, stock),
    pauseProjection(sqlite),
    customerProjection(sqlite),
    directiveProjection(sqlite),
  ];
}

export function openStore(parts: StoreParts) {
  const { sqlite, identity, makeId, clock, random, log } = parts;
  const now = () => clock.now() + identity.clockOffset();
  const reading = openReading(sqlite, makeId);
  const { stores, catalogue, dispensers, vouchers, stock, mintUnits } = reading;
  const journal = openJournal({ ...parts, projections: projectionsOf(sqlite), clockOffset: identity.clockOffset });
  const replica = openReplica(sqlite, replicaTables, (change) => onReplica(change));
  const troubles = openTroubles(clock);
  const reports = openReports({ sqlite, days: reading.days, troubles });
  const link = openLink(sqlite, clock, replica.isComplete);
  const events = openEventHub(clock);
  const announcer = openAnnouncer({ events, stock, vouchers, link, clock });
  const staff = openStaff(sqlite, journal, random);
  const customerDetails = openDetails(sqlite);
  const buying = { stores, customers: customerQueries(sqlite), customerDetails, random };
  const goods = openStock({ sqlite, journal, stores, stock, makeId, events });
  const command: GiveToDevice = (commit, wish) => devices.command(commit, wish);
  const deciding = { stock: { ...reading, ...staff, ...goods }, mintUnits, customerDetails, command };
  const directives = openDirectives({ sqlite, journal, log, ...deciding });
  const printers = () => paper.printing.printers();
  const { refusals, broker, devices } = openStoreDevices({ ...parts, reading, journal, link, events, troubles, now, printers });
  const clearer = openClearer({ journal, vouchers, authorityOf: (id) => devices.authorityOf(id) });
  const paper = openPaper({ ...parts, ...reading, reports, events, openLink: parts.openPrinterLink, now });
  for (const hears of [announcer.facts, paper.printing.facts, () => troubles.clear('disk-full')]) journal.onAppended(hears);
  journal.onFault((cause) => cause !== 'storage-failed' && troubles.raise(cause));
  link.onChange(announcer.sync);
  troubles.onChange((list) => events.publish('trouble', list));
  const isTold = isToldOf(sqlite);

  const report = (what: string) => (error: unknown) => log.error({ error }, what);

  function onReplica(change: ReplicaChange): void {
    const { shape } = change.table;
    const everything = change.productIds === 'all' || shape === 'store' || shape === 'tax-rates';
    catalogue.forget(everything ? null : [...change.productIds]);
    announcer.replica(change);
    // Those at a broker are met under the code of their store, and shapes arrive in any order.
    if (shape === 'devices' || shape === 'store') {
      dispensers.forget();
      devices.refresh().catch(report('a device could not be started'));
    }
    if (shape === 'customers') customerDetails.letGo();
    if (shape === 'products') goods.followIssueRules(change.productIds).catch(report('a rule of issue could not be taken over'));
    if (shape === 'directives' || shape === 'products' || everything)
      runDirectives().catch(report('a directive could not be carried out'));
  }

  /** While the centre has not heard of this generation, what it asked for may have been done after the backup that we went on from. */
  const runDirectives = async () => (isTold() ? directives.run() : undefined);

  const sweep = openSweep(clock, SWEEP_EVERY_MS, [
    { run: () => journal.write((commit) => closeOverdue(commit, CLOSE_OVERDUE_LIMIT, reading)), onFault: report(unclosed) },
    { run: goods.giveBackOverdue, onFault: report('what was set aside could not be given back') },
    { run: runDirectives, onFault: report('a directive could not be carried out') },
    { run: devices.sweep, onFault: report('what devices measured could not be told') },
  ]);

  return {
    ...reading,
    ...buying,
    ...staff,
    ...goods,
    ...paper,
    clearer,
    cases: openCases(sqlite, vouchers),
    links: openLinks(reading),
    now,
    sqlite,
    journal,
    replica,
    link,
    events,
    devices,
    broker,
    refusals,
    troubles,
    reports,
    hours: openHours(sqlite),
    dispensing: openDispensing(sqlite, dispensers),
    search: openSearch(sqlite),
    async start() {
      announcer.start();
      paper.printing.start();
      await devices.start();
      await goods.followIssueRules('all');
      await sweep.start();
    },
    async stop() {
      sweep.stop();
      announcer.stop();
      await paper.printing.stop();
      await devices.stop();
      await broker.stop();
      journal.close();
    },
  };
}

/** What the catalogue, sales, stock and vouchers are, for whoever asks or decides by them. */
function openReading(sqlite: Sqlite, makeId: MakeId) {
  const stores = storeReplica(sqlite);
  const catalogue = openCatalogue(sqlite, stores);
  const dispensers = openDispensers(sqlite);
  const vouchers = voucherQueries(sqlite, dispensers);
  const sales = saleQueries(sqlite, vouchers);
  const returns = returnQueries(sqlite);
  const shifts = shiftQueries(sqlite);
  const days = openBusinessDays(sqlite);
  const saleDrafts = openDrafts(sqlite);
  const stock = stockQueries(sqlite);
  const pauses = openPauses(sqlite);
  const minter = openMinter({ sqlite, dispensers, stores, days, pauses, makeId });
  const mintUnits = openPickups({ sqlite, minter, stock, vouchers });
  const voucherRefusals = openVoucherRefusals();
  const selling = { sales, returns, shifts, days, saleDrafts };
  return { stores, catalogue, dispensers, vouchers, stock, minter, mintUnits, voucherRefusals, pauses, ...selling };
}

/** How devices reach this node by a broker, and what of them was refused. */
function openReach(parts: StoreParts, stores: StoreReplica) {
  const refusals = openRefusals();
  const find = knownDevices(parts.sqlite, () => stores.current()?.code);
  const { nodeId } = parts.identity;
  return { refusals, broker: openDeviceBroker({ ...parts, settings: parts.mqtt, nodeId, find, refused: refusals.count }) };
}

/** Who works here, how they prove it, and what a manager allowed. */
function openStaff(sqlite: Sqlite, journal: Journal, random: RandomBytes) {
  const people = openPeople(sqlite);
  const prove = openProof({ sqlite, journal, people });
  return { people, prove, staffSessions: openStaffSessions(sqlite, random), approvals: openApprovals(sqlite) };
}

/** The virtual dispenser's memory stands beside the database; its core is the same that runs in the device. */
function virtualOpener({ clock, random, dataFolder }: { clock: Clock; random: RandomBytes; dataFolder: string }) {
  let wasm: Uint8Array | undefined;
  return (dispenser: { number: number; rootKey: Uint8Array }) => {
    wasm ??= readFileSync(join(packageRoot(), 'dist/firmware/dispenser.wasm'));
    return createVirtualDispenser({
      wasm,
      dispenserNumber: dispenser.number,
      rootKey: dispenser.rootKey,
      flashFile: join(dataFolder, `dispenser-${dispenser.number}.flash`),
      clock,
      random,
      motorMs: VIRTUAL_MOTOR_MS,
    });
  };
}

interface StoreDeviceParts extends StoreParts, Pick<RegistryParts, 'journal' | 'now' | 'printers'> {
  reading: ReturnType<typeof openReading>;
  link: Link;
  events: EventHub;
  troubles: Troubles;
}

/** The devices, the way to them, and who hears of them: open tills, and where one needs a look, whoever stands before any of those. */
function openStoreDevices({ reading, link, events, troubles, ...parts }: StoreDeviceParts) {
  const { refusals, broker } = openReach(parts, reading.stores);
  const devices = openRegistry({
    ...parts,
    ...reading,
    context: reading,
    connection: broker.connection,
    refused: refusals.count,
    openVirtual: parts.demo ? virtualOpener(parts) : null,
    makeRootKey: () => parts.random(rootKeySize),
    onChange: link.changed,
    onCommand: (row) => events.publish('device-command', commandView(row)),
    onAlerts: (open) => (open.length > 0 ? troubles.raise('device-alert') : troubles.clear('device-alert')),
  });
  parts.journal.onAppended(devices.facts);
  return { refusals, broker, devices };
}

type PaperParts = Omit<Parameters<typeof openPrinting>[0], 'documents' | 'logo' | 'onPrinter' | 'onJob'> &
  Pick<Parameters<typeof openDocuments>[0], 'stores' | 'vouchers'> & { events: EventHub };

/** What goes onto paper, and the printers that it comes out of; open tills hear how both stand. */
function openPaper({ stores, vouchers, events, ...parts }: PaperParts) {
  const documents = openDocuments({ ...parts, stores, vouchers });
  const logo = openLogo(parts.sqlite);
  const printing = openPrinting({
    ...parts,
    documents,
    logo,
    onPrinter: (printer) => events.publish('printer', printer),
    onJob: (job) => events.publish('print-job', job),
  });
  return { documents, logo, printing };
}
