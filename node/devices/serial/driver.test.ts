// The serial driver on lines that fail: nobody there, pulled out, full, noisy. On a clock that stands still.
import { expect, it, onTestFinished } from 'vitest';
import { encodeMessage } from '#schema/wire/dispenser';
import { writeFrame } from '#schema/wire/dispenser-frame';
import { type TrialClock, trialClock } from '#scripts/dispenser-trial/clock';
import { trialCode, trialNode } from '#scripts/dispenser-trial/node';
import { seeded } from '#scripts/dispenser-trial/noisy-line';
import { playTrial } from '#scripts/dispenser-trial/played';
import { trialStartMs } from '#scripts/dispenser-trial/store';
import { compileTimeoutMs } from '#scripts/dispenser-trial/wasm';
import { type SerialCable, serialCable } from '#scripts/sandbox/dispenser/by-serial';
import type { Presence } from '../driver.ts';
import type { LinkEvents } from '../link.ts';
import { openRefusals } from '../refusals.ts';
import { openSerial } from './driver.ts';
import type { SerialLine } from './port.ts';

const promised = () => new Promise((turn) => setImmediate(turn));

/** In steps that no retry of the driver is shorter than. */
async function pass(clock: TrialClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 50) {
    clock.pass(50);
    await promised();
  }
}

interface Opening {
  atMs: number;
  events: LinkEvents;
  written: Uint8Array[];
  done: string[];
}

/** A driver whose lines are the test's: each opening is one, or fails. */
function openTrial(line: (opening: Opening) => Partial<SerialLine> | undefined) {
  const clock = trialClock(trialStartMs);
  const openings: Opening[] = [];
  const presences: Presence[] = [];
  let boots = 0;
  const driver = openSerial({
    path: '/dev/ttyUSB0',
    clock,
    random: (length) => new Uint8Array(length).fill(++boots),
    refused: () => {},
    async openLine(_, events) {
      const opening: Opening = { atMs: clock.now() - trialStartMs, events, written: [], done: [] };
      openings.push(opening);
      const opened = line(opening);
      if (!opened) throw new Error('nobody is there');
      return {
        isOpen: () => true,
        write: async (bytes) => void opening.written.push(bytes),
        drain: async () => void opening.done.push('drained'),
        close: () => void opening.done.push('closed'),
        ...opened,
      };
    },
  });
  const start = () => driver.start({ message: () => {}, presence: (presence) => presences.push(presence) });
  return { clock, openings, presences, driver, start };
}

it('[DSP-06] a line where nobody is is tried again, ever less often, at last every quarter of a minute', async () => {
  const { clock, openings, driver, start } = openTrial(() => undefined);
  await start();
  await pass(clock, 62_000);
  const times = openings.map(({ atMs }) => Math.round(atMs / 500) / 2);
  expect(times).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 30.5, 45.5, 60.5]);
  await driver.stop();
  await pass(clock, 60_000);
  expect(openings.length).toBe(times.length);
});

it('[DSP-06] a pulled cable is opened again; what a line says after that is not heard', async () => {
  const { clock, openings, driver, start } = openTrial(() => ({}));
  await start();
  await pass(clock, 1_000);
  openings[0]?.events.closed();
  await pass(clock, 1_000);
  expect(openings.length).toBe(2);
  openings[0]?.events.closed();
  openings[0]?.events.bytes(Uint8Array.of(0, 1, 2, 0));
  await pass(clock, 20_000);
  expect(openings.length).toBe(2);
  await driver.stop();
});

it('[DSP-06] stopped, it lets the last bytes leave and then closes, also a line that was only being opened', async () => {
  const first = openTrial(() => ({}));
  await first.start();
  await pass(first.clock, 100);
  await first.driver.stop();
  expect(first.openings[0]?.done).toEqual(['drained', 'closed']);
  const second = openTrial(() => ({}));
  void second.start();
  await second.driver.stop();
  await promised();
  expect(second.openings[0]?.done).toEqual(['closed']);
  const stuck = openTrial(() => ({ drain: () => new Promise(() => {}) }));
  await stuck.start();
  await pass(stuck.clock, 100);
  const stopping = stuck.driver.stop();
  await pass(stuck.clock, 1_100);
  await stopping;
  expect(stuck.openings[0]?.done).toEqual(['closed']);
});

it('[DSP-06] what a line does not take does not pile up', async () => {
  let waiting = 0;
  const { clock, driver, start } = openTrial(() => ({
    write() {
      waiting += 1;
      return new Promise(() => {});
    },
  }));
  await start();
  await pass(clock, 60_000);
  expect(waiting).toBeGreaterThan(0);
  expect(waiting).toBeLessThanOrEqual(8);
  await driver.stop();
});

