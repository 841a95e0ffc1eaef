// Firmware images at the centre: brought once, named by commands, handed to nodes piece by piece, and kept while a device is asked to take one.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { client } from '#schema/client';
import type { DeviceKind } from '#schema/rules/device';
import { FIRMWARE_PIECE_BYTES, firmwareSyncContract } from '#schema/wire/firmware';
import { systemClock } from '../../base/clock.ts';
import { startTestCentre } from '../../test-centre.ts';

let at = Date.UTC(2026, 10, 21, 5);
const clock = { now: () => at, after: systemClock.after };
const centre = await startTestCentre({ clock });
const { as, makeId } = centre;
await as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
const productId = makeId();
const price = { amount: 300_000, currency: 'IDR' };
await as.product.create({ body: { id: productId, sku: 'AIR-600', name: 'Air', dispensable: true, price } });

/** Bytes that no other test has. */
const newImage = (size = 100) => Buffer.alloc(size, makeId());
const digestOf = (image: Uint8Array) => createHash('sha256').update(image).digest('hex');
const add = (image: Buffer, firmware = '1.4.0') => as.firmware.add({ body: { firmware, image: image.toString('base64') } });
const remove = (digest: string) => as.firmware.remove({ params: { digest } });
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ problem: { status, code, field, next } }) => ({ status, code, field, next }),
  );

async function furnish(kind: DeviceKind = 'dispenser') {
  const node = await centre.enrolNode();
  const slots = kind === 'dispenser' ? { slots: [{ slot: 0, productId }] } : {};
  const { id } = await as.device.create({ body: { id: makeId(), storeId: node.storeId, kind, name: 'Water 1', ...slots } });
  const give = (digest: string, ttlSeconds = 60) =>
    as.deviceOrder.give({ params: { id }, body: { id: makeId(), command: 'update', args: { digest }, ttlSeconds } });
  return { node, id, give };
}

