// The registry of devices: what a store has, over HTTP as people change it.
import { describe, expect, it } from 'vitest';
import type { Role } from '#schema/rules/access';
import { deviceKinds, kindRules, pours } from '#schema/rules/device';
import { startTestCentre } from '../../test-centre.ts';

const centre = await startTestCentre();
const { as, makeId } = centre;
const storeId = await centre.addStore();
await as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });

async function addProduct(dispensable = true): Promise<string> {
  const id = makeId();
  await as.product.create({
    body: { id, sku: id.slice(-12), name: 'Air', dispensable, price: { amount: 300_000, currency: 'IDR' } },
  });
  return id;
}

const productId = await addProduct();
const dispenser = () => ({
  id: makeId(),
  storeId,
  kind: 'dispenser' as const,
  name: 'Water 1',
  slots: [{ slot: 0, productId }],
});

/** What a refused call says. */
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ problem: { status, code, field } }) => ({ status, code, field }),
  );

describe('the registry', () => {
  it('[IOT-01] keeps devices of every kind, with what a kind needs and what holds until somebody says otherwise', async () => {
    for (const kind of deviceKinds) {
      const id = makeId();
      const body = { id, storeId, kind, name: `One ${kind}`, ...(pours(kind) && { slots: [{ slot: 0, productId }] }) };
      const added = await as.device.create({ body });
      expect(added).toMatchObject({ id, kind, link: null, config: kindRules[kind].config, configVersion: 1, archived: false });
      expect(added.number === null).toBe(!pours(kind));
      expect(await as.device.show({ params: { id } })).toEqual(added);
    }
    const { items } = await as.device.list({ query: { storeId } });
    expect(items.map(({ kind }) => kind)).toEqual([...deviceKinds].sort());
    expect(new Set(items.map(({ number }) => number)).size).toBe(4);
  });

  it('[IOT-01] adds a device once however often its id is sent, and refuses the id for another', async () => {
    const body = dispenser();
    const added = await as.device.create({ body });
    expect(await as.device.create({ body })).toEqual(added);
    expect(await refused(as.device.create({ body: { ...body, name: 'Water 2' } }))).toMatchObject({ code: 'id-reused' });
  });

  it('[IOT-01] a change raises the version that the device is told only where it is told something else', async () => {
    const { id } = await as.device.create({ body: dispenser() });
    const change = (body: object) => as.device.change({ params: { id }, body });
    expect(await change({ name: 'Water 9' })).toMatchObject({ name: 'Water 9', configVersion: 1, version: 2 });
    expect(await change({ config: { vendsAlone: true } })).toMatchObject({
      config: { ...kindRules.dispenser.config, vendsAlone: true },
      configVersion: 2,
    });
    expect(await change({ link: { kind: 'serial', path: '/dev/ttyUSB0' } })).toMatchObject({ configVersion: 2 });
    expect(await change({ slots: [{ slot: 3, productId }] })).toMatchObject({ configVersion: 3 });
    expect(await change({ link: null, archived: true })).toMatchObject({ link: null, archived: true });
    const { items } = await as.device.list({ query: { storeId, archived: 'true' } });
    expect(items.map((device) => device.id)).toEqual([id]);
  });

  it('[IOT-01] a change that names an older version is refused and changes nothing', async () => {
    const { id } = await as.device.create({ body: dispenser() });
    const put = (tag: string, name: string) =>
      fetch(`${centre.url}/api/v1/devices/${id}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${centre.admin.token}`, 'content-type': 'application/json', 'if-match': tag },
        body: JSON.stringify({ name }),
      });
    const first = await put('"1"', 'First');
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"2"']);
    for (const tag of ['"1"', 'W/"2"', 'nonsense']) expect((await put(tag, 'Second')).status, tag).toBe(412);
    expect(await as.device.show({ params: { id } })).toMatchObject({ name: 'First', version: 2 });
  });

  it.each([
    ['of no store', { storeId: makeId() }, 422, 'unknown-store', 'storeId'],
    ['of no kind', { kind: 'toaster' }, 422, 'bad-input', 'kind'],
    ['without slots', { slots: [] }, 422, 'bad-slots', 'slots'],
    ['of a kind that has none', { kind: 'tv' }, 422, 'bad-slots', 'slots'],
    ['that pours what is not', { slots: [{ slot: 0, productId: makeId() }] }, 422, 'unknown-product', 'slots[0].productId'],
    ['twice', { slots: [0, 0].map((slot) => ({ slot, productId })) }, 422, 'repeated-slot', 'slots[1].slot'],
    ['at no address', { link: { kind: 'serial', path: 'ttyUSB0' } }, 422, 'bad-input', 'link'],
    ['by a link that its kind has not', { kind: 'fridge', slots: [], link: { kind: 'virtual' } }, 422, 'bad-link', 'link.kind'],
    ['with a setting of another kind', { config: { brightness: 5 } }, 422, 'bad-config', 'config.brightness'],
    ['with a setting too large', { config: { armMs: 10_001 } }, 422, 'bad-config', 'config.armMs'],
    ['colder than warm', { kind: 'fridge', slots: [], config: { lowest: 90 } }, 422, 'bad-config', 'config.lowest'],
    ['with what nobody knows', { colour: 'red' }, 422, 'unknown-field', 'colour'],
  ])('[IOT-01] refuses a device %s by its field, and adds nothing', async (_, wrong, status, code, field) => {
    const body = { ...dispenser(), ...wrong };
    const answer = await refused(as.device.create({ body: body as never }));
    expect(answer).toMatchObject({ status, code });
    expect((answer as { field: string }).field).toContain(field);
    expect(await refused(as.device.show({ params: { id: body.id } }))).toMatchObject({ status: 404 });
  });

  it('[IOT-01] lets everybody look, and the administrator alone change', async () => {
    const { id } = await as.device.create({ body: dispenser() });
    for (const role of ['manager', 'finance', 'operator'] satisfies Role[]) {
      const calls = centre.callsWith(await centre.personWith(role));
      expect(await calls.device.show({ params: { id } })).toMatchObject({ id });
      expect(await refused(calls.device.create({ body: dispenser() })), role).toMatchObject({ status: 403 });
      expect(await refused(calls.device.change({ params: { id }, body: { name: 'Mine' } })), role).toMatchObject({ status: 403 });
    }
  });
});
