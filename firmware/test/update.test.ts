// What a node may change in a dispenser. A new firmware: whole, signed, started only when nothing is poured, and kept only once its node has
// spoken to it. Settings, by version. And a turn of a motor without a voucher.
import { createHash } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Boot, bootCore } from '#node/devices/virtual/boot';
import type { images } from '#node/devices/virtual/core';
import { blankImage, norFlash, PowerCut } from '#node/devices/virtual/nor-flash';
import { type MessageOf, updatePieceSize } from '#schema/wire/dispenser';
import { type TrialClock, trialClock } from '#scripts/dispenser-trial/clock';
import { type TrialNode, trialCode, trialDispenser, trialNode } from '#scripts/dispenser-trial/node';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';

const settings = {
  slots: 1,
  vendsAlone: 'no',
  askWaitMs: 1500,
  armMs: 50,
  motorMaxMs: 2000,
  dropWaitMs: 300,
  lateDropMs: 200,
} as const;
const firmware = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7) & 0xff);
const digestOf = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

let module: WebAssembly.Module;
let device: ReturnType<typeof start>;

beforeAll(async () => {
  module = await trialModule();
}, compileTimeoutMs);
afterEach(() => device.boot.off());

interface Board {
  onTrial?: boolean;
  signature?: keyof typeof images;
  writes?: boolean;
  /** The place for a second firmware, which outlives the board's power. */
  slot?: Uint8Array;
  /** The power goes within the write at this offset. */
  cutAt?: number;
  flash?: Uint8Array;
  speaks?: boolean;
  keeps?: boolean;
}

/** One boot of a core that takes updates, and what its board was told to do. */
function start({
  onTrial = false,
  signature = 'accepted',
  writes = true,
  slot = new Uint8Array(4096),
  cutAt,
  flash = blankImage(2),
  speaks = true,
  keeps = true,
}: Board = {}) {
  const clock: TrialClock = trialClock(Date.UTC(2026, 0, 5, 9));
  const done: string[] = [];
  let checks = 0;
  let boot: Boot;
  const node: TrialNode = trialNode({
    clock,
    send: (bytes) => boot.enter((core, nowMs) => core.onRx(bytes, nowMs)),
    tellsTime: speaks,
  });
  boot = bootCore({
    module,
    start: {
      identity: { dispenser: 7, firmware: 1, keyEpoch: 0, bootId: new Uint8Array(8), rootKey: trialDispenser.rootKey },
      settings,
    },
    clock,
    host: {
      motor: (_, on) => done.push(on ? 'motor on' : 'motor off'),
      beam: () => {},
      beamBlocked: () => false,
      show: () => {},
      flash: norFlash(flash),
      keepSettings(version, bytes) {
        if (keeps) done.push(`keep ${version}: ${Buffer.from(bytes).toString('hex')}`);
        return keeps;
      },
      update: {
        begin: (size) => size <= slot.length,
        write(offset, bytes) {
          slot.set(offset === cutAt ? bytes.subarray(0, 10) : bytes, offset);
          if (offset === cutAt) throw new PowerCut();
          return writes;
        },
        finish() {
          checks += 1;
          return signature;
        },
        restart: () => done.push('restart'),
        onTrial: () => onTrial,
        confirm: () => done.push('confirm'),
        rollBack: () => done.push('roll back'),
      },
    },
    message: node.receive,
    cut: () => boot.off(),
  });
  boot.enter((core, nowMs) => core.onLink(true, nowMs));
  clock.pass(10);
  const atStart = done.splice(0);
  const steps = () => node.of('updateStatus').map(({ step, received }) => `${step} ${received}`);
  const piece = (offset: number, from: Uint8Array = firmware) => {
    const bytes = new Uint8Array(updatePieceSize).fill(0xee);
    bytes.set(from.subarray(offset, offset + updatePieceSize));
    node.say({ kind: 'updateData', offset, bytes });
    clock.pass(1);
  };
  const begin = (size = firmware.length, digest = digestOf(firmware)) => {
    node.command<'updateBegin'>({ kind: 'updateBegin', firmware: 2, size, digest });
    clock.pass(1);
  };
  const end = () => {
    node.command<'updateEnd'>({ kind: 'updateEnd', firmware: 2 });
    clock.pass(1);
  };
  const all = (from?: Uint8Array) => {
    begin();
    for (let offset = 0; offset < firmware.length; offset += updatePieceSize) piece(offset, from);
    end();
  };
  return { boot, atStart, node, clock, done, slot, checks: () => checks, steps, piece, begin, end, all };
}

