// The broker inside the node before devices that lie, flood, or are no devices: each is refused for its own reason, which is counted, and
// the others go on.
import { connect as connectTcp } from 'node:net';
import fc from 'fast-check';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { brokerPassword, type DeviceOnBroker, presenceText, topicOf } from '#schema/wire/device-topics';
import { trialClock } from '#scripts/dispenser-trial/clock';
import { systemClock } from '../../base/clock.ts';
import type { Presence } from '../driver.ts';
import { openRefusals, type RefusalReason } from '../refusals.ts';
import { type BrokerOptions, openBroker } from './broker.ts';
import { openConnection } from './connection.ts';
import { openMqtt } from './driver.ts';
import { packetGate } from './packet-gate.ts';
import type { KnownDevice } from './rules.ts';

const fridge = '0191b2c4-0000-7000-8000-000000000001';
const deviceOf = (name: string, fill: number): KnownDevice => ({
  family: name === fridge ? 'dv' : 'sd',
  store: 'warung-sari',
  name,
  rootKey: new Uint8Array(32).fill(fill),
});

async function openTrial(options: Partial<BrokerOptions> = {}) {
  const devices = new Map([deviceOf('7', 7), deviceOf('8', 8), deviceOf(fridge, 9)].map((device) => [device.name, device]));
  const refusals = openRefusals();
  const onFault = (error: unknown) => expect.fail(String(error));
  const refused = refusals.count;
  const find = (name: string) => devices.get(name);
  // Time stands still for the gate: a slow machine gives no flood more room.
  const clock = { now: () => 0, after: systemClock.after };
  const parts = { host: '127.0.0.1', port: 0, clock, find, refused, onFault, ...options };
  const broker = await openBroker(parts);
  const connection = openConnection({ ...parts, reach: async () => broker, clientId: 'node' });
  onTestFinished(() => connection.stop());

  /** The node's side of a device, and what it hears. */
  async function follow(name: string) {
    const device = devices.get(name) as DeviceOnBroker;
    const heard: string[] = [];
    const presences: Presence[] = [];
    const driver = openMqtt({ connection, device, refused });
    await driver.start({
      message: (bytes) => heard.push(Buffer.from(bytes).toString()),
      presence: (presence) => presences.push(presence),
    });
    await until(() => connection.isUp()).toBe(true);
    return { driver, heard, presences };
  }

  function connect(more: IClientOptions = {}, name = '7'): MqttClient {
    const { rootKey } = devices.get(name) ?? deviceOf(name, 1);
    const client = mqtt.connect(`mqtt://127.0.0.1:${broker.port}`, {
      clientId: name,
      username: name,
      password: brokerPassword(rootKey),
      reconnectPeriod: 0,
      protocolVersion: 4,
      ...more,
    });
    client.on('error', () => undefined);
    onTestFinished(() => void client.end(true));
    return client;
  }

  async function connected(more: IClientOptions = {}, name = '7'): Promise<MqttClient> {
    const client = connect(more, name);
    await until(() => client.connected).toBe(true);
    return client;
  }

  /** Says that it is there as a sound device does, and that its node hears it: whatever came before, the others go on. */
  async function expectOthersGoOn(): Promise<void> {
    const { heard, presences, driver } = await follow('8');
    const other = await connected({ clean: false }, '8');
    const said = new Promise<string>((resolve) => other.on('message', (_, payload) => resolve(String(payload))));
    await other.subscribeAsync(topicOf(deviceOf('8', 8), 'down'), { qos: 1 });
    other.publish(topicOf(deviceOf('8', 8), 'state'), presenceText('present', 'b1'), { qos: 1, retain: true });
    other.publish(topicOf(deviceOf('8', 8), 'up'), 'I pour', { qos: 1 });
    await until(() => heard).toContain('I pour');
    expect(presences.at(-1)).toBe('present');
    expect(driver.send(Buffer.from('pour'))).toBe(true);
    expect(await said).toBe('pour');
    await driver.stop();
    await other.endAsync();
  }

  return { broker, devices, connection, follow, connect, connected, expectOthersGoOn, count: refusals.read };
}

const own = (leaf: Parameters<typeof topicOf>[1]) => topicOf(deviceOf('7', 7), leaf);
const others = (leaf: Parameters<typeof topicOf>[1]) => topicOf(deviceOf('8', 8), leaf);
/** However slow the machine is. */
const until = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 5 });
const closed = (client: MqttClient) => until(() => client.connected).toBe(false);

it.each<[string, IClientOptions, RefusalReason]>([
  ['a device that the store does not have', { username: '99', clientId: '99' }, 'unknown-device'],
  ['nobody', { username: '', clientId: 'x', password: '' }, 'unknown-device'],
  ['a wrong password', { password: brokerPassword(new Uint8Array(32)) }, 'wrong-password'],
  ['no password', { password: '' }, 'wrong-password'],
  ['the session of another device', { clientId: '8' }, 'wrong-client'],
])('[DSP-07] lets in nobody with %s, counts it, and the others go on', async (_, credentials, reason) => {
  const trial = await openTrial();
  const client = trial.connect(credentials);
  await until(() => trial.count()[reason]).toBe(1);
  expect(client.connected).toBe(false);
  await trial.expectOthersGoOn();
});

