// Firmware on its way from the centre to this machine: over a link that breaks, from a centre that lies or does not know, and for as long as
// somebody wants it. The commands that wait for it are real.
import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FIRMWARE_PIECE_BYTES } from '#schema/wire/firmware';
import { openAwaitedImages } from '../devices/awaited-images.ts';
import { openCommandQueue } from '../devices/commands/queue.ts';
import { openDevices } from '../devices/devices.ts';
import { openFirmware } from '../devices/firmware.ts';
import { openTestShop } from '../devices/test-shop.ts';
import { startFirmwareFetch } from './firmware.ts';
import type { Enrolled } from './identity.ts';

const RETRY_MS = 10_000;
const digestOf = (image: Uint8Array) => createHash('sha256').update(image).digest('hex');
const imageOf = (size: number, fill = 7) => Buffer.alloc(size, fill);
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code, detail: 'No.' }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

type Answer = (image: Buffer, from: number) => Response | Promise<Response>;

/** As the centre does. */
const truly: Answer = (image, from) =>
  Response.json({
    firmware: '1.4.0',
    size: image.length,
    from,
    bytes: image.subarray(from, from + FIRMWARE_PIECE_BYTES).toString('base64'),
  });

function startShop() {
  const shop = openTestShop();
  const { sqlite, now, clock, log } = shop;
  const deviceId = shop.makeId();
  sqlite
    .prepare(
      `INSERT INTO devices (id, store_id, kind, number, name, slots, link, config, config_version, key_number, archived)
       VALUES (?, ?, 'dispenser', 7, 'Water 1', '[]', NULL, '{}', 1, 1, 0)`,
    )
    .run(deviceId, shop.makeId());
  const firmware = openFirmware(sqlite);
  const told: string[] = [];
  const hand = {
    isThere: () => true,
    obey({ id }: { id: string }) {
      told.push(id);
      return Promise.resolve({ outcome: 'done' as const, detail: null });
    },
  };
  const queue = openCommandQueue({ ...shop, handOf: () => hand, isReady: (row) => awaited.isReady(row), onStep: () => {} });
  const awaited = openAwaitedImages({ devices: openDevices(sqlite), firmware, queue, now });
  const images = new Map<string, Buffer>();
  const asked: number[] = [];
  const world = { answer: truly };
  const answering: typeof fetch = async (input) => {
    const { pathname, searchParams } = new URL(String(input));
    const from = Number(searchParams.get('from'));
    asked.push(from);
    const image = images.get(pathname.split('/').at(-1) ?? '');
    return image ? world.answer(image, from) : problem(404, 'unknown-firmware');
  };
  const centre = { enrolled: { serverUrl: 'http://centre.test' } as Enrolled, fetch: answering };
  const loop = startFirmwareFetch({ centre, awaited, clock, log });
  onTestFinished(() => loop.stop());

  /** Calls and commits settle between two steps of time. */
  async function pass(ms: number) {
    for (let turn = 0; turn < 20; turn++) {
      await shop.pass(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (ms > 0) await shop.pass(ms);
    if (ms > 0) await pass(0);
  }

  return {
    shop,
    queue,
    firmware,
    images,
    asked,
    told,
    world,
    pass,
    stateOf: (id: string) => queue.rows.byId(id)?.state,
    /** An update that the centre asks for, or somebody in the store. */
    async give(digest: string, more: { ttlMs?: number; directiveId?: string | null } = {}) {
      const { ttlMs = 600_000, directiveId = shop.makeId() } = more;
      const id = shop.makeId();
      const wish = { id, deviceId, command: 'update', args: { digest }, directiveId, staff: null, expiresAt: now() + ttlMs };
      const given = await shop.journal.write((commit) => queue.give(commit, wish, 'dispenser'));
      if (given.ok) awaited.given(given.value);
      await pass(0);
      return id;
    },
  };
}

describe('an image that an update waits for', () => {
  it('[DSP-11] is fetched in pieces and kept once, and then the update begins', async () => {
    const { images, give, asked, told, firmware, stateOf } = startShop();
    const image = imageOf(FIRMWARE_PIECE_BYTES + 5);
    images.set(digestOf(image), image);
    const id = await give(digestOf(image));
    expect(asked).toEqual([0, FIRMWARE_PIECE_BYTES]);
    expect(firmware.images()).toEqual([{ digest: digestOf(image), firmware: 0x00010400, size: image.length }]);
    expect(told).toEqual([id]);
    expect(stateOf(id)).toBe('done');
    await give(digestOf(image));
    expect(asked).toHaveLength(2);
  });

  it('[DSP-11] goes on where the link broke, between two pieces or within one', async () => {
    const { images, give, asked, told, world, pass, stateOf } = startShop();
    const image = imageOf(FIRMWARE_PIECE_BYTES * 2 + 5);
    images.set(digestOf(image), image);
    const breaks: Answer[] = [
      truly,
      () => Promise.reject(new TypeError('fetch failed')),
      truly,
      () => new Response('{"firmware":"1.4.0","si', { headers: { 'content-type': 'application/json' } }),
      () => problem(503, 'unavailable'),
    ];
    world.answer = (...of) => (breaks.shift() ?? truly)(...of);
    const id = await give(digestOf(image));
    expect(stateOf(id)).toBe('queued');
    for (let retry = 0; retry < 3; retry++) await pass(RETRY_MS);
    const places = [0, 1, 1, 2, 2, 2].map((count) => count * FIRMWARE_PIECE_BYTES);
    expect(asked).toEqual(places);
    expect(told).toEqual([id]);
  });

  it.each<[string, Answer]>([
    ['other bytes', (image, from) => truly(Buffer.from(image.map((byte) => byte ^ 1)), from)],
    ['nothing', (image, from) => truly(image.subarray(0, 0), from)],
    ['more than it says', (image) => Response.json({ firmware: '1.4.0', size: 3, from: 0, bytes: image.toString('base64') })],
    ['another place', (image) => truly(image, 1)],
    ['no version', (image) => Response.json({ firmware: 'new', size: image.length, from: 0, bytes: image.toString('base64') })],
  ])('[DSP-11] is not kept where the centre gives %s, and asked for again', async (_, answer) => {
    const { images, give, told, world, pass, firmware, stateOf } = startShop();
    const image = imageOf(100);
    images.set(digestOf(image), image);
    world.answer = answer;
    const id = await give(digestOf(image));
    expect(firmware.images()).toEqual([]);
    expect([stateOf(id), told]).toEqual(['queued', []]);
    world.answer = truly;
    await pass(RETRY_MS);
    expect(told).toEqual([id]);
  });

  it('[DSP-11] [IOT-03] that the centre does not have fails the update with that word, and keeps no other waiting', async () => {
    const { images, give, told, queue, shop } = startShop();
    const image = imageOf(100);
    const id = await give(digestOf(image));
    expect(queue.rows.byId(id)).toMatchObject({ state: 'failed', detail: 'no-image' });
    expect(shop.facts('device.answered')).toMatchObject([{ commandId: id, outcome: 'failed', detail: 'no-image' }]);
    images.set(digestOf(image), image);
    expect(told).toEqual([await give(digestOf(image))]);
  });

  it('[DSP-11] is waited for where the centre is of a version that knows nothing of it, until the time is over', async () => {
    const { images, give, world, pass, asked, queue, stateOf } = startShop();
    const image = imageOf(100);
    images.set(digestOf(image), image);
    world.answer = () => problem(404, 'no-such-route');
    const id = await give(digestOf(image), { ttlMs: 15_000 });
    await pass(RETRY_MS);
    expect([stateOf(id), asked.length]).toEqual(['queued', 2]);
    await pass(RETRY_MS);
    await pass(RETRY_MS);
    await queue.sweep();
    expect([stateOf(id), asked.length]).toEqual(['expired', 2]);
  });

  it('[DSP-11] keeps no other image from being fetched while the centre cannot give it', async () => {
    const { images, give, world, told, pass, stateOf } = startShop();
    const [bad, good] = [imageOf(100, 1), imageOf(100, 2)];
    for (const image of [bad, good]) images.set(digestOf(image), image);
    world.answer = (image, from) => (image === bad ? problem(500, 'bug') : truly(image, from));
    const first = await give(digestOf(bad));
    const second = await give(digestOf(good));
    await pass(RETRY_MS);
    expect(told).toEqual([second]);
    expect(stateOf(first)).toBe('queued');
  });

  it('[DSP-11] is not fetched for somebody in the store, who brings it along', async () => {
    const { images, give, asked, told } = startShop();
    const image = imageOf(100);
    images.set(digestOf(image), image);
    const id = await give(digestOf(image), { directiveId: null });
    expect(asked).toEqual([]);
    expect(told).toEqual([id]);
  });

  it('[DSP-11] outlives the newer images that come while its update waits', async () => {
    const { images, give, firmware, world, shop } = startShop();
    const [awaited, ...others] = [1, 2, 3, 4, 5, 6].map((fill) => imageOf(100, fill));
    if (!awaited) throw new Error('no image');
    world.answer = () => problem(503, 'unavailable');
    images.set(digestOf(awaited), awaited);
    await give(digestOf(awaited));
    firmware.add(1, awaited, shop.now());
    for (const [at, image] of others.entries()) firmware.add(at, image, shop.now() + at + 1);
    expect(firmware.images().map(({ digest }) => digest)).toContain(digestOf(awaited));
    expect(firmware.images()).toHaveLength(4);
  });
});
