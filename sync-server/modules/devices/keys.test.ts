// Root keys: made and shown once, sealed at rest, given to their store's node alone.
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bytesOf, makeAuthority } from '#node/lan/certificate';
import { isSignedBy } from '#schema/facts/chain';
import { deviceKeysContext, deviceKeysText } from '#schema/wire/device-key';
import { brokerPassword } from '#schema/wire/device-topics';
import { openBox } from '#schema/wire/sealed-box';
import { randomBytes } from '../../base/clock.ts';
import { sealWith } from '../../base/secret.ts';
import { transaction } from '../../base/transaction.ts';
import { startTestCentre } from '../../test-centre.ts';
import type { FakeNode } from '../../test-node.ts';
import { keysOfStore, sealDeviceKeysAnew } from './keys.ts';

const said: unknown[] = [];
const note = (...line: unknown[]) => void said.push(line);
const centre = await startTestCentre({ log: { info: note, warn: note, error: note } });
const { as, makeId, admin } = centre;
await as.taxRate.set({ body: { country: 'ID', taxClass: 'standard', name: 'PPN', rate: 1_100, inclusive: true } });
const productId = makeId();
await as.product.create({
  body: { id: productId, sku: 'AIR', name: 'Air', dispensable: true, price: { amount: 300_000, currency: 'IDR' } },
});

const addDispenser = (storeId: string, link: { kind: 'virtual' | 'mqtt' } | null = { kind: 'virtual' }) =>
  as.device.create({
    body: { id: makeId(), storeId, kind: 'dispenser', name: 'Water 1', slots: [{ slot: 0, productId }], link },
  });

const provision = (deviceId: string, more: object = {}) =>
  as.device.provision({ params: { id: deviceId }, body: { id: makeId(), password: admin.password, ...more } });

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ problem: { status, code, field } }) => ({ status, code, field }),
  );

const csvOf = (text: string) =>
  new Map(
    text
      .trim()
      .split('\n')
      .map((line) => [line.split(',')[0], line.split(',')[3]]),
  );

async function askKeys(node: FakeNode) {
  const answer = await fetch(`${centre.url}/sync/device-keys`, { headers: { authorization: `Bearer ${await node.token()}` } });
  return { status: answer.status, body: (await answer.json()) as { box: string; signature: string } };
}

function open({ storeId, nodeId, boxKeys }: FakeNode, box: string) {
  const opened = openBox(box, boxKeys, deviceKeysContext({ storeId, nodeId }));
  return opened.ok ? (JSON.parse(opened.value) as { keys: { deviceId: string; number: number; rootKey: string }[] }) : opened;
}

