// A store whose dispensers are at its node's broker: a paid water is poured once, also while the node is away, and stock and vouchers agree
// when it is back. What a hostile device holds, replays and floods pours nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { randomBytes, systemClock } from '#node/base/clock';
import { startNode } from '#node/main';
import { present } from '#schema/values/assert';
import { brokerPassword, topicOf } from '#schema/wire/device-topics';
import { freePort } from '#scripts/dispenser-trial/free-port';
import { playTrial } from '#scripts/dispenser-trial/played';
import {
  type FurnishedDispenser,
  furnishPouring,
  type PouringShop,
  patientSettings,
  readShop,
  saleFor,
  shopCalls,
} from '#scripts/dispenser-trial/pouring-shop';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { mqttCable } from '#scripts/sandbox/dispenser/by-mqtt';
import { displayText } from '#scripts/sandbox/dispenser/happenings';

const soon = { timeout: 60_000, interval: 20 };
const device = ({ number }: FurnishedDispenser) => ({ family: 'sd', store: 'warung-sari', name: String(number) }) as const;

beforeAll(() => trialModule(), compileTimeoutMs);

async function openShop(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-broker-'));
  const shop = await furnishPouring({ folder, count, linkOf: () => ({ kind: 'mqtt' }) });
  const mqttSettings = { port: await freePort(), tlsPort: 0 };
  const start = () => startNode({ dataFolder: folder, port: 0, mqtt: mqttSettings, logLevel: 'silent' });
  let node = await start();
  onTestFinished(async () => {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `mqtt://127.0.0.1:${mqttSettings.port}`;
  return {
    shop,
    url,
    node: () => node,
    async away(meanwhile: () => Promise<void>) {
      await node.stop();
      await meanwhile();
      node = await start();
    },
  };
}

type Played = Awaited<ReturnType<typeof playTrial>>;

async function play(of: FurnishedDispenser, url: string) {
  const shown: string[] = [];
  const played = await playTrial({
    dispenserNumber: of.number,
    rootKey: of.rootKey,
    clock: systemClock,
    random: randomBytes,
    settings: patientSettings,
    connect: (more) => mqttCable({ ...more, url, device: device(of), rootKey: of.rootKey }),
    onShow: (what, code) => shown.push(displayText({ what, code })),
  });
  onTestFinished(played.stop);
  return { ...played, shown };
}

const sell = async (url: string, shop: PouringShop, of: FurnishedDispenser, quantity: number) =>
  (await shopCalls(url, shop).sale.close({ body: saleFor(shop, of, quantity) })).vouchers.map(({ serial, code }) => ({
    serial,
    code: present(code, 'an open voucher has a code'),
  }));

/** Held before the scanner again and again, as people do, until it is so. */
const holdUntil = (machine: Played['machine'], code: string | undefined, read: () => unknown) =>
  expect.poll(
    () => {
      machine.scan(code ?? '');
      return read();
    },
    { timeout: 60_000, interval: 1_100 },
  );

const statesOf = (shop: PouringShop, of: FurnishedDispenser) =>
  Object.fromEntries(
    readShop(shop)
      .vouchers.filter(({ dispenserId }) => dispenserId === of.id)
      .map(({ serial, state }) => [serial, state]),
  );

it('[DSP-03] [DSP-04] [DSP-07] pours what was paid, once, with its node there, away, and back', {
  timeout: 180_000,
}, async () => {
  const { shop, url, node, away } = await openShop(1);
  const of = present(shop.dispensers[0], 'the dispenser');
  const { machine, shown } = await play(of, url);
  const standing = async () => (await shopCalls(node().url, shop).device.list()).items.find(({ id }) => id === of.id)?.state;
  await expect.poll(standing, soon).toBe('online');
  const [first, second] = await sell(node().url, shop, of, 2);
  // Its first floor is on its way: a code of this generation counts once it has come.
  await holdUntil(machine, first?.code, () => statesOf(shop, of)[first?.serial ?? 0]).toBe('dispensed');
  await away(async () => {
    await holdUntil(machine, second?.code, () => machine.motorTurns()).toBe(2);
  });
  await expect.poll(() => statesOf(shop, of)[second?.serial ?? 0], soon).toBe('dispensed');
  await holdUntil(machine, first?.code, () => shown.at(-1)).toBe('refused: used');
  expect(machine.motorTurns()).toBe(2);
  expect(readShop(shop).onHand).toBe(-2);
});

it('[DSP-04] [DSP-09] one that was paused pours nothing alone while its node is away; whoever looks is told whether it knows', {
  timeout: 180_000,
}, async () => {
  const { shop, url, node, away } = await openShop(1);
  const of = present(shop.dispensers[0], 'the dispenser');
  const { machine, shown, setPlugged } = await play(of, url);
  const seen = async () => (await shopCalls(node().url, shop).device.list()).items.find(({ id }) => id === of.id);
  const pause = (paused: boolean) => shopCalls(node().url, shop).voucher.pause({ params: { id: of.id }, body: { paused } });
  await expect.poll(async () => (await seen())?.config?.running, soon).toBe(1);
  const [first, second] = await sell(node().url, shop, of, 2);
  await holdUntil(machine, first?.code, () => statesOf(shop, of)[first?.serial ?? 0]).toBe('dispensed');
  setPlugged(false);
  await expect.poll(async () => (await seen())?.state, soon).toBe('offline');
  await pause(true);
  expect((await seen())?.pause).toBe('untold');
  setPlugged(true);
  await expect.poll(async () => (await seen())?.pause, soon).toBe('told');
  await away(async () => {
    await holdUntil(machine, second?.code, () => shown.at(-1)).toBe('refused: no-answer');
  });
  expect(machine.motorTurns()).toBe(1);
  await expect.poll(async () => (await seen())?.pause, soon).toBe('told');
  await pause(false);
  await expect.poll(async () => (await seen())?.pause, soon).toBeNull();
  await holdUntil(machine, second?.code, () => statesOf(shop, of)[second?.serial ?? 0]).toBe('dispensed');
  expect(machine.motorTurns()).toBe(2);
});

it('[DSP-02] [DSP-07] a hostile device pours nothing at another, whatever it says in whose name, and the others go on', {
  timeout: 180_000,
}, async () => {
  const { shop, url, node } = await openShop(2);
  const [victim, thief] = [present(shop.dispensers[0], 'a dispenser'), present(shop.dispensers[1], 'another')];
  const { machine, shown } = await play(victim, url);
  const list = async () => (await shopCalls(node().url, shop).device.list()).items.find(({ id }) => id === victim.id)?.state;
  await expect.poll(list, soon).toBe('online');
  const [stolen] = await sell(node().url, shop, thief, 1);
  const [own] = await sell(node().url, shop, victim, 1);
  await holdUntil(machine, stolen?.code, () => shown.at(-1)).toBe('refused: other-dispenser');
  const misdeeds: ((client: mqtt.MqttClient) => void)[] = [
    (client) => client.publish(topicOf(device(victim), 'down'), Buffer.from('0185', 'hex'), { qos: 1, retain: true }),
    (client) => client.publish(topicOf(device(victim), 'up'), Buffer.from('0104', 'hex'), { qos: 1 }),
    (client) => client.publish(topicOf(device(thief), 'up'), Buffer.alloc(9_000), { qos: 1 }),
    (client) => client.publish(topicOf(device(thief), 'up'), Buffer.from('not a message'), { qos: 1, retain: true }),
  ];
  for (const misdeed of misdeeds) {
    const name = String(thief.number);
    const client = mqtt.connect(url, {
      clientId: name,
      username: name,
      password: brokerPassword(thief.rootKey),
      reconnectPeriod: 0,
    });
    client.on('error', () => undefined).on('connect', () => misdeed(client));
    await new Promise<void>((resolve) => client.on('close', () => resolve()));
  }
  const counts = node().store.refusals.read();
  expect([counts['foreign-topic'], counts.oversize, counts.retained]).toEqual([2, 1, 1]);
  expect(machine.motorTurns()).toBe(0);
  await holdUntil(machine, own?.code, () => statesOf(shop, victim)[own?.serial ?? 0]).toBe('dispensed');
  expect(machine.motorTurns()).toBe(1);
  expect(statesOf(shop, thief)).toEqual({ [stolen?.serial ?? 0]: 'open' });
});