/** A dispenser's core and the driver, with whatever the test puts between. */
async function openLine(seed: number) {
  const clock = trialClock(trialStartMs);
  const random = seeded(seed);
  const bytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const refusals = openRefusals();
  const presences: Presence[] = [];
  let cable: SerialCable | undefined;
  let events: LinkEvents | undefined;
  const played = await playTrial({
    clock,
    random: bytes,
    connect(parts) {
      cable = serialCable({ ...parts, baudRate: 115_200, wire: { write: (written) => events?.bytes(written) } });
      return cable;
    },
  });
  const driver = openSerial({
    path: 'in memory',
    clock,
    random: bytes,
    refused: refusals.count,
    async openLine(_, heard) {
      events = heard;
      return { isOpen: () => true, write: async (written) => cable?.hear(written), drain: async () => {}, close: () => {} };
    },
  });
  onTestFinished(async () => {
    await driver.stop();
    await played.stop();
  });
  const node = trialNode({ clock, send: (message) => void driver.send(message) });
  await driver.start({ message: node.receive, presence: (presence) => presences.push(presence) });
  await pass(clock, 1_000);
  expect(presences).toEqual(['present']);
  const inject = { toNode: (noise: Uint8Array) => events?.bytes(noise), toDispenser: (noise: Uint8Array) => cable?.hear(noise) };
  return { clock, played, node, presences, refusals, inject, random, bytes };
}

async function expectPour(trial: Awaited<ReturnType<typeof openLine>>, serial: number): Promise<void> {
  const { clock, played, node, presences } = trial;
  await pass(clock, 20_000);
  expect(presences.at(-1)).toBe('present');
  played.machine.scan(trialCode({ serial, expiresAtMs: clock.now() + 60_000 }));
  await pass(clock, 3_000);
  expect(node.of('outcome').map((outcome) => [outcome.serial, outcome.result])).toContainEqual([serial, 'ok']);
}

it('[DSP-06] megabytes of random bytes, both ways, pour nothing and are counted; then the link lives on', {
  timeout: compileTimeoutMs,
}, async () => {
  const trial = await openLine(1);
  const { clock, inject, bytes, played, node, refusals } = trial;
  const before = node.heard.length;
  for (let ms = 0; ms < 300_000; ms += 10) {
    // As many as the line carries.
    inject.toNode(bytes(115));
    inject.toDispenser(bytes(115));
    clock.pass(10);
    if (ms % 1_000 === 0) await promised();
  }
  expect(played.machine.motorTurns()).toBe(0);
  expect(refusals.read().noise).toBeGreaterThan(5_000);
  // What was said before is said again once it can be heard.
  expect(node.heard.slice(before).filter(({ kind }) => !['hello', 'state', 'configReport'].includes(kind))).toEqual([]);
  await expectPour(trial, 1);
});

it('[DSP-06] whole frames that nobody sealed, of any kind and in any opening, pour nothing', {
  timeout: compileTimeoutMs,
}, async () => {
  const trial = await openLine(2);
  const { clock, inject, bytes, random, played } = trial;
  played.machine.scan(trialCode({ serial: 3, expiresAtMs: clock.now() + 60_000 }));
  const sealed = { counter: 0xffff_ffff, mac: bytes(8) };
  const forged = [
    encodeMessage({ kind: 'authOk', scan: 1, serial: 3, ...sealed }),
    encodeMessage({ kind: 'authOk', scan: 1, serial: 4, ...sealed }),
    encodeMessage({ kind: 'testMotor', slot: 0, ...sealed }),
    encodeMessage({ kind: 'time', unix: 1, mayLower: 'yes', ...sealed }),
  ];
  for (let round = 0; round < 3_000; round++) {
    const message = forged[round % forged.length] ?? bytes(20);
    const frame = { flags: 3, type: message[1] ?? 0, epoch: Math.floor(random() * 3), seq: round & 0xffff, ack: 0 };
    inject.toDispenser(writeFrame({ ...frame, payload: message.subarray(2) }));
    clock.pass(1);
  }
  await pass(clock, 5_000);
  // The one that was scanned may have been poured, by its node's own word.
  expect(played.machine.motorTurns()).toBeLessThanOrEqual(1);
  const turns = played.machine.motorTurns();
  await expectPour(trial, 5);
  expect(played.machine.motorTurns()).toBe(turns + 1);
});
