// The centre's settings on their way to a dispenser's own core, which keeps what makes sense and says what it runs.
import { describe, expect, it, onTestFinished } from 'vitest';
import { kindRules } from '#schema/rules/device';
import { openConfiguring, type WantedSettings } from './configuring.ts';
import { openTestConversation } from './test-conversation.ts';

async function shop(first: Partial<WantedSettings> = {}) {
  const trial = await openTestConversation();
  let wanted: WantedSettings = {
    version: 3,
    config: { ...kindRules.dispenser.config, dropWaitMs: 900 },
    paused: false,
    ...first,
  };
  const configuring = openConfiguring({ ...trial, wanted: () => wanted, onChange() {} });
  onTestFinished(() => configuring.stop());
  await trial.conversation.start(() => {});
  return {
    ...trial,
    configuring,
    want(change: Partial<WantedSettings>) {
      wanted = { ...wanted, ...change };
      configuring.follow();
    },
    reports: () => trial.heard('configReport').map(({ version }) => version),
  };
}

describe('a dispenser’s settings', () => {
  it('[IOT-04] go to it when it runs older ones, and no more once it runs them', async () => {
    const { clock, configuring, heard, reports, machine } = await shop();
    clock.pass(1_000);
    expect(configuring.running()).toBe(3);
    expect(heard('configReport').at(-1)).toMatchObject({ version: 6, dropWaitMs: 900, vendsAlone: 'no', slots: 8 });
    const told = reports().length;
    clock.pass(600_000);
    expect(reports()).toHaveLength(told);
    machine.cutPower();
    machine.powerOn();
    clock.pass(1_000);
    // It kept them over the power cut.
    expect(reports()[told]).toBe(6);
  });

  it('[IOT-04] that change while it is away are with it once it is back', async () => {
    const { clock, configuring, machine, want } = await shop();
    clock.pass(1_000);
    machine.setLink(false);
    want({ version: 4 });
    clock.pass(300_000);
    expect(configuring.running()).toBe(3);
    machine.setLink(true);
    clock.pass(1_000);
    expect(configuring.running()).toBe(4);
    expect(configuring.refused()).toBe(false);
  });

  it('[IOT-04] that it will not take are sent a few times, then told as refused; better ones are tried again', async () => {
    const config = { ...kindRules.dispenser.config, motorMaxMs: 50 };
    const { clock, configuring, reports, want } = await shop({ config });
    clock.pass(1_000);
    expect(configuring.refused()).toBe(false);
    clock.pass(600_000);
    expect(configuring.refused()).toBe(true);
    const told = reports().length;
    expect(new Set(reports())).toEqual(new Set([0]));
    expect(told).toBeLessThan(8);
    clock.pass(600_000);
    expect(reports()).toHaveLength(told);
    want({ version: 4, config: { ...config, motorMaxMs: 5_000 } });
    clock.pass(1_000);
    expect(configuring.running()).toBe(4);
    expect(configuring.refused()).toBe(false);
  });

  it('[IOT-04] that nobody is there to take are not refused: they are sent as soon as somebody is', async () => {
    const { clock, conversation, machine } = await shop();
    clock.pass(1_000);
    const greet = () => {
      machine.setLink(false);
      machine.setLink(true);
    };
    let isThere = false;
    let taken = 0;
    const configuring = openConfiguring({
      conversation: {
        on: conversation.on,
        sendSealed() {
          if (isThere) taken += 1;
          return isThere;
        },
      },
      wanted: () => ({ version: 9, config: kindRules.dispenser.config, paused: true }),
      clock,
      onChange() {},
    });
    onTestFinished(() => configuring.stop());
    greet();
    clock.pass(600_000);
    expect(configuring.refused()).toBe(false);
    isThere = true;
    clock.pass(600_000);
    expect([configuring.refused(), taken]).toEqual([true, 3]);
  });

  it('[DSP-09] [IOT-04] of one that is paused let it pour nothing while its link is down, over a power cut too, until it is in use again', async () => {
    const { clock, configuring, machine, scan, want } = await shop({
      config: { ...kindRules.dispenser.config, vendsAlone: true },
    });
    const scanUnheard = (serial: number) => {
      machine.setLink(false);
      scan(serial);
      clock.pass(10_000);
      machine.setLink(true);
      clock.pass(1_000);
      return machine.motorTurns();
    };
    clock.pass(1_000);
    expect(scanUnheard(1)).toBe(1);
    want({ paused: true });
    clock.pass(1_000);
    machine.cutPower();
    machine.powerOn();
    clock.pass(1_000);
    expect(scanUnheard(2)).toBe(1);
    expect(configuring.running()).toBe(3);
    want({ paused: false });
    clock.pass(1_000);
    expect(scanUnheard(2)).toBe(2);
  });

  it('[DSP-09] [IOT-04] of one that is paused while it is away are with it once it is back, and in use again as often as somebody says so', async () => {
    const { clock, heard, machine, want } = await shop({ config: { ...kindRules.dispenser.config, vendsAlone: true } });
    clock.pass(1_000);
    const alone = () => heard('configReport').at(-1)?.vendsAlone;
    for (const [paused, says] of [
      [true, 'no'],
      [false, 'yes'],
      [true, 'no'],
    ] as const) {
      machine.setLink(false);
      want({ paused });
      clock.pass(120_000);
      machine.setLink(true);
      clock.pass(1_000);
      expect(alone()).toBe(says);
    }
  });

  it('[IOT-04] that come during a pour are taken after it', async () => {
    const { clock, configuring, scan, want } = await shop();
    clock.pass(1_000);
    scan(1);
    clock.pass(200);
    want({ version: 4 });
    clock.pass(100);
    expect(configuring.running()).toBe(3);
    clock.pass(30_000);
    expect(configuring.running()).toBe(4);
  });
});