describe('a root key', () => {
  it('[DSP-11] is shown once, as the board reads it, and reaches its store’s node sealed and signed', async () => {
    const node = await centre.enrolNode();
    const device = await addDispenser(node.storeId);
    const { form, text, keyNumber } = await provision(device.id);
    const csv = csvOf(text);
    expect(form).toBe('nvs-csv');
    expect([keyNumber, csv.get('dispenser'), csv.get('key_epoch'), csv.get('vends_alone')]).toEqual([
      1,
      `${device.number}`,
      '1',
      '0',
    ]);
    expect(csv.has('mqtt_uri')).toBe(false);
    const { body } = await askKeys(node);
    expect(open(node, body.box)).toEqual({ keys: [{ deviceId: device.id, number: 1, rootKey: csv.get('root_key') }] });
    const { publicKey } = await as.journal.witnesses({ params: { storeId: node.storeId } });
    expect(isSignedBy(deviceKeysText(body.box, node), body.signature, publicKey)).toBe(true);
    expect(isSignedBy(deviceKeysText(body.box, { ...node, nodeId: makeId() }), body.signature, publicKey)).toBe(false);
    expect((await as.device.show({ params: { id: device.id } })).keyNumber).toBe(1);
  });

  it('[DSP-11] of a device on MQTT comes with its way to the broker; without that it is refused', async () => {
    const storeId = await centre.addStore();
    const { id, number, storeCode } = await addDispenser(storeId, { kind: 'mqtt' });
    expect(await refused(provision(id))).toEqual({ status: 422, code: 'needs-broker', field: 'mqttUri' });
    expect(await refused(provision(id, { mqttUri: 'mqtt://a b' }))).toMatchObject({ status: 422, code: 'bad-input' });
    const csv = csvOf((await provision(id, { mqttUri: 'mqtts://192.168.1.10:8883' })).text);
    const password = brokerPassword(Buffer.from(csv.get('root_key') ?? '', 'hex'));
    expect([csv.get('store'), csv.get('mqtt_uri'), csv.get('mqtt_user')]).toEqual([
      storeCode,
      'mqtts://192.168.1.10:8883',
      `${number}`,
    ]);
    expect(csv.get('mqtt_password')).toBe(password);
    expect(csv.get('setup_code')).toMatch(/^[0-9A-Z]{8}$/);

    const fridge = await as.device.create({ body: { id: makeId(), storeId, kind: 'fridge', name: 'F', link: { kind: 'mqtt' } } });
    const access = JSON.parse((await provision(fridge.id, { mqttUri: 'mqtt://10.0.0.2' })).text);
    expect(access).toMatchObject({ user: fridge.id, topics: { up: `dv/1/${storeCode}/${fridge.id}/up` } });
  });

  it('[DSP-11] [DSP-07] of a device whose broker has a certificate of its own comes with what that is checked by, on one line', async () => {
    const storeId = await centre.addStore();
    const { id } = await addDispenser(storeId, { kind: 'mqtt' });
    const { certificate } = makeAuthority('Warung Sari', ['kasir'], { now: centre.clock.now(), random: randomBytes });
    const mqttUri = 'mqtts://192.168.1.10:8883';
    const mqttCa = bytesOf(certificate).toString('base64');
    const { text } = await provision(id, { mqttUri, mqttCa });
    expect(text.split('\n')).toContain(`mqtt_ca,data,base64,${mqttCa}`);
    expect(csvOf((await provision(id, { mqttUri })).text).has('mqtt_ca')).toBe(false);

    const fridge = await as.device.create({ body: { id: makeId(), storeId, kind: 'fridge', name: 'F', link: { kind: 'mqtt' } } });
    expect(JSON.parse((await provision(fridge.id, { mqttUri, mqttCa })).text).ca).toBe(certificate);

    const { keyNumber } = await as.device.show({ params: { id } });
    const bad = { status: 422, code: 'bad-ca', field: 'mqttCa' };
    expect(await refused(provision(id, { mqttUri: 'mqtt://192.168.1.10:1883', mqttCa }))).toEqual(bad);
    expect(await refused(provision(id, { mqttUri, mqttCa: mqttCa.slice(0, 200) }))).toEqual(bad);
    expect(await refused(provision(id, { mqttUri, mqttCa: 'no base64!' }))).toMatchObject({ status: 422, code: 'bad-input' });
    expect((await as.device.show({ params: { id } })).keyNumber).toBe(keyNumber);
  });

  it('[DSP-11] is another one after each provisioning, and the same wish shows nothing twice', async () => {
    const node = await centre.enrolNode();
    const { id } = await addDispenser(node.storeId);
    const wish = { id: makeId() };
    const first = csvOf((await provision(id, wish)).text).get('root_key');
    expect(await refused(provision(id, wish))).toMatchObject({ status: 409, code: 'shown-before' });
    const second = await provision(id);
    expect(second.keyNumber).toBe(2);
    expect(csvOf(second.text).get('root_key')).not.toBe(first);
    expect(open(node, (await askKeys(node)).body.box)).toMatchObject({ keys: [{ number: 2 }] });
  });

  it('[DSP-11] is made for an administrator who says the password once more, and for no device that needs none', async () => {
    const storeId = await centre.addStore();
    const { id } = await addDispenser(storeId);
    expect(await refused(provision(id, { password: 'guess' }))).toEqual({
      status: 403,
      code: 'wrong-password',
      field: 'password',
    });
    for (const role of ['manager', 'operator'] as const) {
      const calls = centre.callsWith(await centre.personWith(role));
      const body = { id: makeId(), password: 'correct horse battery' };
      expect(await refused(calls.device.provision({ params: { id }, body }))).toMatchObject({ status: 403, code: 'not-allowed' });
    }
    expect(await refused(provision((await addDispenser(storeId, null)).id))).toMatchObject({ status: 409, code: 'not-linked' });
    const printer = await as.device.create({ body: { id: makeId(), storeId, kind: 'printer', name: 'P' } });
    expect(await refused(provision(printer.id))).toMatchObject({ status: 409, code: 'needs-no-key' });
    await as.device.change({ params: { id }, body: { archived: true } });
    expect(await refused(provision(id))).toMatchObject({ status: 409, code: 'device-archived' });
    expect(await refused(provision(makeId()))).toMatchObject({ status: 404 });
    expect((await as.device.show({ params: { id } })).keyNumber).toBe(0);
  });

  it('[DSP-11] is given to no other store’s node, to no node that was shut out, and to no person', async () => {
    const node = await centre.enrolNode();
    const other = await centre.enrolNode();
    await provision((await addDispenser(node.storeId)).id);
    expect(open(other, (await askKeys(other)).body.box)).toEqual({ keys: [] });
    const { box } = (await askKeys(node)).body;
    expect(open({ ...other, storeId: node.storeId, nodeId: node.nodeId }, box)).toMatchObject({ code: 'not-for-us' });
    expect((await fetch(`${centre.url}/sync/device-keys`, { headers: { authorization: `Bearer ${admin.token}` } })).status).toBe(
      403,
    );
    await as.store.revokeNode({ params: { id: node.storeId }, body: { nodeId: node.nodeId } });
    expect((await askKeys(node)).status).toBe(401);
  });

  it('[DSP-11] stands nowhere in clear: not in the database, not in a log; a changed secret key seals it anew', async () => {
    const node = await centre.enrolNode();
    const { id } = await addDispenser(node.storeId);
    const rootKey = csvOf((await provision(id)).text).get('root_key') ?? '';
    const { db } = centre.database;
    const sealed = async () =>
      String((await db.execute(sql`SELECT sealed FROM device_keys WHERE device_id = ${id}`)).rows[0]?.sealed);
    const forms = [rootKey, Buffer.from(rootKey, 'hex').toString('base64url'), Buffer.from(rootKey, 'hex').toString('base64')];
    const log = JSON.stringify(said);
    for (const form of forms) {
      expect(await sealed()).not.toContain(form);
      expect(log).not.toContain(form);
    }
    const today = 'a secret key for tests, long enough';
    const changed = sealWith(['another secret key for tests, long', today], randomBytes);
    const before = await sealed();
    await transaction(centre.database, (tx) => sealDeviceKeysAnew(tx, changed));
    expect(await sealed()).not.toBe(before);
    expect((await keysOfStore(db, node.storeId, sealWith(['another secret key for tests, long'], randomBytes))).keys).toEqual([
      { deviceId: id, number: 1, rootKey },
    ]);
    await transaction(centre.database, (tx) =>
      sealDeviceKeysAnew(tx, sealWith([today, 'another secret key for tests, long'], randomBytes)),
    );
  });
});
