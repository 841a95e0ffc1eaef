// A new firmware from the centre to a dispenser at its store's broker: brought once, fetched by the node over a link that goes, given piece by
// piece by a node that is killed; what cannot be taken ends the command with its reason.
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { virtualImage } from '#node/devices/virtual/test-image';
import { firmwareText } from '#schema/rules/device-update';
import { present } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { decodeMessage } from '#schema/wire/dispenser';
import { FIRMWARE_PIECE_BYTES } from '#schema/wire/firmware';
import { freePort } from '#scripts/dispenser-trial/free-port';
import { playTrial } from '#scripts/dispenser-trial/played';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';
import { mqttCable } from '#scripts/sandbox/dispenser/by-mqtt';
import { randomBytes, systemClock } from '#sync-server/base/clock';
import { type Chain, type ChainNode, startChain } from './test-chain.ts';
import { built, startProgram } from './test-processes.ts';

const soon = { timeout: 120_000, interval: 20 };
/** More than one piece of a fetch, and less than the virtual board takes. */
const SIZE = 36_000;
const TTL_S = 600;

beforeAll(() => trialModule(), compileTimeoutMs);

const imageOf = (firmware: number) => virtualImage(firmware, new Uint8Array(SIZE).fill(firmware % 251));

/** A dispenser at the broker of the store's node, and what it says of its updates. */
async function openWater({ centre, storeId, productId }: Chain, mqttPort: number) {
  const { as, makeId, admin } = centre;
  const slots = [{ slot: 0, productId: productId('AIR-600') }];
  const body = { id: makeId(), storeId, kind: 'dispenser' as const, name: 'Water 2', slots, link: { kind: 'mqtt' as const } };
  const { id, number } = await as.device.create({ body });
  const url = `mqtt://127.0.0.1:${mqttPort}`;
  const wish = { id: makeId(), password: admin.password, mqttUri: url };
  const { text } = await as.device.provision({ params: { id }, body: wish });
  const rootKey = Buffer.from(present(/root_key,data,hex2bin,([0-9a-f]{64})/.exec(text)?.[1], 'a root key'), 'hex');
  const store = (await as.store.show({ params: { id: storeId } })).code;
  const received: number[] = [];
  const played = await playTrial({
    clock: systemClock,
    random: randomBytes,
    dispenserNumber: present(number, 'its number'),
    rootKey,
    connect(parts) {
      const cable = mqttCable({ url, device: { family: 'sd', store, name: String(number) }, rootKey, ...parts });
      return {
        ...cable,
        send(message) {
          const said = decodeMessage(message);
          if (said.ok && said.value.kind === 'updateStatus' && said.value.step === 'receiving')
            received.push(said.value.received);
          cable.send(message);
        },
      };
    },
  });
  onTestFinished(() => played.stop());
  return {
    at: async (node: ChainNode) => (await node.device.list()).items.find((device) => device.id === id),
    /** How far it had come, each time that it said so. */
    received,
    add: (image: Uint8Array, firmware: number) =>
      as.firmware.add({ body: { firmware: firmwareText(firmware), image: Buffer.from(image).toString('base64') } }),
    setPlugged: played.setPlugged,
    async give(digest: string) {
      const order = { id: makeId(), command: 'update', args: { digest }, ttlSeconds: TTL_S };
      await as.deviceOrder.give({ params: { id }, body: order });
      const state = () => as.deviceOrder.show({ params: { id, commandId: order.id } });
      return {
        state,
        async ended() {
          await expect.poll(async () => (await state()).state, soon).not.toBe('queued');
          return state();
        },
      };
    },
  };
}

/** A link that breaks in front of every piece but the first, while that is wanted. */
function breakingFetch() {
  const asked: string[] = [];
  let broken = 0;
  const link = { isBroken: false, asked, broken: () => broken };
  const breaking: typeof fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(String(input));
    if (!pathname.startsWith('/sync/firmware/')) return fetch(input, init);
    const from = searchParams.get('from') ?? '';
    if (link.isBroken && from !== '0') {
      broken += 1;
      throw new TypeError('fetch failed');
    }
    asked.push(from);
    return fetch(input, init);
  };
  return { link, fetch: breaking };
}

