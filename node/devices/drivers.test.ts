// The contract of drivers over every link that needs nothing but this process: the virtual dispenser, a serial line in memory, the broker
// inside the node.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { trialClock } from '#scripts/dispenser-trial/clock';
import { trialDispenser } from '#scripts/dispenser-trial/node';
import { playTrial } from '#scripts/dispenser-trial/played';
import { trialStartMs } from '#scripts/dispenser-trial/store';
import { trialModule } from '#scripts/dispenser-trial/wasm';
import { mqttCable } from '#scripts/sandbox/dispenser/by-mqtt';
import { type SerialCable, serialCable } from '#scripts/sandbox/dispenser/by-serial';
import { randomBytes, systemClock } from '../base/clock.ts';
import { type DriverTrial, driverSuite } from './driver-suite.ts';
import type { LinkEvents } from './link.ts';
import { openBroker } from './mqtt/broker.ts';
import { openConnection } from './mqtt/connection.ts';
import { openMqtt } from './mqtt/driver.ts';
import { openSerial } from './serial/driver.ts';
import type { OpenSerialLine } from './serial/port.ts';
import { createVirtualDispenser } from './virtual/dispenser.ts';

/** Time that stands still until somebody waits; a turn of the loop between, for what is promised. */
function trialTime() {
  const clock = trialClock(trialStartMs);
  return {
    clock,
    async until(what: string, isSo: () => boolean) {
      for (let step = 0; step < 4_000 && !isSo(); step++) {
        clock.pass(10);
        await new Promise((turn) => setImmediate(turn));
      }
      expect(isSo(), what).toBe(true);
    },
  };
}

let boots = 0;
const nextBoot = (length: number) => new Uint8Array(length).fill(++boots);

driverSuite(
  'the virtual dispenser',
  async (): Promise<DriverTrial> => {
    const time = trialTime();
    const folder = mkdtempSync(join(tmpdir(), 'lapak-driver-'));
    const machine = createVirtualDispenser({
      wasm: await trialModule(),
      ...trialDispenser,
      flashFile: join(folder, 'flash'),
      clock: time.clock,
      random: nextBoot,
      motorMs: 1000,
    });
    return {
      ...time,
      driver: machine,
      machine,
      setPlugged: (plugged) => machine.setLink(plugged),
      async stop() {
        await machine.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
  { isMachine: true },
);

driverSuite('a serial line', async (): Promise<DriverTrial> => {
  const time = trialTime();
  const { clock } = time;
  let cable: SerialCable | undefined;
  let events: LinkEvents | undefined;
  const played = await playTrial({
    clock,
    random: nextBoot,
    connect(parts) {
      cable = serialCable({ ...parts, baudRate: 115_200, wire: { write: (bytes) => events?.bytes(bytes) } });
      return cable;
    },
  });
  const openLine: OpenSerialLine = async (_, heard) => {
    events = heard;
    return {
      isOpen: () => true,
      write: async (bytes) => cable?.hear(bytes),
      drain: async () => {},
      close: () => {
        events = undefined;
      },
    };
  };
  const driver = openSerial({ path: 'in memory', clock, random: nextBoot, refused: () => {}, openLine });
  return {
    ...time,
    driver,
    machine: played.machine,
    setPlugged: played.setPlugged,
    async stop() {
      await driver.stop();
      await played.stop();
    },
  };
});

driverSuite('the broker inside the node', async (): Promise<DriverTrial> => {
  const { rootKey, dispenserNumber } = trialDispenser;
  const device = { family: 'sd' as const, store: 'warung-sari', name: String(dispenserNumber) };
  const parts = { clock: systemClock, random: randomBytes };
  const onFault = (error: unknown) => expect.fail(String(error));
  const find = (name: string) => (name === device.name ? { ...device, rootKey } : undefined);
  const broker = await openBroker({ ...parts, host: '127.0.0.1', port: 0, find, refused: () => {}, onFault });
  const connection = openConnection({ ...parts, reach: async () => broker, clientId: 'node', onFault });
  const driver = openMqtt({ connection, device, refused: () => {} });
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const played = await playTrial({ ...parts, connect: (more) => mqttCable({ ...more, url, device, rootKey }) });
  return {
    driver,
    machine: played.machine,
    setPlugged: played.setPlugged,
    clock: systemClock,
    until: (what, isSo) => expect.poll(isSo, { timeout: 20_000, interval: 5, message: what }).toBe(true),
    async stop() {
      await driver.stop();
      await played.stop();
      await connection.stop();
    },
  };
});
