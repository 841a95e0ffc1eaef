// From a code before the scanner to power on the motor, with a real node between: over a serial line whose bytes take their time, and by MQTT;
// then two hundred dispensers on one node's broker, a vend a second each for a minute. The limit of the first two is the bare round trip of
// the same bytes, without any of our code.
import { mkdtempSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes, systemClock } from '#node/base/clock';
import { openSerialLine } from '#node/devices/serial/port';
import type { DeviceLink } from '#schema/rules/device';
import { present } from '#schema/values/assert';
import { frameCrcSize, frameLayout, messages } from '#schema/wire/dispenser';
import { sizeOf } from '#schema/wire/layout';
import { freePort } from '../dispenser-trial/free-port.ts';
import {
  type FurnishedDispenser,
  furnishPouring,
  type PouringShop,
  patientSettings,
  readShop,
  saleFor,
  shopCalls,
} from '../dispenser-trial/pouring-shop.ts';
import { openPty } from '../dispenser-trial/pty.ts';
import { hasPrograms } from '../dispenser-trial/toolchain.ts';
import { serialCableAt } from '../sandbox/dispenser/at-path.ts';
import { mqttCable } from '../sandbox/dispenser/by-mqtt.ts';
import { type PlayParts, playDispenser } from '../sandbox/dispenser/dispenser.ts';
import { builtCore } from '../sandbox/dispenser/start.ts';
import { atLeast, type Bench, type Measure, median, percentile, under } from './bench.ts';
import { type NodeChild, startNodeChild } from './node-child.ts';

const VENDS = 30;
const LOAD_DISPENSERS = 200;
const LOAD_SECONDS = 60;
const MOTOR_MS = 200;
/** A dispenser takes one code a second. */
const SCAN_EVERY_MS = 1_000;
const TARGET_MS = 150;
const LOAD_TARGET_MS = 500;
const MEGABYTE = 1_000_000;
const BAUD = 115_200;
const BITS_PER_BYTE = 10;

/** Bytes of the question and of its answer, within their frames. */
const framed = sizeOf(frameLayout) + frameCrcSize + 4;
const asked = framed + sizeOf(messages.scan.layout);
const answered = framed + sizeOf(messages.authOk.layout);

export const dispenseBench: Bench = async ({ path }) => {
  const measures: Measure[] = [];
  if (hasPrograms('the serial line of the bench', ['socat'])) measures.push(await overSerial(path));
  measures.push(await overMqtt(path), ...(await underLoad(path)));
  return measures;
};

type Connect = PlayParts['connect'];

/** One that notes when its motor turns. */
async function openDispenser({ folder }: PouringShop, of: FurnishedDispenser, connect: Connect) {
  let scannedAt = 0;
  let serial = 0;
  const took: number[] = [];
  const turns = new Map<number, number>();
  const played = await playDispenser({
    module: builtCore(),
    flashFile: join(folder, `${of.number}.flash`),
    dispenserNumber: of.number,
    rootKey: of.rootKey,
    clock: systemClock,
    random: randomBytes,
    motorMs: MOTOR_MS,
    settings: patientSettings,
    connect,
    onTurn() {
      turns.set(serial, (turns.get(serial) ?? 0) + 1);
      took.push(performance.now() - scannedAt);
    },
  });
  return {
    played,
    took,
    turns,
    /** Held again it began when it was held first. */
    scan(voucher: { serial: number; code: string | null }) {
      if (voucher.serial !== serial) scannedAt = performance.now();
      serial = voucher.serial;
      played.machine.scan(present(voucher.code, 'an open voucher has a code'));
    },
  };
}

type Opened = Awaited<ReturnType<typeof openDispenser>>;

const isReady = async (node: NodeChild, shop: PouringShop): Promise<boolean> =>
  (await shopCalls(node.url, shop).device.list()).items
    .filter(({ number }) => shop.dispensers.some((of) => of.number === number))
    .every(({ state }) => state === 'online');