it('[DSP-11] [DSP-10] [IOT-03] an update from the centre outlives a lost link, and ends with the word of whoever refuses it', async () => {
  const chain = await startChain();
  const { as, database } = chain.centre;
  const { link, fetch: breaking } = breakingFetch();
  const mqttPort = await freePort();
  const node = await chain.startNode({ demo: false, mqtt: { port: mqttPort, tlsPort: 0 }, fetch: breaking });
  const water = await openWater(chain, mqttPort);
  const here = () => water.at(node);
  await expect.poll(async () => (await here())?.firmware, soon).toBe('1.0.0');

  const nobodyHas = water.give('a'.repeat(64));
  await expect(nobodyHas).rejects.toMatchObject({
    problem: {
      status: 422,
      code: 'unknown-firmware',
      field: 'args.digest',
      next: expect.stringContaining('lapak device update'),
    },
  });

  const good = await water.add(imageOf(0x00010100), 0x00010100);
  link.isBroken = true;
  const update = await water.give(good.digest);
  await expect.poll(link.broken, soon).toBeGreaterThan(0);
  expect(await update.state()).toMatchObject({ state: 'queued' });
  expect(water.received).toEqual([]);
  const inUse = { problem: { status: 409, code: 'firmware-in-use', detail: expect.stringContaining('Water 2') } };
  await expect(as.firmware.remove({ params: { digest: good.digest } })).rejects.toMatchObject(inUse);
  link.isBroken = false;
  expect(await update.ended()).toMatchObject({ state: 'done', detail: 'confirmed' });
  expect(link.asked).toEqual(['0', String(FIRMWARE_PIECE_BYTES)]);
  expect(await here()).toMatchObject({ firmware: '1.1.0', update: null, state: 'online' });

  const forged = imageOf(0x00010200).map((byte, at) => (at === 100 ? byte ^ 1 : byte));
  const refused = await water.give((await water.add(forged, 0x00010200)).digest);
  expect(await refused.ended()).toMatchObject({ state: 'failed', detail: 'bad-signature' });

  link.isBroken = true;
  const lost = await water.add(imageOf(0x00010300), 0x00010300);
  const hopeless = await water.give(lost.digest);
  // As where a centre was set back to a time before it had the image.
  await database.db.execute(sql`DELETE FROM firmware_images WHERE digest = ${lost.digest}`);
  link.isBroken = false;
  expect(await hopeless.ended()).toMatchObject({ state: 'failed', detail: 'no-image' });
  expect(await here()).toMatchObject({ firmware: '1.1.0', commandsWaiting: 0 });
  await as.firmware.remove({ params: { digest: good.digest } });
}, 300_000);

it('[DSP-11] [DSP-10] a node that is killed in the middle of an update goes on from where the dispenser is', async () => {
  const chain = await startChain();
  const ports = { node: await freePort(), mqtt: await freePort() };
  const start = () =>
    startProgram(process.execPath, [built('scripts/story/node-process.js'), chain.folder, String(ports.node)], {
      LAPAK_MQTT_PORT: String(ports.mqtt),
    });
  const node = start();
  const water = await openWater(chain, ports.mqtt);
  const image = imageOf(0x00010100);
  const { digest } = await water.add(image, 0x00010100);
  expect(digest).toBe(createHash('sha256').update(image).digest('hex'));
  const update = await water.give(digest);
  await expect.poll(() => water.received.at(-1) ?? 0, { ...soon, interval: 2 }).toBeGreaterThan(SIZE / 4);
  await node.kill('SIGKILL');
  const reached = present(water.received.at(-1), 'a place');
  expect(reached).toBeLessThan(SIZE);
  const before = water.received.length;
  start();
  expect(await update.ended()).toMatchObject({ state: 'done', detail: 'confirmed' });
  expect(Math.min(...water.received.slice(before))).toBeGreaterThanOrEqual(reached);
}, 300_000);

it('[DSP-10] [IOT-03] an update to a dispenser that does not come back ends with its time, and the next one can be given', async () => {
  let aheadMs = 0;
  // Of the centre and the store alike: the time of an update runs out when this says so.
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  const chain = await startChain({ clock });
  const mqttPort = await freePort();
  const start = () => chain.startNode({ demo: false, mqtt: { port: mqttPort, tlsPort: 0 }, clock });
  const node = await start();
  const water = await openWater(chain, mqttPort);
  await expect.poll(async () => (await water.at(node))?.firmware, soon).toBe('1.0.0');
  const { digest } = await water.add(imageOf(0x00010100), 0x00010100);
  const update = await water.give(digest);
  await expect.poll(() => water.received.at(-1) ?? 0, soon).toBeGreaterThan(0);
  water.setPlugged(false);
  await node.stop();
  const again = await start();
  await again.store.devices.sweep();
  expect(await update.state()).toMatchObject({ state: 'queued' });
  aheadMs += TTL_S * 1_000;
  await again.store.devices.sweep();
  expect(await update.ended()).toMatchObject({ state: 'failed', detail: 'timed-out' });
  water.setPlugged(true);
  const next = await water.give(digest);
  expect(await next.ended()).toMatchObject({ state: 'done', detail: 'confirmed' });
}, 300_000);