describe('an update', () => {
  it('[DSP-10] is taken piece by piece, and starts when its node says so', () => {
    device = start();
    expect(device.node.of('hello')[0]?.capabilities).toBe(2);
    device.all();
    expect(device.steps()).toEqual([0, 192, 384, 576, 768, 960, 1000].map((at) => `receiving ${at}`).concat('ready 1000'));
    expect(device.slot.subarray(0, 1000)).toEqual(firmware);
    expect(device.done).toEqual([]);
    device.node.command<'restart'>({ kind: 'restart' });
    device.clock.pass(1);
    expect(device.done).toEqual(['restart']);
  });

  it('[DSP-10] goes on after a loss from the byte that the device names, and begins anew when told to', () => {
    device = start();
    device.begin();
    device.piece(0);
    device.piece(384);
    device.piece(0);
    expect(device.steps().slice(-3)).toEqual(['receiving 192', 'receiving 192', 'receiving 192']);
    device.all();
    expect(device.steps().at(-1)).toBe('ready 1000');
  });

  it.each([
    ['cut short', 'bad-size 192', () => [device.begin(), device.piece(0), device.end()]],
    ['too large for its place', 'bad-size 0', () => device.begin(5000)],
    ['empty', 'bad-size 0', () => device.begin(0)],
    ['changed on its way', 'bad-digest 1000', () => device.all(firmware.map((byte, at) => (at === 999 ? byte ^ 1 : byte)))],
  ])('[DSP-10] that is %s is refused: %s', (_, refusal, send) => {
    device = start();
    send();
    expect(device.steps().at(-1)).toBe(refusal);
    device.end();
    device.piece(192);
    expect(device.steps().at(-1)).toBe(refusal);
  });

  it.each([
    ['unsigned', 'bad-signature 1000'],
    ['unreadable', 'flash-error 1000'],
  ] as const)('[DSP-10] that the board finds %s is refused: %s', (signature, refusal) => {
    device = start({ signature });
    device.all();
    expect(device.steps().at(-1)).toBe(refusal);
  });

  it('[DSP-10] ends where the flash fails', () => {
    device = start({ writes: false });
    device.all();
    expect(device.steps()).toEqual(['receiving 0', 'flash-error 0']);
  });

  it('[DSP-10] that a power cut ends within a piece never starts; the firmware before goes on, and takes it from its first byte', () => {
    device = start({ cutAt: 576 });
    device.all();
    expect(device.steps()).toEqual(['receiving 0', 'receiving 192', 'receiving 384', 'receiving 576']);
    expect(device.checks()).toBe(0);
    device = start({ slot: device.slot });
    expect(device.node.of('hello')[0]?.firmware).toBe(1);
    for (let offset = 576; offset < firmware.length; offset += updatePieceSize) device.piece(offset);
    device.end();
    expect([device.steps(), device.checks()]).toEqual([[], 0]);
    device.all();
    expect(device.steps().at(-1)).toBe('ready 1000');
    expect(device.slot.subarray(0, 1000)).toEqual(firmware);
  });

  it('[DSP-10] needs the seal of its node to begin, to end and to restart', () => {
    device = start();
    const seal = { counter: 99, mac: new Uint8Array(8) };
    device.node.say({ kind: 'updateBegin', firmware: 2, size: 1000, digest: digestOf(firmware), ...seal });
    device.node.say({ kind: 'restart', ...seal });
    device.piece(0);
    device.clock.pass(10);
    expect(device.steps()).toEqual([]);
    expect(device.done).toEqual([]);
  });

  it('[DSP-10] waits while something is poured, and restarts only afterwards', () => {
    device = start();
    device.begin();
    device.boot.enter((core, nowMs) => core.onScan(trialCode({ serial: 1, expiresAtMs: device.clock.now() + 60_000 }), nowMs));
    device.clock.pass(100);
    expect(device.done).toEqual(['motor on']);
    device.piece(0);
    device.begin();
    device.end();
    expect(device.steps().slice(1)).toEqual(['busy 0', 'busy 0', 'busy 0']);
    device.node.command<'restart'>({ kind: 'restart' });
    device.clock.pass(10);
    expect(device.done).toEqual(['motor on']);
    device.boot.enter((core, nowMs) => core.onSensor({ sensor: 'drop', slot: 0, active: true }, nowMs));
    device.boot.enter((core, nowMs) => core.onSensor({ sensor: 'home', slot: 0, active: true }, nowMs));
    device.clock.pass(100);
    expect(device.done).toEqual(['motor on', 'motor off']);
    device.clock.pass(200);
    expect(device.done).toEqual(['motor on', 'motor off', 'restart']);
  });

  it('[DSP-10] that is new is kept once a sealed word of its node came, and not before', () => {
    device = start({ onTrial: true, speaks: false });
    device.clock.pass(60_000);
    expect(device.done).toEqual([]);
    expect(device.steps()).toContain('on-trial 0');
    device.begin();
    expect(device.done).toEqual(['confirm']);
    expect(device.steps().at(-1)).toBe('confirmed 0');
    device.clock.pass(600_000);
    expect(device.done).toEqual(['confirm']);
  });

  it('[DSP-10] that does not reach its node in five minutes gives way to the one before', () => {
    device = start({ onTrial: true, speaks: false });
    device.clock.pass(299_000);
    expect(device.done).toEqual([]);
    device.clock.pass(2000);
    expect(device.done[0]).toBe('roll back');
  });

  it('[DSP-10] that cannot read its journal gives way at once', () => {
    device = start({ onTrial: true, flash: blankImage(2).fill(0), speaks: false });
    expect(device.atStart).toContain('roll back');
    expect(device.node.of('state').at(-1)?.phase).toBe('out-of-service');
  });
});