describe('a firmware image', () => {
  it('[DSP-11] is brought once, however often, and listed with who brought it', async () => {
    const image = newImage();
    const added = await add(image);
    expect(added).toMatchObject({ digest: digestOf(image), firmware: '1.4.0', size: image.length });
    expect(added.addedBy).toMatch(/^[0-9a-f-]{36}$/);
    at += 1_000;
    expect(await add(image)).toEqual(added);
    const newer = await add(newImage(), '1.5.0');
    const [first] = (await as.firmware.list({ query: { limit: '1' } })).items;
    expect(first).toEqual(newer);
    const all = [];
    for (let after: string | undefined, more = true; more; ) {
      const page = await as.firmware.list({ query: { limit: '1', ...(after !== undefined && { after }) } });
      all.push(...page.items.map(({ digest }) => digest));
      after = page.next ?? undefined;
      more = after !== undefined;
    }
    expect(all).toEqual([newer.digest, added.digest]);
  });

  it('[DSP-11] of the same bytes under another version is refused, and says under which it is here', async () => {
    const image = newImage();
    await add(image);
    expect(await problemOf(add(image, '1.6.0'))).toEqual({
      status: 409,
      code: 'other-version',
      field: 'firmware',
      next: expect.stringContaining('1.4.0'),
    });
    expect((await as.firmware.list({ query: {} })).items.find(({ digest }) => digest === digestOf(image))?.firmware).toBe(
      '1.4.0',
    );
  });

  it.each([
    ['no version', { firmware: '1.4', image: 'AAAA' }, 'bad-firmware', 'firmware'],
    ['no base64', { firmware: '1.4.0', image: '?' }, 'bad-image', 'image'],
    ['nothing', { firmware: '1.4.0', image: '' }, 'bad-input', 'image'],
    ['more than a board takes', { firmware: '1.4.0', image: 'A'.repeat(2_500_004) }, undefined, undefined],
  ])('[DSP-11] that is %s is refused by its field', async (_, body, code, field) => {
    const before = (await as.firmware.list({ query: {} })).items.length;
    const refused = await problemOf(as.firmware.add({ body }));
    if (code === undefined) expect([413, 422]).toContain((refused as { status: number }).status);
    else expect(refused).toMatchObject({ status: 422, code, field });
    expect((await as.firmware.list({ query: {} })).items.length).toBe(before);
  });

  it('[DSP-11] is brought and removed by whoever decides on devices, and seen by others', async () => {
    const manager = centre.callsWith(await centre.personWith('manager'));
    const image = newImage();
    const { digest } = await add(image);
    const body = { firmware: '1.4.0', image: image.toString('base64') };
    expect(await problemOf(manager.firmware.add({ body }))).toMatchObject({ status: 403 });
    expect(await problemOf(manager.firmware.remove({ params: { digest } }))).toMatchObject({ status: 403 });
    expect((await manager.firmware.list({ query: {} })).items.map((one) => one.digest)).toContain(digest);
  });

  it('[DSP-11] stays while a device is asked to take it, and is removed when that has ended or its time is over', async () => {
    const { digest } = await add(newImage());
    const { node, id, give } = await furnish();
    const first = await give(digest);
    expect(await problemOf(remove(digest))).toMatchObject({ status: 409, code: 'firmware-in-use', field: 'digest' });
    node.append({
      kind: 'device.answered',
      body: { deviceId: id, commandId: first.id, directiveId: null, outcome: 'done', detail: 'confirmed' },
    });
    await node.push();
    await centre.settle();
    await give(digest, 60);
    expect(await problemOf(remove(digest))).toMatchObject({ code: 'firmware-in-use' });
    at += 60_000;
    expect(await remove(digest)).toMatchObject({ digest });
    expect(await problemOf(remove(digest))).toMatchObject({ status: 404, code: 'unknown-firmware' });
  });

  it('[DSP-11] [IOT-03] must be here before a dispenser is asked to take it; other devices know their own digests', async () => {
    const { give, id } = await furnish();
    const image = newImage();
    expect(await problemOf(give(digestOf(image)))).toEqual({
      status: 422,
      code: 'unknown-firmware',
      field: 'args.digest',
      next: expect.stringContaining('lapak device update'),
    });
    expect((await as.deviceOrder.list({ params: { id }, query: {} })).items).toEqual([]);
    await add(image);
    expect(await give(digestOf(image))).toMatchObject({ state: 'queued' });
    const fridge = await furnish('fridge');
    expect(await fridge.give('as the fridge says')).toMatchObject({ state: 'queued' });
  });
});

describe('a node that lacks an image', () => {
  it('[DSP-11] fetches it piece by piece, and is told where it ends', async () => {
    const image = newImage(FIRMWARE_PIECE_BYTES * 2 + 77);
    const { digest } = await add(image);
    const { node } = await furnish();
    const { piece } = client(firmwareSyncContract, {
      baseUrl: centre.url,
      fetch,
      headers: async () => ({ authorization: `Bearer ${await node.token()}` }),
    });
    const from = (place: number | string) => piece({ params: { digest }, query: { from: String(place) } });
    const pieces = [];
    for (let place = 0; place < image.length; place += FIRMWARE_PIECE_BYTES) pieces.push(await from(place));
    expect(pieces.map(({ firmware, size, from: place }) => [firmware, size, place])).toEqual(
      [0, 1, 2].map((count) => ['1.4.0', image.length, count * FIRMWARE_PIECE_BYTES]),
    );
    expect(Buffer.concat(pieces.map(({ bytes }) => Buffer.from(bytes, 'base64')))).toEqual(image);
    expect(await problemOf(from(image.length))).toMatchObject({ status: 422, code: 'past-the-end', field: 'from' });
    expect(await problemOf(from('-1'))).toMatchObject({ status: 422, field: 'from' });
    const unknown = piece({ params: { digest: digestOf(newImage()) }, query: { from: '0' } });
    expect(await problemOf(unknown)).toMatchObject({ status: 404, code: 'unknown-firmware' });
  });
});