async function ready(node: NodeChild, shop: PouringShop): Promise<void> {
  while (!(await isReady(node, shop))) await sleep(100);
  // Greeted, told the time, given its floor and its settings.
  await sleep(2_000);
}

const sell = async (node: NodeChild, shop: PouringShop, of: FurnishedDispenser, quantity: number) =>
  (await shopCalls(node.url, shop).sale.close({ body: saleFor(shop, of, quantity) })).vouchers;

async function oneByOne(node: NodeChild, shop: PouringShop, dispenser: Opened): Promise<number[]> {
  await ready(node, shop);
  for (const voucher of await sell(node, shop, present(shop.dispensers[0], 'the dispenser'), VENDS)) {
    const over = sleep(SCAN_EVERY_MS);
    dispenser.scan(voucher);
    await over;
  }
  return dispenser.took;
}

function measure(name: string, took: readonly number[], limit: readonly number[]): Measure {
  const [value, least] = [median(took), median(limit)];
  const whole = took.length === VENDS;
  const target = whole ? under(value, TARGET_MS, `median under ${TARGET_MS} ms`) : atLeast(took.length, VENDS, `${VENDS} vends`);
  return { name, ratio: value / least, value, limit: least, unit: 'ms', target };
}

async function overSerial(path: string): Promise<Measure> {
  const pty = await openPty();
  const [nodeEnd, dispenserEnd] = pty.ends;
  const shop = await furnish(path, 1, () => ({ kind: 'serial', path: nodeEnd }));
  const node = await startNodeChild(shop.folder);
  const dispenser = await openDispenser(shop, present(shop.dispensers[0], 'the dispenser'), (more) =>
    serialCableAt({ ...more, path: dispenserEnd, baudRate: BAUD }),
  );
  const took = await oneByOne(node, shop, dispenser);
  await dispenser.played.stop();
  await node.kill();
  const limit = await bareLine(nodeEnd, dispenserEnd);
  await pty.remove();
  return measure('dispense.serial.median', took, limit);
}

async function overMqtt(path: string): Promise<Measure> {
  const shop = await furnish(path, 1, () => ({ kind: 'mqtt' }));
  const { node, brokerPort } = await startWithBroker(shop);
  const dispenser = await openDispenser(shop, ...atBroker(shop, 0, brokerPort));
  const took = await oneByOne(node, shop, dispenser);
  await dispenser.played.stop();
  await node.kill();
  return measure('dispense.mqtt.median', took, await bareSocket());
}

async function underLoad(path: string): Promise<Measure[]> {
  const shop = await furnish(path, LOAD_DISPENSERS, () => ({ kind: 'mqtt' }));
  const { node, brokerPort } = await startWithBroker(shop);
  const opened = await Promise.all(shop.dispensers.map((_, at) => openDispenser(shop, ...atBroker(shop, at, brokerPort))));
  await ready(node, shop);
  const vouchers: Awaited<ReturnType<typeof sell>>[] = [];
  for (const of of shop.dispensers) vouchers.push(await sell(node, shop, of, LOAD_SECONDS));
  await Promise.all(
    opened.map(async (dispenser, at) => {
      await sleep((SCAN_EVERY_MS * at) / LOAD_DISPENSERS);
      const begin = performance.now();
      const queue = [...(vouchers[at] ?? [])];
      for (let second = 0; queue.length > 0 && second < 2 * LOAD_SECONDS; second++) {
        await sleep(Math.max(0, begin + second * SCAN_EVERY_MS - performance.now()));
        // Who was not served holds the code again.
        const [first] = queue;
        if (first && dispenser.turns.has(first.serial)) queue.shift();
        if (queue[0]) dispenser.scan(queue[0]);
      }
    }),
  );
  const memory = node.memory();
  const all = LOAD_DISPENSERS * LOAD_SECONDS;
  const dispensed = () => readShop(shop).vouchers.filter(({ state }) => state === 'dispensed').length;
  for (let tries = 0; tries < 100 && dispensed() < all; tries++) await sleep(200);
  const poured = dispensed();
  const turns = opened.flatMap((dispenser) => [...dispenser.turns.values()]);
  const doubled = turns.filter((count) => count > 1).length;
  await Promise.all(opened.map(({ played }) => played.stop()));
  await node.kill();
  const p99 = percentile(
    opened.flatMap(({ took }) => took),
    0.99,
  );
  const told = (value: number, most: number, says: string) => ({ says, met: value <= most });
  const figure = (name: string, value: number, unit: string, target: Measure['target']): Measure => ({
    name: `dispense.load.${name}`,
    ratio: null,
    value,
    limit: null,
    unit,
    ...(target && { target }),
  });
  return [
    figure('p99', p99, 'ms', under(p99, LOAD_TARGET_MS, `p99 under ${LOAD_TARGET_MS} ms`)),
    figure('lost', all - poured, 'vends', told(all - poured, 0, `none of ${all} lost`)),
    figure('doubled', doubled, 'vends', told(doubled, 0, 'none doubled')),
    ...(memory === null
      ? []
      : [figure('node-memory', memory / MEGABYTE, 'MB', under(memory, 300 * MEGABYTE, 'node under 300 MB'))]),
  ];
}