describe('a dispenser’s settings', () => {
  const version = () => device.node.of('configReport').at(-1)?.version;
  const configure = (number: number, more: Partial<MessageOf<'config'>> = {}) => {
    device.node.command<'config'>({ kind: 'config', version: number, ...settings, dropWaitMs: 900, ...more });
    device.clock.pass(1);
  };

  it('[IOT-04] are told with their version at each link-up, kept before they hold, and are what the node said last', () => {
    device = start();
    expect(device.node.of('configReport')).toMatchObject([{ version: 0, dropWaitMs: 300 }]);
    configure(5);
    expect(device.node.of('configReport').at(-1)).toMatchObject({ version: 5, dropWaitMs: 900 });
    expect(device.done).toEqual(['keep 5: 010005dc003207d0038400c8']);
    configure(5, { dropWaitMs: 100 });
    expect(device.node.of('configReport').at(-1)).toMatchObject({ version: 5, dropWaitMs: 900 });
    configure(4, { dropWaitMs: 100 });
    expect(device.node.of('configReport').at(-1)).toMatchObject({ version: 4, dropWaitMs: 100 });
  });

  it.each([
    ['more slots than there are', { slots: 2 }],
    ['no slot', { slots: 0 }],
    ['a motor that would turn for a minute', { motorMaxMs: 60_000 }],
    ['a motor that would not turn', { motorMaxMs: 0 }],
    ['a customer who would wait for ever', { askWaitMs: 60_000 }],
  ])('[IOT-04] with %s are refused: the ones before hold', (_, wrong) => {
    device = start();
    configure(5, wrong);
    expect(version()).toBe(0);
    expect(device.done).toEqual([]);
  });

  it('[IOT-04] that cannot be kept do not hold, nor do those that come during a pour or without a seal', () => {
    device = start({ keeps: false });
    configure(5);
    expect(version()).toBe(0);
    device.boot.off();
    device = start();
    device.node.say({ kind: 'config', version: 5, ...settings, counter: 99, mac: new Uint8Array(8) });
    device.boot.enter((core, nowMs) => core.onScan(trialCode({ serial: 1, expiresAtMs: device.clock.now() + 60_000 }), nowMs));
    device.clock.pass(100);
    configure(5);
    expect(version()).toBe(0);
  });
});

describe('a motor’s test', () => {
  const test = (slot = 0) => {
    device.node.command<'testMotor'>({ kind: 'testMotor', slot });
    device.clock.pass(1);
  };
  const sense = (sensor: 'drop' | 'home') =>
    device.boot.enter((core, nowMs) => core.onSensor({ sensor, slot: 0, active: true }, nowMs));
  const results = () => device.node.of('motorTested').map(({ result, drops, motorMs }) => `${result} ${drops} ${motorMs}`);

  it('[DSP-11] is one turn, tells what fell and how long it took, and leaves no trace in the journal', () => {
    device = start();
    device.node.say({ kind: 'getState' });
    device.clock.pass(10);
    const before = device.node.of('hello').at(-1)?.journalSeq;
    test();
    expect(device.node.of('state').at(-1)).toMatchObject({ phase: 'busy', serial: 0 });
    device.clock.pass(400);
    sense('drop');
    device.clock.pass(100);
    sense('home');
    device.clock.pass(1000);
    expect(results()).toEqual(['turned 1 501']);
    expect(device.done).toEqual(['motor on', 'motor off']);
    device.node.say({ kind: 'getState' });
    device.clock.pass(10);
    expect(device.node.of('hello').at(-1)).toMatchObject({ journalSeq: before, pending: 0 });
  });

  it('[DSP-11] ends where the motor never comes home, and is not repeated', () => {
    device = start();
    test();
    device.clock.pass(5000);
    expect(results()).toEqual(['jammed 0 2000']);
    expect(device.done).toEqual(['motor on', 'motor off']);
    expect(device.node.of('state').at(-1)).toMatchObject({ phase: 'idle', jammed: 0 });
  });

  it('[DSP-11] is refused during a pour and for a slot that is not there; a scan during a test is', () => {
    device = start();
    test(3);
    device.boot.enter((core, nowMs) => core.onScan(trialCode({ serial: 1, expiresAtMs: device.clock.now() + 60_000 }), nowMs));
    device.clock.pass(10);
    test();
    expect(device.node.of('motorTested').map(({ result }) => result)).toEqual(['unknown-slot', 'busy']);
    device.clock.pass(10_000);
    test();
    device.boot.enter((core, nowMs) => core.onScan(trialCode({ serial: 2, expiresAtMs: device.clock.now() + 60_000 }), nowMs));
    device.clock.pass(10);
    expect(device.node.of('scan').at(-1)?.refusal).toBe('busy');
  });

  it('[DSP-07] turns nothing without the seal of its node', () => {
    device = start();
    device.node.say({ kind: 'testMotor', slot: 0, counter: 99, mac: new Uint8Array(8) });
    device.clock.pass(100);
    expect(device.done).toEqual([]);
  });
});
