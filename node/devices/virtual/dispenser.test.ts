// Pours through the real core: what a customer, a jammed motor, a silent node and a power cut come to.
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TrialStore, trialStartMs, trialStore } from '#scripts/dispenser-trial/store';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';

let store: TrialStore;

beforeAll(() => trialModule(), compileTimeoutMs);
afterEach(() => store.stop());

const outcomes = () => store.node.of('outcome').map(({ serial, result, reason }) => ({ serial, result, reason }));
const refusals = () => store.node.of('scan').flatMap(({ refusal }) => (refusal === 'none' ? [] : [refusal]));
const faults = () => store.node.of('fault').map(({ fault }) => fault);

describe('a virtual dispenser', () => {
  it('[DSP-08] greets its node, is told the time, asks, pours once and reports until acknowledged', async () => {
    store = await trialStore();
    store.pour(1);
    expect(store.node.heard.map(({ kind }) => kind)).toEqual([
      'hello',
      'configReport',
      'state',
      'state',
      'scan',
      'state',
      'vendStarted',
      'outcome',
      'state',
      'state',
    ]);
    expect(store.node.of('outcome')[0]).toMatchObject({
      serial: 1,
      result: 'ok',
      reason: 'drop-seen',
      attempts: 1,
      drops: 1,
      motorMs: 1000,
    });
    expect(store.dispenser.motorTurns()).toBe(1);
    expect(store.dispenser.display()).toEqual({ what: 'ready', code: 0 });
  });

  it('[DSP-03] refuses a voucher that was used, before and after a restart', async () => {
    store = await trialStore();
    const code = store.code(1);
    store.pour(1);
    store.dispenser.scan(code);
    store.clock.pass(10);
    store.restart();
    store.dispenser.scan(code);
    store.clock.pass(5000);
    expect(refusals()).toEqual(['used', 'used']);
    expect(store.dispenser.motorTurns()).toBe(1);
  });

  it('[DSP-02] refuses each wrong voucher for its own reason', async () => {
    store = await trialStore({ keyEpoch: 5 });
    const good = store.code(1, { keyEpoch: 5 });
    const wrong: [string, string][] = [
      ['not a voucher', 'malformed'],
      [`${good.slice(0, 20)}${good[20] === '7' ? '8' : '7'}${good.slice(21)}`, 'forged'],
      [store.code(1, { dispenserNumber: 8 }), 'other-dispenser'],
      [store.code(1, { keyEpoch: 3 }), 'unknown-epoch'],
      [store.code(1, { keyEpoch: 6 }), 'unknown-epoch'],
      [store.code(1, { keyEpoch: 5, expiresAtMs: store.clock.now() }), 'expired'],
      [store.code(1, { keyEpoch: 5, slot: 8 }), 'unknown-slot'],
    ];
    for (const [text] of wrong) {
      store.dispenser.scan(text);
      store.clock.pass(2000);
    }
    expect(refusals()).toEqual(wrong.map(([, refusal]) => refusal));
    store.pour(1, { keyEpoch: 4 });
    store.pour(2, { keyEpoch: 5 });
    expect(outcomes().map(({ result }) => result)).toEqual(['ok', 'ok']);
  });

  it('[DSP-02] does not pour when the node says no, and keeps the voucher unused', async () => {
    store = await trialStore({ node: { answerScan: 'no' } });
    store.pour(1);
    expect(store.dispenser.motorTurns()).toBe(0);
    store.node.options.answerScan = 'yes';
    store.pour(1);
    expect(outcomes()).toEqual([{ serial: 1, result: 'ok', reason: 'drop-seen' }]);
  });

  it('[DSP-04] pours alone while the node is unreachable, and reports later', async () => {
    store = await trialStore();
    store.dispenser.setLink(false);
    store.pour(1);
    expect(store.dispenser.motorTurns()).toBe(1);
    expect(outcomes()).toEqual([]);
    store.dispenser.setLink(true);
    store.clock.pass(1000);
    expect(outcomes()).toEqual([{ serial: 1, result: 'ok', reason: 'drop-seen' }]);
  });

  it('[DSP-04] pours alone after 1.5 s of silence, but not when the voucher asks for the node', async () => {
    store = await trialStore({ node: { answerScan: 'nothing' } });
    store.pour(1, { asksNode: true });
    expect(refusals()).toEqual(['no-answer']);
    store.dispenser.scan(store.code(2));
    store.clock.pass(1400);
    expect(store.dispenser.motorTurns()).toBe(0);
    store.clock.pass(5000);
    expect(store.node.of('vendStarted')).toMatchObject([{ serial: 2, authority: 'alone' }]);
  });

  it('[DSP-04] does not pour alone where that is not configured, nor without a clock', async () => {
    store = await trialStore({ node: { answerScan: 'nothing', tellsTime: false } });
    store.pour(1);
    expect(refusals()).toEqual(['clock-unknown']);
    await store.stop();
    store = await trialStore({ settings: { vendsAlone: 'no' }, node: { answerScan: 'nothing' } });
    store.pour(1);
    expect(refusals()).toEqual(['no-answer']);
  });

  it('[DSP-04] without a clock pours with the node’s word, and still knows what ended before its time floor', async () => {
    store = await trialStore();
    store.clock.pass(61_000);
    store.node.options.tellsTime = false;
    store.restart();
    store.pour(1);
    store.dispenser.scan(store.code(2, { expiresAtMs: trialStartMs - 1000 }));
    store.clock.pass(1000);
    expect(outcomes()).toEqual([{ serial: 1, result: 'ok', reason: 'drop-seen' }]);
    expect(refusals()).toEqual(['expired']);
  });

  it.each([
    ['jam', { jam: true }, 'jam', 'slot-jammed', 1],
    ['no drop', { noDrop: true }, 'no-drop', 'slot-empty', 2],
  ] as const)(
    '[DSP-09] on %s fails, closes the slot, and pours again after service',
    async (_, wrong, reason, refusal, turns) => {
      store = await trialStore();
      Object.assign(store.dispenser.switches, wrong);
      store.pour(1);
      store.pour(2);
      expect(outcomes()).toEqual([{ serial: 1, result: 'fail', reason }]);
      expect(faults()).toEqual([reason]);
      expect(refusals()).toEqual([refusal]);
      expect(store.dispenser.motorTurns()).toBe(turns);
      Object.assign(store.dispenser.switches, { jam: false, noDrop: false });
      store.dispenser.service(0);
      store.pour(2);
      expect(outcomes().at(-1)).toEqual({ serial: 2, result: 'ok', reason: 'drop-seen' });
    },
  );

  it('[DSP-09] tells of a second drop, of a late one, and of a beam that is blocked', async () => {
    store = await trialStore();
    store.dispenser.switches.doubleDrop = true;
    store.pour(1);
    expect(store.node.of('outcome').at(-1)).toMatchObject({ serial: 1, result: 'ok', reason: 'double-drop', drops: 2 });
    Object.assign(store.dispenser.switches, { doubleDrop: false, lateDropMs: 4500 });
    store.pour(2);
    expect(outcomes().at(-1)).toEqual({ serial: 2, result: 'fail', reason: 'no-drop' });
    expect(faults()).toEqual(['double-drop', 'no-drop', 'late-drop', 'late-drop']);
    Object.assign(store.dispenser.switches, { lateDropMs: 0, beamBlocked: true });
    store.dispenser.service(0);
    const turns = store.dispenser.motorTurns();
    store.pour(3);
    expect(outcomes().at(-1)).toEqual({ serial: 3, result: 'fail', reason: 'beam-blocked' });
    expect(store.dispenser.motorTurns()).toBe(turns);
  });

  it('[DSP-09] a drop that comes after the turn still counts', async () => {
    store = await trialStore();
    store.dispenser.switches.lateDropMs = 500;
    store.pour(1);
    expect(outcomes()).toEqual([{ serial: 1, result: 'ok', reason: 'drop-seen' }]);
    expect(store.dispenser.motorTurns()).toBe(1);
  });

  it('[DSP-02] is busy during a pour, and takes a code that is held before it for one scan', async () => {
    store = await trialStore();
    const code = store.code(1);
    for (let read = 0; read < 20; read++) {
      store.dispenser.scan(code);
      store.clock.pass(100);
    }
    store.dispenser.scan(store.code(2));
    store.clock.pass(10);
    expect(store.node.of('scan').map(({ refusal }) => refusal)).toEqual(['none', 'none']);
    store.clock.pass(200);
    store.dispenser.scan(store.code(3));
    store.clock.pass(5000);
    expect(refusals()).toEqual(['busy']);
  });

  it('[DSP-02] answers five scans, then one a second, however many it is shown', async () => {
    store = await trialStore();
    for (let read = 0; read < 50; read++) {
      store.dispenser.scan(`nonsense ${read}`);
      store.clock.pass(100);
    }
    expect(refusals().length).toBeLessThanOrEqual(10);
    expect(refusals().length).toBeGreaterThanOrEqual(9);
  });

  it('[DSP-09] obeys a cancel before the motor has power, and not after', async () => {
    store = await trialStore();
    store.dispenser.scan(store.code(1));
    store.clock.pass(20);
    store.node.say({ kind: 'cancel', serial: 1 });
    store.clock.pass(5000);
    expect(outcomes()).toEqual([{ serial: 1, result: 'fail', reason: 'cancelled' }]);
    store.dispenser.scan(store.code(2));
    store.clock.pass(500);
    store.node.say({ kind: 'cancel', serial: 2 });
    store.clock.pass(5000);
    expect(outcomes().at(-1)).toEqual({ serial: 2, result: 'ok', reason: 'drop-seen' });
  });

  it('[DSP-09] counts a voided voucher as used, and says what a void came to', async () => {
    store = await trialStore({ node: { acknowledges: () => false } });
    store.node.command<'void'>({ kind: 'void', serial: 5 });
    store.node.command<'void'>({ kind: 'void', serial: 5 });
    store.pour(5);
    store.dispenser.scan(store.code(6));
    store.clock.pass(500);
    store.node.command<'void'>({ kind: 'void', serial: 6 });
    store.clock.pass(5000);
    store.node.command<'void'>({ kind: 'void', serial: 6 });
    store.clock.pass(10);
    store.restart();
    store.pour(5);
    expect(store.node.of('voidAck').map(({ result }) => result)).toEqual(['voided', 'spent', 'vending', 'vended']);
    expect(refusals()).toEqual(['used', 'used']);
    expect(store.dispenser.motorTurns()).toBe(1);
  });

  it('[DSP-05] refuses at eight unacknowledged outcomes, and goes on when one is acknowledged', async () => {
    store = await trialStore({ node: { acknowledges: () => false } });
    for (let serial = 1; serial <= 9; serial++) store.pour(serial);
    expect(refusals()).toEqual(['queue-full']);
    expect(store.dispenser.motorTurns()).toBe(8);
    store.node.command<'outcomeAck'>({ kind: 'outcomeAck', serial: 3, unit: 1 });
    store.pour(9);
    expect(store.dispenser.motorTurns()).toBe(9);
  });

  it('[DSP-05] a cut while the motor runs is uncertain, and is not repeated', async () => {
    store = await trialStore();
    store.dispenser.scan(store.code(1));
    store.clock.pass(400);
    store.restart();
    store.pour(1);
    expect(outcomes()).toEqual([{ serial: 1, result: 'uncertain', reason: 'cut-during-run' }]);
    expect(refusals()).toEqual(['used']);
    expect(store.dispenser.motorTurns()).toBe(1);
  });

  it('[DSP-07] obeys no command twice, from another boot, or without the key', async () => {
    store = await trialStore({ node: { answerScan: 'nothing' }, settings: { vendsAlone: 'no' } });
    store.dispenser.scan(store.code(1));
    store.clock.pass(10);
    const scan = store.node.of('scan').at(-1)?.scan ?? 0;
    store.node.say({ kind: 'authOk', scan, serial: 1, counter: 900, mac: new Uint8Array(8) });
    store.clock.pass(100);
    expect(store.dispenser.motorTurns()).toBe(0);
    const permitted = store.node.command<'authOk'>({ kind: 'authOk', scan, serial: 1 });
    store.clock.pass(10_000);
    expect(store.dispenser.motorTurns()).toBe(1);
    store.restart();
    store.dispenser.scan(store.code(2));
    store.clock.pass(10);
    store.dispenser.send(permitted);
    store.clock.pass(10_000);
    expect(store.dispenser.motorTurns()).toBe(1);
  });

  it('[DSP-03] a floor from the node makes every serial below it used and the older epoch unknown, for good', async () => {
    store = await trialStore({ keyEpoch: 1 });
    store.node.command<'floor'>({ kind: 'floor', serialFloor: 100, keyEpoch: 3 });
    store.node.command<'floor'>({ kind: 'floor', serialFloor: 1, keyEpoch: 0 });
    store.restart();
    store.pour(99, { keyEpoch: 3 });
    store.pour(100, { keyEpoch: 1 });
    store.pour(100, { keyEpoch: 3 });
    expect(refusals()).toEqual(['used', 'unknown-epoch']);
    expect(outcomes()).toEqual([{ serial: 100, result: 'ok', reason: 'drop-seen' }]);
    expect(store.node.of('hello').at(-1)).toMatchObject({ serialFloor: 100, keyEpoch: 3 });
  });

  it('[DSP-04] refuses a time below its floor, unless a manager lowers it', async () => {
    store = await trialStore();
    store.clock.pass(61_000);
    const unix = Math.floor(trialStartMs / 1000) - 3600;
    store.node.command<'time'>({ kind: 'time', unix, mayLower: 'no' });
    store.node.command<'time'>({ kind: 'time', unix, mayLower: 'yes' });
    store.clock.pass(10);
    store.restart();
    expect(faults()).toEqual(['time-refused']);
    expect(store.node.of('hello').at(-1)?.timeFloor).toBe(unix);
  });

  it('[DSP-03] never turns the motor twice for a voucher, whatever is scanned, cut, unplugged or forgotten', async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('scan' as const),
        serial: fc.integer({ min: 1, max: 6 }),
        ms: fc.integer({ min: 0, max: 4000 }),
      }),
      fc.record({
        do: fc.constant('cut' as const),
        steps: fc.integer({ min: 0, max: 200 }),
        ms: fc.integer({ min: 0, max: 3000 }),
      }),
      fc.record({ do: fc.constant('restart' as const), ms: fc.integer({ min: 0, max: 3000 }) }),
      fc.record({ do: fc.constant('link' as const), up: fc.boolean(), ms: fc.integer({ min: 0, max: 3000 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const trial = await trialStore({ node: { acknowledges: (serial) => serial !== 2 } });
        store = trial;
        for (const next of steps) {
          if (next.do === 'scan') trial.dispenser.scan(trial.code(next.serial));
          else if (next.do === 'cut') trial.dispenser.cutPower(next.steps);
          else if (next.do === 'restart') trial.restart();
          else trial.dispenser.setLink(next.up);
          trial.clock.pass(next.ms);
        }
        const used = new Set(trial.node.of('outcome').map(({ serial }) => serial));
        const verdicts = new Set(trial.node.of('outcome').map(({ serial, result }) => `${serial} ${result}`));
        const poured = trial.node.of('vendStarted').map(({ serial }) => serial);
        expect(new Set(poured).size).toBe(poured.length);
        expect(verdicts.size).toBe(used.size);
        expect(trial.dispenser.motorTurns()).toBeLessThanOrEqual(6);
        await trial.stop();
      }),
      { numRuns: 60 },
    );
  });
});