it.each<[string, RefusalReason, (client: MqttClient) => void]>([
  ['speaks for another device', 'foreign-topic', (client) => client.publish(others('up'), 'outcome', { qos: 1 })],
  ['says that another is there', 'foreign-topic', (client) => client.publish(others('state'), 'present b9', { retain: true })],
  ['gives another a command', 'foreign-topic', (client) => client.publish(others('down'), 'pour', { qos: 1 })],
  ['gives itself a command', 'foreign-topic', (client) => client.publish(own('down'), 'pour', { qos: 1 })],
  ['leaves a command for later', 'foreign-topic', (client) => client.publish(others('down'), 'pour', { qos: 1, retain: true })],
  ['speaks in the broker’s own name', 'foreign-topic', (client) => client.publish('$SYS/broker', 'stop', { qos: 1 })],
  ['has an outcome kept', 'retained', (client) => client.publish(own('up'), 'outcome', { qos: 1, retain: true })],
  ['says more than a message holds', 'oversize', (client) => client.publish(own('up'), Buffer.alloc(245), { qos: 1 })],
  ['says more than a presence is', 'oversize', (client) => client.publish(own('state'), Buffer.alloc(65), { qos: 1 })],
  ['sends a packet of a mebibyte', 'oversize', (client) => client.publish(own('up'), Buffer.alloc(1 << 20), { qos: 1 })],
  ['floods', 'flood', (client) => Array.from({ length: 6_000 }, () => client.publish(own('up'), 'x', { qos: 0 }))],
])('[DSP-07] ends the connection of a device that %s, and nothing of it is heard', async (_, reason, misbehave) => {
  const trial = await openTrial();
  const [first, second] = [await trial.follow('7'), await trial.follow('8')];
  const client = await trial.connected();
  misbehave(client);
  await closed(client);
  expect(trial.count()[reason]).toBe(1);
  // Before a flood is one it is heard.
  expect(first.heard.filter((text) => text !== 'x')).toEqual([]);
  expect([second.heard, second.presences]).toEqual([[], []]);
  await second.driver.stop();
  await trial.expectOthersGoOn();
});

it.each([others('down'), others('up'), '#', 'sd/1/warung-sari/+/down', '$SYS/#', own('up')])(
  '[DSP-07] a device hears nothing by asking for %s, at once or when it comes back to its session',
  async (topic) => {
    const trial = await openTrial();
    const node = await trial.follow('8');
    const other = await trial.connected({ clean: false }, '8');
    other.publish(others('state'), presenceText('present', 'b1'), { qos: 1, retain: true });
    await until(() => node.presences).toEqual(['present']);
    const heard: string[] = [];
    const spy = await trial.connected({ clean: false });
    spy.on('message', (_, payload) => heard.push(String(payload)));
    const granted = new Promise((resolve) =>
      spy.on('packetreceive', (packet) => packet.cmd === 'suback' && resolve(packet.granted)),
    );
    spy.subscribe([own('down'), topic], { qos: 1 });
    expect(await granted).toEqual([1, 128]);
    expect(trial.count()['foreign-topic']).toBe(1);
    expect(node.driver.send(Buffer.from('a secret'))).toBe(true);
    await spy.endAsync();
    expect(node.driver.send(Buffer.from('another secret'))).toBe(true);
    const again = await trial.connected({ clean: false });
    again.on('message', (_, payload) => heard.push(String(payload)));
    trial.connection.publish(own('down'), Buffer.from('for itself'));
    await until(() => heard).toContain('for itself');
    expect(heard).toEqual(['for itself']);
  },
);

it('[DSP-07] the last will of a device speaks for itself alone, and one of an earlier boot marks nobody lost', async () => {
  const trial = await openTrial();
  const [first, second] = [await trial.follow('7'), await trial.follow('8')];
  const other = await trial.connected({}, '8');
  other.publish(others('state'), presenceText('present', 'b1'), { qos: 1, retain: true });
  const liar = await trial.connected({ will: { topic: others('state'), payload: Buffer.from('lost b1'), qos: 1, retain: true } });
  liar.stream.destroy();
  await until(() => trial.count()['foreign-topic']).toBe(1);
  const willOf = (boot: string) => ({
    topic: own('state'),
    payload: Buffer.from(presenceText('lost', boot)),
    qos: 1 as const,
    retain: true,
  });
  await trial.connected({ will: willOf('b1') });
  // The broker tells the will of the first when the second takes its place, and the second is there by then or soon after.
  const newer = await trial.connected({ will: willOf('b2') });
  await newer.publishAsync(own('state'), presenceText('present', 'b2'), { qos: 1, retain: true });
  await newer.publishAsync(own('state'), presenceText('lost', 'b1'), { qos: 1, retain: true });
  await newer.publishAsync(own('up'), 'still here', { qos: 1 });
  await until(() => first.heard).toEqual(['still here']);
  expect(first.presences).toEqual(['present']);
  newer.stream.destroy();
  await until(() => first.presences).toEqual(['present', 'lost']);
  expect(second.presences).toEqual(['present']);
});

