// A store node and a dispenser with the real core on one clock that stands still until it is told to go on: for tests in which both race.
import { join } from 'node:path';
import { present } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { type DeviceSettings, decodeMessage, type MessageName } from '#schema/wire/dispenser';
import type { Sale } from '#schema/wire/sale';
import { trialClock } from '#scripts/dispenser-trial/clock';
import { trialModule } from '#scripts/dispenser-trial/wasm';
import { randomBytes, systemClock } from '../base/clock.ts';
import { openLog } from '../base/log.ts';
import type { Driver } from '../devices/driver.ts';
import { createVirtualDispenser } from '../devices/virtual/dispenser.ts';
import { saleOf, startTestNode, type TestNodeOptions } from '../test-node.ts';
import { openAuthority } from './authority.ts';

const LATE_MS = 700;
const startMs = Date.UTC(2026, 10, 21, 3);

export interface PouringOptions extends Pick<TestNodeOptions, 'staff'> {
  settings?: Partial<DeviceSettings>;
  /** Each message comes twice, and once more when nobody waits for it. */
  repeats?: boolean;
  /** Whether this message of the node is lost on its way. */
  loses?: (kind: MessageName) => boolean;
}

export type Pouring = Awaited<ReturnType<typeof startPouring>>;

/** A link that repeats what it carries, at once and late. */
function repeating(driver: Driver, clock: Clock): Driver {
  return {
    start: ({ presence, message }) =>
      driver.start({
        presence,
        message(bytes) {
          message(bytes);
          message(bytes);
          clock.after(LATE_MS, () => message(bytes));
        },
      }),
    stop: () => driver.stop(),
    send(bytes) {
      clock.after(LATE_MS, () => void driver.send(bytes));
      return driver.send(bytes) && driver.send(bytes);
    },
  };
}

/** A link that loses what it takes. */
const losing = (driver: Driver, loses: (kind: MessageName) => boolean): Driver => ({
  start: (events) => driver.start(events),
  stop: () => driver.stop(),
  send(bytes) {
    const message = decodeMessage(bytes);
    return (message.ok && loses(message.value.kind)) || driver.send(bytes);
  },
});

export async function startPouring({ settings = {}, repeats = false, loses, ...options }: PouringOptions = {}) {
  const clock = trialClock(startMs);
  const node = await startTestNode({ clock, ...options });
  const { dispensers, devices, journal } = node.store;
  const { id } = present(dispensers.all()[0], 'a dispenser');
  const rootKey = randomBytes(32);
  dispensers.pair(id, 'test', rootKey, clock.now());
  const dispenser = present(dispensers.byId(id), 'the dispenser');
  const virtual = createVirtualDispenser({
    wasm: await trialModule(),
    dispenserNumber: dispenser.number,
    rootKey,
    flashFile: join(node.dataFolder, 'test.flash'),
    clock,
    random: randomBytes,
    motorMs: 900,
    settings,
  });
  const driver = repeats ? repeating(virtual, clock) : loses ? losing(virtual, loses) : virtual;
  const parts = { driver, journal, clock, now: node.store.now, log: openLog('silent'), context: node.store };
  const openOne = () =>
    openAuthority({ ...parts, dispenser: { ...dispenser, rootKey }, onStateChange: () => {}, onUnreadable: () => {} });
  let authority = openOne();
  devices.authorityOf = (asked) => (asked === id ? authority : undefined);

  /** Lets time go by in small steps, and the disk and HTTP come along. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      clock.pass(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await journal.write(() => ({ ok: true, value: null }));
  }

  /**
   * What is waited for, while time goes by: not much faster than here, so that a slow machine does not sleep through an approval. With steps
   * of 0 ms time stands still, and what pours goes on pouring however long the answer takes.
   */
  async function during<T>(work: Promise<T>, stepMs = 10): Promise<T> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    while (!isOver) {
      clock.pass(stepMs);
      await new Promise<void>((resolve) => void systemClock.after(1, resolve));
    }
    return work;
  }

  /** As `giveBack`, with time left to whoever asks. */
  const askBack = (sale: Sale, quantity = 1, more: Record<string, unknown> = {}, calls = node.return) =>
    calls.take({
      body: {
        id: node.makeId(),
        receipt: sale.receipt,
        lines: [{ lineId: present(sale.lines[0], 'a line').lineId, quantity, restock: true }],
        total: quantity * 500_000,
        refunds: [{ refundId: node.makeId(), method: 'cash', amount: quantity * 500_000 }],
        reason: 'Changed mind',
        ...more,
      },
    });

  await authority.start();
  await pass(200);
  return {
    ...node,
    clock,
    dispenserId: id,
    virtual,
    pass,
    during,
    authority: () => authority,
    sell: (quantity = 1) => node.sale.close({ body: saleOf(node, { 'AIR-600': quantity }) }),
    codeOf: (sale: Sale, unit = 0) => present(sale.vouchers[unit]?.code, 'a code'),
    /** Of the sale, in the order in which they were issued. */
    statesOf: (sale: Sale) => node.store.vouchers.ofLine(sale.id, present(sale.lines[0], 'a line').lineId),
    askBack,
    /** Money back for so many units; told what the node said where it refused. */
    giveBack: (...asked: Parameters<typeof askBack>) => during(askBack(...asked)),
    /** The node's side of it begins anew, as after a restart. */
    async restartAuthority() {
      await authority.stop();
      authority = openOne();
      await authority.start();
      await pass(200);
    },
    async remove() {
      await authority.stop();
      await node.remove();
    },
  };
}
