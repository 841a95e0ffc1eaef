// The contract of drivers over a real serial line of this machine, and over a broker that is not ours.
import { expect, it, onTestFinished } from 'vitest';
import { startMosquitto } from '#scripts/dispenser-trial/mosquitto';
import { trialDispenser, trialNode } from '#scripts/dispenser-trial/node';
import { playTrial } from '#scripts/dispenser-trial/played';
import { openPty } from '#scripts/dispenser-trial/pty';
import { hasPrograms } from '#scripts/dispenser-trial/toolchain';
import { serialCableAt } from '#scripts/sandbox/dispenser/at-path';
import { mqttCable } from '#scripts/sandbox/dispenser/by-mqtt';
import { randomBytes, systemClock } from '../base/clock.ts';
import type { Presence } from './driver.ts';
import { type DriverTrial, driverSuite } from './driver-suite.ts';
import { openConnection } from './mqtt/connection.ts';
import { openMqtt } from './mqtt/driver.ts';
import { openSerial } from './serial/driver.ts';

const parts = { clock: systemClock, random: randomBytes };
const refused = () => {};
const until = (what: string, isSo: () => boolean) =>
  expect.poll(isSo, { timeout: 25_000, interval: 5, message: what }).toBe(true);

async function overPty() {
  const pty = await openPty();
  const [nodeEnd, dispenserEnd] = pty.ends;
  const driver = openSerial({ ...parts, path: nodeEnd, refused });
  const played = await playTrial({
    ...parts,
    connect: (more) => serialCableAt({ ...more, path: dispenserEnd, baudRate: 115_200 }),
  });
  const trial: DriverTrial = {
    driver,
    machine: played.machine,
    setPlugged: played.setPlugged,
    clock: systemClock,
    until,
    async stop() {
      await driver.stop();
      await played.stop();
      await pty.remove();
    },
  };
  return { ...trial, pty };
}

async function overMosquitto() {
  const { rootKey, dispenserNumber } = trialDispenser;
  const device = { family: 'sd' as const, store: 'warung-sari', name: String(dispenserNumber) };
  const broker = await startMosquitto([{ ...device, rootKey }]);
  const connection = openConnection({ ...parts, reach: async () => broker.nodeUrl, clientId: 'node', onFault: () => {} });
  const driver = openMqtt({ connection, device, refused });
  const played = await playTrial({ ...parts, connect: (more) => mqttCable({ ...more, url: broker.url, device, rootKey }) });
  const trial: DriverTrial = {
    driver,
    machine: played.machine,
    setPlugged: played.setPlugged,
    clock: systemClock,
    until,
    async stop() {
      await driver.stop();
      await played.stop();
      await connection.stop();
      await broker.remove();
    },
  };
  return { ...trial, broker, connection };
}

const hasSocat = hasPrograms('a serial line over a pty', ['socat']);
const hasMosquitto = hasPrograms('a broker of its own', ['mosquitto', 'mosquitto_passwd']);

driverSuite('a serial line over a pty', overPty, { isThere: hasSocat });
driverSuite('Mosquitto', overMosquitto, { isThere: hasMosquitto });

it.skipIf(!hasSocat)('[DSP-06] a cable that is pulled out of the machine is found again when it is back', async () => {
  const trial = await overPty();
  onTestFinished(trial.stop);
  const presences: Presence[] = [];
  const node = trialNode({ clock: systemClock, send: (bytes) => void trial.driver.send(bytes) });
  await trial.driver.start({ message: node.receive, presence: (presence) => presences.push(presence) });
  await until('a greeting', () => node.of('hello').length > 0);
  await trial.pty.pull();
  await until('the loss', () => presences.at(-1) === 'lost');
  const before = node.of('hello').length;
  await trial.pty.plug();
  await until('another greeting', () => node.of('hello').length > before);
  expect(presences).toEqual(['present', 'lost', 'present']);
});

it.skipIf(!hasMosquitto)('[DSP-07] a broker that is killed and comes back has its devices again', async () => {
  const trial = await overMosquitto();
  onTestFinished(trial.stop);
  const presences: Presence[] = [];
  const node = trialNode({ clock: systemClock, send: (bytes) => void trial.driver.send(bytes) });
  await trial.driver.start({ message: node.receive, presence: (presence) => presences.push(presence) });
  await until('a greeting', () => node.of('hello').length > 0);
  await trial.broker.kill();
  await until('the loss', () => presences.at(-1) === 'lost');
  const before = node.of('hello').length;
  await trial.broker.start();
  await until('another greeting', () => node.of('hello').length > before);
  expect(presences).toEqual(['present', 'lost', 'present']);
});
