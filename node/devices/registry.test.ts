// The devices of a running store, as its people and the centre meet them: a fridge at the broker that speaks JSON, a dispenser with our core,
// a printer; by HTTP, by directive, and by what the devices themselves send.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { kindRules } from '#schema/rules/device';
import { present } from '#schema/values/assert';
import type { Device } from '#schema/wire/device';
import { brokerPassword, presenceText, topicOf } from '#schema/wire/device-topics';
import { randomBytes } from '../base/clock.ts';
import { saleOf, startTestNode, type TestNode } from '../test-node.ts';
import { virtualImage } from './virtual/test-image.ts';

const soon = { timeout: 30_000, interval: 10 };

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({
    demo: true,
    mqtt: { port: 0, tlsPort: 0 },
    staff: [
      { name: 'Manager', role: 'manager', pin: '314159' },
      { name: 'Cashier', role: 'cashier', pin: '271828' },
    ],
  });
});
afterAll(() => node.remove());

const list = async (): Promise<Device[]> => (await (await manager()).device.list()).items;
const manager = () => node.signedIn('Manager', '314159');
const deviceOf = async (id: string) =>
  present(
    (await list()).find((device) => device.id === id),
    'the device',
  );
const facts = (kind: string) =>
  node.store.sqlite
    .prepare<[string], { text: string }>('SELECT text FROM facts WHERE kind = ? ORDER BY generation, seq')
    .all(kind)
    .map(({ text }) => (JSON.parse(text) as { body: Record<string, unknown> }).body);

const fridgeRow = (more: Record<string, unknown>) => ({
  kind: 'fridge',
  number: null,
  name: 'Milk fridge',
  slots: '[]',
  link: JSON.stringify({ kind: 'mqtt' }),
  config: JSON.stringify(kindRules.fridge.config),
  config_version: 1,
  key_number: 1,
  archived: 0,
  ...more,
});

/** A row as the centre's shape brings it, and its key as the centre's box does. */
function addDevice(row: Record<string, unknown>, rootKey = randomBytes(32)) {
  const id = node.makeId();
  const usual = fridgeRow({ id, store_id: node.store.stores.current()?.id });
  node.store.dispensers.pair(id, 'mqtt', rootKey, node.store.now());
  node.applyRows('devices', [{ operation: 'insert', row: { ...usual, ...row } }]);
  return { id, rootKey };
}

const changeDevice = (id: string, row: Record<string, unknown>) =>
  node.applyRows('devices', [{ operation: 'update', row: { id, ...row } }]);

/** A fridge as its maker builds one: it does what it is asked, each wish once. */
class Fridge {
  readonly id: string;
  readonly orders: { id: string; command: string; args: Record<string, unknown> }[] = [];
  readonly configs: { version: number; config: Record<string, unknown> }[] = [];
  obeys = true;
  private readonly rootKey: Uint8Array;
  private client: MqttClient | undefined;
  private said = 0;

  constructor() {
    ({ id: this.id, rootKey: this.rootKey } = addDevice({}));
  }

  private topic(leaf: 'state' | 'up' | 'down' | 'config'): string {
    return topicOf({ family: 'dv', store: 'warung-sari', name: this.id }, leaf);
  }

