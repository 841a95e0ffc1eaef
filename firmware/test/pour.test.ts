// What can go wrong around one pour, at every moment that counts: the clock's edges, a cancel that races the motor, a reset while it turns,
// flash that fails at any of its steps.
import { beforeAll, describe, expect, it } from 'vitest';
import { blankImage, norFlash } from '#node/devices/virtual/nor-flash';
import { Bench } from '#scripts/dispenser-trial/bench';
import { trialStore } from '#scripts/dispenser-trial/store';
import { compileTimeoutMs, trialModule } from '#scripts/dispenser-trial/wasm';

let module: WebAssembly.Module;

beforeAll(async () => {
  module = await trialModule();
}, compileTimeoutMs);

const bench = (image = blankImage(2)) => new Bench({ module, image, acknowledges: () => true, isHollow: () => false });

describe('a voucher at the edge of its time', () => {
  it.each([-3600, -1, 0, 1, 3600])(
    '[DSP-04] is judged by what the node said, %i s off: good until its second, over in it',
    async (skewS) => {
      const store = await trialStore();
      const saidS = Math.floor(store.clock.now() / 1000) + skewS;
      store.node.command<'time'>({ kind: 'time', unix: saidS, mayLower: 'yes' });
      store.clock.pass(10);
      store.dispenser.setLink(false);
      store.pour(1, { expiresAtMs: (saidS + 2) * 1000 });
      expect(store.dispenser.motorTurns()).toBe(1);
      // By now 12 s have passed.
      store.dispenser.scan(store.code(2, { expiresAtMs: (saidS + 12) * 1000 }));
      store.clock.pass(2000);
      store.dispenser.setLink(true);
      store.clock.pass(3000);
      expect(store.dispenser.motorTurns()).toBe(1);
      await store.stop();
    },
  );

  it('[DSP-04] with the last serial there is pours once, and leaves no younger one', async () => {
    const store = await trialStore();
    store.pour(0xffff_ffff);
    store.pour(0xffff_ffff);
    store.pour(0xffff_fbff);
    store.pour(0xffff_fc00);
    expect(store.node.of('outcome').map(({ serial, result }) => `${serial} ${result}`)).toEqual([
      '4294967295 ok',
      '4294966272 ok',
    ]);
    expect(store.node.of('scan').flatMap(({ refusal }) => (refusal === 'none' ? [] : [refusal]))).toEqual(['used', 'used']);
    await store.stop();
  });
});

describe('a pour', () => {
  it('[DSP-09] that is cancelled at any millisecond is either cancelled, and no motor turned, or done, and one did', async () => {
    const store = await trialStore();
    const seen = new Set<string>();
    for (let ms = 0; ms <= 70; ms++) {
      const before = store.dispenser.motorTurns();
      const serial = ms + 1;
      store.dispenser.scan(store.code(serial));
      store.clock.pass(ms);
      store.node.say({ kind: 'cancel', serial });
      store.clock.pass(12_000);
      const turns = store.dispenser.motorTurns() - before;
      const outcome = store.node.of('outcome').find((told) => told.serial === serial);
      const verdict = `${outcome?.reason ?? 'nothing'}, ${turns}`;
      seen.add(verdict);
      expect(['nothing, 0', 'cancelled, 0', 'drop-seen, 1'], `after ${ms} ms`).toContain(verdict);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['cancelled, 0', 'drop-seen, 1']));
    await store.stop();
  });

  it('[DSP-05] that a watchdog ends at any moment of the turn finds its motor off, is told as uncertain, and is not repeated', () => {
    for (let ms = 0; ms < 400; ms += 20) {
      const machine = bench();
      machine.powerOn();
      const { motorOff } = machine.resetDuring(1, 60 + ms);
      expect(motorOff, `after ${ms} ms`).toBe(true);
      machine.scan(1);
      const told = machine.node.of('outcome');
      expect(new Set(told.map(({ result }) => result))).toEqual(new Set(['uncertain']));
      expect(machine.of(1).turns).toBe(1);
    }
  });

  it('[DSP-05] has room kept in a full journal: what else should be written meanwhile is not claimed, and done when asked again', () => {
    const machine = bench();
    machine.powerOn();
    const others = Array.from({ length: 200 }, (_, index) => 100 + index);
    const voided = () => machine.node.of('voidAck').map(({ serial, result }) => `${serial} ${result}`);
    const voidAll = (serials: number[]) => serials.map((serial) => machine.node.command<'void'>({ kind: 'void', serial }));
    // Then INTENT is written and RUN is not.
    machine.clock.after(30, () => voidAll(others));
    machine.scan(1);
    expect(machine.node.of('outcome').map(({ serial, result }) => `${serial} ${result}`)).toEqual(['1 ok']);
    const done = voided().length;
    expect(done).toBeGreaterThan(100);
    expect(done).toBeLessThan(128);
    voidAll(others.slice(done));
    machine.clock.pass(100);
    expect(voided()).toEqual(others.map((serial) => `${serial} voided`));
    machine.powerOff();
    machine.powerOn();
    for (const serial of [1, ...others]) machine.scan(serial);
    expect([1, ...others].map((serial) => machine.of(serial).turns)).toEqual([1, ...others.map(() => 0)]);
    machine.scan(300);
    expect(machine.of(300).drops).toBe(1);
  });

  it('[DSP-05] turns no motor when the flash cannot be erased for the next sector, and says that it is out of service', () => {
    const image = blankImage(2);
    const machine = bench(image);
    machine.powerOn();
    machine.flash.erase = () => false;
    let serial = 0;
    while (machine.node.of('state').at(-1)?.phase !== 'out-of-service' && serial < 200) machine.scan(++serial);
    expect(serial).toBeGreaterThan(20);
    expect(machine.of(serial).turns).toBe(0);
    machine.scan(serial + 1);
    expect(machine.of(serial + 1).turns).toBe(0);
    machine.powerOff();
    machine.flash.erase = norFlash(image).erase;
    machine.powerOn();
    machine.scan(serial + 2);
    expect(machine.of(serial + 2).drops).toBe(1);
    for (let used = 1; used < serial; used++) machine.scan(used);
    for (let used = 1; used < serial; used++) expect(machine.of(used).turns, `${used}`).toBe(1);
  });
});
