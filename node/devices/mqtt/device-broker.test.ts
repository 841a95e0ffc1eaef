// A node's broker as its settings put it: nothing of it before a device asks, TLS by the certificate of its LAN, tried again where a port is taken.
import { createServer } from 'node:net';
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { brokerPassword, presenceText, topicOf } from '#schema/wire/device-topics';
import { systemClock } from '../../base/clock.ts';
import { openLog } from '../../base/log.ts';
import { startTestNode, type TestNode, type TestNodeOptions } from '../../test-node.ts';
import type { Presence } from '../driver.ts';
import { openDeviceBroker } from './device-broker.ts';
import { openMqtt } from './driver.ts';

const device = { family: 'sd' as const, store: 'warung-sari', name: '7' };
const rootKey = new Uint8Array(32).fill(0x5a);
const soon = { timeout: 20_000, interval: 5 };

/** A node whose dispenser has a key and no driver that was started for it. */
async function openNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const node = await startTestNode(options);
  onTestFinished(() => node.remove());
  const { dispensers } = node.store;
  dispensers.pair(dispensers.byNumber(7)?.id ?? '', 'mqtt', rootKey, 0);
  return node;
}

async function follow({ store }: TestNode): Promise<Presence[]> {
  const presences: Presence[] = [];
  const driver = openMqtt({ connection: store.broker.connection, device, refused: store.refusals.count });
  await driver.start({ message: () => {}, presence: (presence) => presences.push(presence) });
  await expect.poll(() => store.broker.connection.isUp(), soon).toBe(true);
  return presences;
}

function connect(url: string, more: object = {}) {
  const credentials = { clientId: '7', username: '7', password: brokerPassword(rootKey) };
  const client = mqtt.connect(url, { ...credentials, reconnectPeriod: 0, protocolVersion: 4, ...more });
  client.on('error', () => undefined);
  onTestFinished(() => void client.end(true));
  client.publish(topicOf(device, 'state'), presenceText('present', 'b1'), { qos: 1, retain: true });
  return client;
}

it('[DSP-07] no broker, and no port, before a device asks for it; then the devices of the store are let in by their keys', async () => {
  const node = await openNode();
  expect(node.store.broker.ports()).toBeNull();
  const presences = await follow(node);
  const ports = node.store.broker.ports();
  expect(ports?.tls).toBeNull();
  const wrong = connect(`mqtt://127.0.0.1:${ports?.plain}`, { password: 'guessed' });
  await expect.poll(() => node.store.refusals.read()['wrong-password'], soon).toBe(1);
  expect([wrong.connected, presences]).toEqual([false, []]);
  connect(`mqtt://127.0.0.1:${ports?.plain}`);
  await expect.poll(() => presences, soon).toEqual(['present']);
  const metrics = await (await fetch(`${node.url}/metrics`)).text();
  expect(metrics).toContain('lapak_node_device_refused_total{reason="wrong-password"} 1');
  node.applyRows('devices', [{ operation: 'update', row: { id: node.store.dispensers.byNumber(7)?.id, archived: 1 } }]);
  connect(`mqtt://127.0.0.1:${ports?.plain}`);
  await expect.poll(() => node.store.refusals.read()['unknown-device'], soon).toBeGreaterThan(0);
});

it('[DSP-07] in a LAN by TLS alone, devices come by TLS alone, with the certificate that people let them trust', async () => {
  const lan = { names: [], tlsPort: 0, tlsOnly: true };
  const node = await openNode({ lan, host: '127.0.0.1', readHosts: () => ({ names: ['kasir'], addresses: ['192.168.7.20'] }) });
  const presences = await follow(node);
  const port = node.store.broker.ports()?.tls;
  const der = Buffer.from(await (await fetch(`${node.url}/trust/lapak-ca.crt`)).arrayBuffer()).toString('base64');
  const ca = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`;
  const distrustful = connect(`mqtts://localhost:${port}`);
  await new Promise<void>((resolve) => distrustful.once('close', () => resolve()));
  expect(presences).toEqual([]);
  connect(`mqtts://localhost:${port}`, { ca });
  await expect.poll(() => presences, soon).toEqual(['present']);
});

it('[DSP-07] a port that is taken is tried again until it is free, and the node lives', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const broker = openDeviceBroker({
    settings: { port, tlsPort: 0 },
    host: '127.0.0.1',
    lan: () => null,
    nodeId: 'n1',
    find: () => undefined,
    clock: systemClock,
    log: openLog('silent'),
    refused: () => {},
  });
  onTestFinished(() => broker.stop());
  broker.connection.follow({ topics: ['x'], message: () => {}, lost: () => {} });
  expect(broker.connection.publish('x', new Uint8Array())).toBe(false);
  await new Promise((resolve) => other.close(resolve));
  await expect.poll(() => broker.connection.isUp(), soon).toBe(true);
});
