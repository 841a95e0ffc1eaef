// One store, one node, two dispensers of its registry: one at the end of a cable, one at the node's broker. Both pour what is sold, each goes on
// while the other is away, and what was asked of the one that was away is done when it is back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { randomBytes, systemClock } from '#node/base/clock';
import { startNode } from '#node/main';
import { present } from '#schema/values/assert';
import { freePort } from '#scripts/dispenser-trial/free-port';
import { playTrial } from '#scripts/dispenser-trial/played';
import { furnishPouring, patientSettings, readShop, saleFor, shopCalls } from '#scripts/dispenser-trial/pouring-shop';
import { openPty } from '#scripts/dispenser-trial/pty';
import { hasPrograms } from '#scripts/dispenser-trial/toolchain';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { serialCableAt } from '#scripts/sandbox/dispenser/at-path';
import { mqttCable } from '#scripts/sandbox/dispenser/by-mqtt';

const soon = { timeout: 60_000, interval: 20 };
const hasSocat = hasPrograms('a dispenser on a cable beside one at a broker', ['socat']);

beforeAll(() => trialModule(), compileTimeoutMs);

async function openShop() {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-links-'));
  const pty = await openPty();
  const [nodeEnd, dispenserEnd] = pty.ends;
  const links = [{ kind: 'serial', path: nodeEnd }, { kind: 'mqtt' }] as const;
  const shop = await furnishPouring({ folder, count: links.length, linkOf: (at) => present(links[at], 'a link') });
  const port = await freePort();
  const node = await startNode({ dataFolder: folder, port: 0, mqtt: { port, tlsPort: 0 }, logLevel: 'silent' });
  onTestFinished(async () => {
    await node.stop();
    await pty.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const calls = shopCalls(node.url, shop);
  const [first, second] = [present(shop.dispensers[0], 'a dispenser'), present(shop.dispensers[1], 'another')];
  const own = { clock: systemClock, random: randomBytes, settings: patientSettings };
  const byCable = await playTrial({
    ...own,
    dispenserNumber: first.number,
    rootKey: first.rootKey,
    connect: (more) => serialCableAt({ ...more, path: dispenserEnd, baudRate: 115_200 }),
  });
  onTestFinished(byCable.stop);
  const device = { family: 'sd', store: 'warung-sari', name: String(second.number) } as const;
  const byBroker = await playTrial({
    ...own,
    dispenserNumber: second.number,
    rootKey: second.rootKey,
    connect: (more) => mqttCable({ ...more, url: `mqtt://127.0.0.1:${port}`, device, rootKey: second.rootKey }),
  });
  onTestFinished(byBroker.stop);
  const places = [
    { of: first, driver: 'serial', machine: byCable.machine, pull: pty.pull, plug: pty.plug },
    {
      of: second,
      driver: 'mqtt',
      machine: byBroker.machine,
      pull: async () => byBroker.setPlugged(false),
      plug: async () => byBroker.setPlugged(true),
    },
  ];
  return { shop, calls, places };
}

it.skipIf(!hasSocat)(
  '[DSP-03] [DSP-04] [DSP-06] [DSP-07] [IOT-03] pours from both what was sold, whichever of them is away, and each is told its commands',
  { timeout: 240_000 },
  async () => {
    const { shop, calls, places } = await openShop();
    const seen = async (id: string) => (await calls.device.list()).items.find((device) => device.id === id);
    const stateOf = (id: string, serial: number) =>
      readShop(shop).vouchers.find((voucher) => voucher.dispenserId === id && voucher.serial === serial)?.state;
    const command = async (id: string, name: string, args: Record<string, number> = {}) =>
      (await calls.device.command({ params: { id }, body: { id: shop.makeId(), command: name, args } })).id;
    const becomes = (commandId: string) =>
      expect.poll(async () => (await calls.device.commandState({ params: { id: commandId } })).state, soon);
    const holdUntil = (machine: (typeof places)[number]['machine'], code: string, read: () => unknown) =>
      expect.poll(
        () => {
          machine.scan(code);
          return read();
        },
        { timeout: 60_000, interval: 1_100 },
      );

    for (const { of, driver } of places)
      await expect
        .poll(() => seen(of.id), soon)
        .toMatchObject({ driver, state: 'online', config: { wanted: 1, running: 1 }, slots: [{ productId: of.productId }] });
    // One sale of what both pour.
    const sales = places.map(({ of }) => saleFor(shop, of, 3));
    const total = sales.reduce((sum, sale) => sum + sale.total, 0);
    const sale = await calls.sale.close({
      body: {
        ...present(sales[0], 'a sale'),
        lines: sales.flatMap(({ lines }) => lines),
        tenders: [{ tenderId: shop.makeId(), method: 'cash', tendered: total }],
        total,
      },
    });
    const codesOf = (id: string) =>
      sale.vouchers
        .filter(({ dispenserId }) => dispenserId === id)
        .map(({ serial, code }) => ({ serial, code: present(code, 'an open voucher has a code') }));
    expect(sale.vouchers).toHaveLength(6);

    for (const { of, machine } of places) {
      const [one] = codesOf(of.id);
      await holdUntil(machine, one?.code ?? '', () => stateOf(of.id, one?.serial ?? 0)).toBe('dispensed');
    }
    for (const [at, { of, machine, pull, plug }] of places.entries()) {
      const other = present(places[1 - at], 'the other one');
      const poured = other.machine.motorTurns();
      await pull();
      await expect.poll(async () => (await seen(of.id))?.state, soon).toBe('offline');
      const waiting = await command(of.id, 'ping');
      const [, second, third] = codesOf(of.id);
      await holdUntil(machine, second?.code ?? '', () => machine.motorTurns()).toBe(2);
      expect(stateOf(of.id, second?.serial ?? 0)).toBe('open');
      // The other has not noticed anything.
      await becomes(await command(other.of.id, 'ping')).toBe('done');
      expect((await seen(other.of.id))?.state).toBe('online');
      expect(other.machine.motorTurns()).toBe(poured);
      await plug();
      await expect.poll(() => stateOf(of.id, second?.serial ?? 0), soon).toBe('dispensed');
      await becomes(waiting).toBe('done');
      await holdUntil(machine, third?.code ?? '', () => stateOf(of.id, third?.serial ?? 0)).toBe('dispensed');
    }
    for (const { of, machine } of places) {
      await becomes(await command(of.id, 'test-motor', { slot: 0 })).toBe('done');
      expect(machine.motorTurns()).toBe(4);
    }
    expect(readShop(shop).onHand).toBe(-6);
    const { totals } = await calls.report.dispensing({ query: { from: sale.businessDate } });
    expect([totals.paid.count, totals.dispensed.count, totals.open.count]).toEqual([6, 6, 0]);
  },
);