  async connect(boot: string): Promise<void> {
    await expect.poll(() => node.store.broker.ports(), soon).not.toBeNull();
    const kept = { qos: 1, retain: true } as const;
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${node.store.broker.ports()?.plain}`, {
      clientId: this.id,
      username: this.id,
      password: brokerPassword(this.rootKey),
      reconnectPeriod: 0,
      will: { topic: this.topic('state'), payload: Buffer.from(presenceText('lost', boot)), ...kept },
    });
    client.on('message', (topic, payload) => {
      const heard = JSON.parse(payload.toString());
      if (topic === this.topic('config')) this.configs.push(heard);
      else this.obey(heard);
    });
    await client.subscribeAsync([this.topic('down'), this.topic('config')], { qos: 1 });
    // Before it says that it is there: an order may come at once, and is answered here.
    this.client = client;
    await client.publishAsync(this.topic('state'), presenceText('present', boot), kept);
  }

  say(message: object | string, id = `m${++this.said}`): void {
    const text = typeof message === 'string' ? message : JSON.stringify({ id, ...message });
    this.client?.publish(this.topic('up'), text, { qos: 1 });
  }

  /** As when its cable is pulled: its will speaks for it. */
  vanish(): void {
    this.client?.stream.destroy();
  }

  private obey(order: (typeof this.orders)[number]): void {
    this.orders.push(order);
    if (this.obeys) this.say({ kind: 'result', commandId: order.id, outcome: 'done', detail: 'defrosted' });
  }
}

describe('a fridge at the broker', () => {
  let fridge: Fridge;
  beforeEach(async () => {
    fridge = new Fridge();
    await fridge.connect('b1');
    await expect.poll(async () => (await deviceOf(fridge.id)).state, soon).toBe('online');
  });

  const command = async (id: string, more: object = {}) => {
    const calls = await manager();
    return calls.device.command({ params: { id: fridge.id }, body: { id, command: 'defrost', args: { minutes: 5 }, ...more } });
  };
  const stateOf = async (id: string) => (await (await manager()).device.commandState({ params: { id } })).state;

  it('[IOT-02] [IOT-04] is shown with what it runs; its settings wait for it at the broker, each version', async () => {
    await expect.poll(() => fridge.configs.at(-1), soon).toMatchObject({ version: 1, config: { highest: 80 } });
    fridge.say({ kind: 'heartbeat', firmware: 'cool-2.1', configVersion: 1 });
    await expect.poll(async () => (await deviceOf(fridge.id)).firmware, soon).toBe('cool-2.1');
    expect(await deviceOf(fridge.id)).toMatchObject({
      kind: 'fridge',
      driver: 'mqtt',
      reason: null,
      config: { wanted: 1, running: 1 },
    });
    changeDevice(fridge.id, { config: JSON.stringify({ ...kindRules.fridge.config, highest: 60 }), config_version: 2 });
    await expect.poll(() => fridge.configs.at(-1), soon).toMatchObject({ version: 2, config: { highest: 60 } });
    expect((await deviceOf(fridge.id)).config).toEqual({ wanted: 2, running: 1 });
    for (let told = 0; told < 5; told++) fridge.say({ kind: 'heartbeat', configVersion: 1 });
    await expect.poll(async () => (await deviceOf(fridge.id)).reason, soon).toBe('config-refused');
    // Both versions, and what was sent again to one that says that it runs another: they may still be under way.
    const sent = 5;
    await expect.poll(() => fridge.configs.length, soon).toBe(sent);
    fridge.say({ kind: 'heartbeat', configVersion: 1 });
    fridge.say({ kind: 'heartbeat', configVersion: 2 });
    await expect.poll(async () => (await deviceOf(fridge.id)).config?.running, soon).toBe(2);
    expect((await deviceOf(fridge.id)).reason).toBeNull();
    expect(fridge.configs).toHaveLength(sent);
  });

  it('[IOT-02] is offline by its last will, faulty by its own word, and online again', async () => {
    fridge.say({ kind: 'heartbeat', fault: 'compressor' });
    await expect.poll(async () => deviceOf(fridge.id), soon).toMatchObject({ state: 'fault', reason: 'compressor' });
    fridge.vanish();
    await expect.poll(async () => (await deviceOf(fridge.id)).state, soon).toBe('offline');
    expect((await deviceOf(fridge.id)).lastSeenAt).not.toBeNull();
    await fridge.connect('b2');
    fridge.say({ kind: 'heartbeat' });
    await expect.poll(async () => deviceOf(fridge.id), soon).toMatchObject({ state: 'online', reason: null });
  });

  it('[IOT-03] is told a command that was given while it was away, once, and the answer is kept', async () => {
    fridge.vanish();
    await expect.poll(async () => (await deviceOf(fridge.id)).state, soon).toBe('offline');
    const id = node.makeId();
    expect(await command(id)).toMatchObject({ id, state: 'queued', args: { minutes: 5 } });
    await command(id);
    expect((await deviceOf(fridge.id)).commandsWaiting).toBe(1);
    await fridge.connect('b2');
    await expect.poll(() => stateOf(id), soon).toBe('done');
    expect(fridge.orders).toMatchObject([{ id, command: 'defrost', args: { minutes: 5 } }]);
    expect(facts('device.answered').filter(({ commandId }) => commandId === id)).toMatchObject([
      { deviceId: fridge.id, outcome: 'done', detail: 'defrosted', directiveId: null },
    ]);
    await expect(command(id, { command: 'freeze' })).rejects.toMatchObject({ problem: { code: 'id-reused', status: 422 } });
  });

  it('[IOT-03] is told what the centre asks by a directive, and the fact of its answer names that', async () => {
    const [directiveId, commandId] = [node.makeId(), node.makeId()];
    const body = { commandId, deviceId: fridge.id, command: 'defrost', args: {}, expiresAt: node.store.now() + 60_000 };
    const row = {
      id: directiveId,
      store_id: node.store.stores.current()?.id,
      kind: 'device.command',
      issued_at: node.store.now(),
    };
    node.applyRows('directives', [{ operation: 'insert', row: { ...row, body: JSON.stringify(body) } }]);
    await expect
      .poll(() => facts('device.answered').filter((fact) => fact.directiveId === directiveId), soon)
      .toMatchObject([{ commandId, outcome: 'done' }]);
    expect(fridge.orders.filter(({ id }) => id === commandId)).toHaveLength(1);
    const late = { ...body, commandId: node.makeId(), expiresAt: node.store.now() - 1 };
    node.applyRows('directives', [{ operation: 'insert', row: { ...row, id: node.makeId(), body: JSON.stringify(late) } }]);
    await expect
      .poll(() => facts('device.answered').filter((fact) => fact.commandId === late.commandId), soon)
      .toMatchObject([{ outcome: 'expired' }]);
  });

  it('[IOT-05] is believed each message once, and what cannot be read changes nothing', async () => {
    const data = { kind: 'data', readings: [{ metric: 'temperature', value: 41 }] };
    fridge.say('no json at all');
    fridge.say({ kind: 'data', readings: [{ metric: 'temperature', value: 4.1 }] });
    fridge.say({ kind: 'data', readings: [{ metric: 'Temp erature', value: 4 }] });
    fridge.say(data, 'same');
    fridge.say(data, 'same');
    fridge.say({ kind: 'data', readings: [{ metric: 'temperature', value: 43 }, { metric: 'door', value: 0 }] }); // biome-ignore format: one message
    await expect
      .poll(async () => (await deviceOf(fridge.id)).readings.map(({ metric, value }) => [metric, value]), soon)
      .toEqual([
        ['temperature', 43],
        ['door', 0],
      ]);
    const sum = node.store.sqlite.prepare('SELECT count FROM telemetry_sums WHERE device_id = ? AND metric = ?');
    expect(sum.get(fridge.id, 'temperature')).toEqual({ count: 2 });
    const calls = await manager();
    const { items } = await calls.device.readings({ params: { id: fridge.id }, query: { metric: 'temperature' } });
    expect(items.map(({ value }) => value)).toContain(41);
    expect((await deviceOf(fridge.id)).state).toBe('online');
  });

  it('[IOT-05] that gets too warm is told of at every till until it is cold again', async () => {
    changeDevice(fridge.id, { config: JSON.stringify({ ...kindRules.fridge.config, toleratedMinutes: 0 }), config_version: 2 });
    const warm = (value: number) => fridge.say({ kind: 'data', readings: [{ metric: 'temperature', value }] });
    const troubles = async () => (await node.till.session()).troubles.map(({ code }) => code);
    warm(95);
    await expect.poll(troubles, soon).toEqual(['device-alert']);
    expect((await deviceOf(fridge.id)).alerts).toMatchObject([{ what: 'too-warm', value: 95, limit: 80 }]);
    warm(40);
    await expect.poll(troubles, soon).toEqual([]);
    const told = facts('device.alerted').filter(({ deviceId }) => deviceId === fridge.id);
    expect(told.map(({ overAt }) => overAt !== null)).toEqual([false, true]);
  });

  it('[IOT-02] that is given away is followed and asked no more', async () => {
    changeDevice(fridge.id, { archived: 1 });
    await expect.poll(async () => (await list()).some(({ id }) => id === fridge.id), soon).toBe(false);
    await expect(command(node.makeId())).rejects.toMatchObject({ problem: { code: 'unknown-device', status: 404 } });
  });
});

describe('a dispenser with our core', () => {
  let id: string;
  beforeAll(async () => {
    id = present((await list()).find(({ kind }) => kind === 'dispenser')?.id, 'a dispenser');
  });

  const ask = async (command: string, args: Record<string, string | number> = {}) => {
    const calls = await manager();
    const asked = await calls.device.command({ params: { id }, body: { id: node.makeId(), command, args } });
    const state = () => calls.device.commandState({ params: { id: asked.id } });
    await expect.poll(async () => (await state()).endedAt, soon).not.toBeNull();
    return state();
  };

  it('[IOT-04] runs the settings of the registry, and newer ones soon after', async () => {
    await expect.poll(async () => (await deviceOf(id)).config, soon).toEqual({ wanted: 1, running: 1 });
    changeDevice(id, { config: JSON.stringify({ ...kindRules.dispenser.config, dropWaitMs: 700 }), config_version: 2 });
    await expect.poll(async () => (await deviceOf(id)).config, soon).toEqual({ wanted: 2, running: 2 });
    const impossible = { ...kindRules.dispenser.config, motorMaxMs: 50 };
    changeDevice(id, { config: JSON.stringify(impossible), config_version: 3 });
    await expect.poll(async () => (await deviceOf(id)).config, soon).toEqual({ wanted: 3, running: 2 });
    changeDevice(id, { config: JSON.stringify(kindRules.dispenser.config), config_version: 4 });
    await expect.poll(async () => (await deviceOf(id)).config, soon).toEqual({ wanted: 4, running: 4 });
  });

  it('[DSP-11] answers a ping, turns a motor for a manager, and restarts', async () => {
    expect(await ask('ping')).toMatchObject({ state: 'done', detail: 'firmware 1.0.0, 8 slots, 0 outcomes wait' });
    expect(await ask('test-motor', { slot: 0 })).toMatchObject({
      state: 'done',
      detail: expect.stringMatching(/turned in \d+ ms, 1 fell/),
    });
    expect(await ask('test-motor', { slot: 200 })).toMatchObject({ state: 'failed', detail: 'unknown-slot' });
    expect(await ask('restart')).toMatchObject({ state: 'done', detail: 'firmware 1.0.0' });
  });

  it('[OPS-03] [IOT-02] is known to pour from when its motor turns until it is over, and for which receipt', async () => {
    const calls = await manager();
    const sale = await calls.sale.close({ body: saleOf(node, { 'AIR-600': 1 }) });
    const pouring = () => node.store.devices.pouring();
    expect(pouring()).toEqual([]);
    const scanned = calls.device.scan({ params: { id }, body: { code: present(sale.vouchers[0]?.code, 'a code') } });
    await expect.poll(pouring, soon).toEqual([{ deviceId: id, receipt: sale.receipt }]);
    expect(await scanned).toMatchObject({ outcome: 'ok' });
    expect(pouring()).toEqual([]);
    // A turn without a voucher is for nobody.
    const tested = ask('test-motor', { slot: 0 });
    await expect.poll(() => node.store.devices.authorityOf(id)?.state().busy, soon).toBe(true);
    expect(pouring()).toEqual([]);
    expect(await tested).toMatchObject({ state: 'done' });
  });

  it('[DSP-11] turns no motor for a cashier, who may ask whether it is there', async () => {
    const cashier = await node.signedIn('Cashier', '271828');
    const give = (command: string, args = {}) =>
      cashier.device.command({ params: { id }, body: { id: node.makeId(), command, args } });
    await expect(give('test-motor', { slot: 0 })).rejects.toMatchObject({ problem: { code: 'not-a-manager', status: 403 } });
    expect(await give('ping')).toMatchObject({ command: 'ping' });
  });

  it.each([
    ['a word that it does not know', 'dance', {}, 'unknown-command', 'command'],
    ['a slot that is no number', 'test-motor', { slot: 'first' }, 'bad-args', 'args.slot'],
  ])('[IOT-03] is not asked %s', async (_, command, args, code, field) => {
    const calls = await manager();
    const wish = { params: { id }, body: { id: node.makeId(), command, args } };
    await expect(calls.device.command(wish)).rejects.toMatchObject({ problem: { code, field, status: 422 } });
  });

  it('[DSP-10] takes a new firmware from its node, says how far it is, and runs it', { timeout: 60_000 }, async () => {
    const bytes = virtualImage(0x00010203, new Uint8Array(3_000).fill(7));
    const added = node.store.devices.firmware.add(0x00010203, bytes, node.store.now());
    expect(await ask('update', { digest: added.digest })).toMatchObject({ state: 'done', detail: 'confirmed' });
    expect(await deviceOf(id)).toMatchObject({ firmware: '1.2.3', update: null, state: 'online' });
    expect(await ask('update', { digest: added.digest })).toMatchObject({ state: 'done', detail: 'already-there' });
  });

  it('[DSP-10] refuses what its maker did not sign, and what its node does not have', { timeout: 60_000 }, async () => {
    const forged = virtualImage(0x00020000, new Uint8Array(500)).map((byte, at) => (at === 9 ? byte ^ 1 : byte));
    const { digest } = node.store.devices.firmware.add(0x00020000, forged, node.store.now());
    expect(await ask('update', { digest })).toMatchObject({ state: 'failed', detail: 'bad-signature' });
    expect(node.store.refusals.read()).toMatchObject({ 'bad-signature': 1, 'bad-digest': 0, 'bad-size': 0 });
    expect(await ask('update', { digest: 'a'.repeat(64) })).toMatchObject({ state: 'failed', detail: 'no-image' });
    expect((await deviceOf(id)).firmware).toBe('1.2.3');
  });
});

describe('a device that cannot be reached', () => {
  it('[IOT-02] keeps no other from being started', async () => {
    // Its flash cannot be opened.
    mkdirSync(join(node.dataFolder, 'dispenser-98.flash'));
    const broken = addDevice({
      kind: 'dispenser',
      number: 98,
      link: JSON.stringify({ kind: 'virtual' }),
      config: '{}',
      name: 'Broken',
    });
    const sound = addDevice({
      kind: 'dispenser',
      number: 100,
      link: JSON.stringify({ kind: 'virtual' }),
      config: JSON.stringify(kindRules.dispenser.config),
      name: 'Sound',
    });
    await expect.poll(async () => (await deviceOf(sound.id)).state, soon).toBe('online');
    expect((await deviceOf(broken.id)).state).toBe('offline');
    for (const each of [broken, sound]) changeDevice(each.id, { archived: 1 });
  });

  it.each([
    ['nobody has linked', { link: null }, 'not-linked'],
    [
      'is no broker’s',
      { kind: 'scanner', link: JSON.stringify({ kind: 'serial', path: '/dev/ttyNone' }), config: '{}' },
      'no-driver',
    ],
  ])('[IOT-02] as %s is offline and says why', async (_, row, reason) => {
    const { id } = addDevice(row);
    await expect.poll(async () => deviceOf(id), soon).toMatchObject({ state: 'offline', reason, driver: 'none' });
    changeDevice(id, { archived: 1 });
  });

  it('[IOT-02] before its store has arrived is reached as soon as that is there: shapes come in any order', async () => {
    const other = await startTestNode({ mqtt: { port: 0, tlsPort: 0 } });
    onTestFinished(() => other.remove());
    const { store } = other;
    const row = present(store.sqlite.prepare<[], Record<string, unknown>>('SELECT * FROM stores').get(), 'the store');
    other.applyRows('store', [{ operation: 'delete', row: { id: row.id } }]);
    const id = other.makeId();
    store.dispensers.pair(id, 'mqtt', randomBytes(32), store.now());
    other.applyRows('devices', [{ operation: 'insert', row: fridgeRow({ id, store_id: row.id }) }]);
    const standing = () => store.devices.list().find((device) => device.id === id);
    await expect.poll(standing, soon).toMatchObject({ reason: 'no-store' });
    other.applyRows('store', [{ operation: 'insert', row }]);
    await expect.poll(standing, soon).toMatchObject({ reason: 'lost', driver: 'mqtt' });
  });
});