it('[DSP-07] a device that was given away is out with its next word, and gets none', async () => {
  const trial = await openTrial();
  const node = await trial.follow('7');
  const client = await trial.connected();
  const heard: string[] = [];
  client.on('message', (_, payload) => heard.push(String(payload)));
  await client.subscribeAsync(own('down'), { qos: 1 });
  await client.publishAsync(own('state'), presenceText('present', 'b1'), { qos: 1, retain: true });
  await until(() => node.presences).toEqual(['present']);
  trial.devices.delete('7');
  node.driver.send(Buffer.from('pour'));
  client.publish(own('up'), 'outcome', { qos: 1 });
  await closed(client);
  expect(trial.count()['unknown-device']).toBeGreaterThan(0);
  expect([heard, node.heard]).toEqual([[], []]);
});

it('[DSP-07] what is no MQTT ends its connection and nothing else, whatever it is', async () => {
  const trial = await openTrial();
  const say = (bytes: Uint8Array) =>
    new Promise<void>((resolve) => {
      const socket = connectTcp(trial.broker.port, '127.0.0.1', () => socket.end(bytes));
      socket.on('error', () => undefined).on('close', () => resolve());
      socket.resume();
    });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 4 }), (chunks) => say(Buffer.concat(chunks))),
    { numRuns: 150 },
  );
  await say(Buffer.from('GET / HTTP/1.1\r\nhost: kasir.local\r\n\r\n'));
  await until(() => trial.count()['not-mqtt'] + trial.count().oversize).toBeGreaterThan(0);
  await trial.expectOthersGoOn();
});

it('[DSP-07] takes no more connections than it has room for, and has room again when they go', async () => {
  const trial = await openTrial({ connectionsMax: 2 });
  const idle = [0, 1].map(() => connectTcp(trial.broker.port, '127.0.0.1'));
  await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  const refused = connectTcp(trial.broker.port, '127.0.0.1');
  await new Promise((resolve) => refused.once('close', resolve));
  expect(trial.count()['too-many-connections']).toBe(1);
  for (const socket of idle) socket.destroy();
  await until(async () => {
    const client = trial.connect();
    await new Promise<void>((resolve) => client.once('connect', () => resolve()).once('close', () => resolve()));
    return client.connected;
  }).toBe(true);
});

it('[DSP-07] a packet is refused by what it says of its length, before its bytes are there; so is the one after a flood', () => {
  const clock = trialClock(0);
  const head = (length: number) => {
    const bytes = [0x30];
    for (let left = length; ; left = Math.floor(left / 128)) {
      bytes.push(left < 128 ? left : (left % 128) | 0x80);
      if (left < 128) return Uint8Array.from(bytes);
    }
  };
  expect(packetGate(0).take(head(12_288), 0)).toBeNull();
  expect(packetGate(0).take(head(12_289), 0)).toBe('oversize');
  expect(packetGate(0).take(Uint8Array.of(0x30, 0x80, 0x80, 0x80, 0x80), 0)).toBe('not-mqtt');
  const gate = packetGate(clock.now(), { perSecond: 100, atOnce: 400 });
  const ping = Uint8Array.of(0xc0, 0);
  const pings = (count: number) => Buffer.concat(Array.from({ length: count }, () => ping));
  expect(gate.take(pings(400), clock.now())).toBeNull();
  clock.pass(1_000);
  expect(gate.take(pings(100), clock.now())).toBeNull();
  expect(gate.take(ping, clock.now())).toBe('flood');
});

it('[DSP-07] a gate counts the same packets however they are cut into pieces', () => {
  const packet = fc.integer({ min: 0, max: 300 }).map((length) => {
    const rest = new Uint8Array(length).fill(0x80);
    return length < 128 ? [0x30, length, ...rest] : [0x30, (length % 128) | 0x80, length >> 7, ...rest];
  });
  fc.assert(
    fc.property(fc.array(packet, { minLength: 390, maxLength: 410 }), fc.integer({ min: 1, max: 97 }), (packets, size) => {
      const gate = packetGate(0, { perSecond: 100, atOnce: 400 });
      const stream = Uint8Array.from(packets.flat());
      let verdict: RefusalReason | null = null;
      for (let at = 0; at < stream.length && verdict === null; at += size) verdict = gate.take(stream.subarray(at, at + size), 0);
      expect(verdict).toBe(packets.length > 400 ? 'flood' : null);
    }),
    { numRuns: 40 },
  );
});