const furnish = (path: string, count: number, linkOf: () => DeviceLink): Promise<PouringShop> =>
  furnishPouring({ folder: mkdtempSync(join(path, 'node-')), count, linkOf });

async function startWithBroker(shop: PouringShop) {
  const brokerPort = await freePort();
  return { brokerPort, node: await startNodeChild(shop.folder, { LAPAK_MQTT_PORT: String(brokerPort) }) };
}

function atBroker(shop: PouringShop, at: number, brokerPort: number): [FurnishedDispenser, Connect] {
  const of = present(shop.dispensers[at], 'the dispenser');
  const device = { family: 'sd', store: shop.storeCode, name: String(of.number) } as const;
  return [of, (more) => mqttCable({ ...more, url: `mqtt://127.0.0.1:${brokerPort}`, device, rootKey: of.rootKey })];
}

/** As many bytes there and back again over the same line, at its pace. */
async function bareLine(near: string, far: string): Promise<number[]> {
  const onWire = (bytes: number) => sleep((bytes * BITS_PER_BYTE * 1_000) / BAUD);
  let told: () => void = () => {};
  let heard = 0;
  const place = { baudRate: BAUD };
  const farLine = await openSerialLine(
    { ...place, path: far },
    {
      closed: () => {},
      bytes(bytes) {
        heard += bytes.length;
        if (heard >= answered) told();
      },
    },
  );
  let waiting = 0;
  const nearLine = await openSerialLine(
    { ...place, path: near },
    {
      closed: () => {},
      async bytes(bytes) {
        waiting += bytes.length;
        if (waiting < asked) return;
        waiting = 0;
        await onWire(answered);
        await nearLine.write(new Uint8Array(answered).fill(1));
      },
    },
  );
  const took: number[] = [];
  for (let round = 0; round < VENDS; round++) {
    const startedAt = performance.now();
    heard = 0;
    const back = new Promise<void>((resolve) => {
      told = resolve;
    });
    await onWire(asked);
    await farLine.write(new Uint8Array(asked).fill(1));
    await back;
    took.push(performance.now() - startedAt);
  }
  nearLine.close();
  farLine.close();
  return took;
}

/** The same over a socket of this machine. */
async function bareSocket(): Promise<number[]> {
  const server = createServer({ noDelay: true }, (socket) => socket.on('data', () => socket.write(new Uint8Array(answered))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = present(server.address(), 'the server listens');
  const socket: Socket = connect({ port: typeof address === 'object' ? address.port : 0, host: '127.0.0.1', noDelay: true });
  const took: number[] = [];
  for (let round = 0; round < VENDS; round++) {
    const startedAt = performance.now();
    const back = new Promise((resolve) => socket.once('data', resolve));
    socket.write(new Uint8Array(asked));
    await back;
    took.push(performance.now() - startedAt);
  }
  socket.destroy();
  server.close();
  return took;
}
