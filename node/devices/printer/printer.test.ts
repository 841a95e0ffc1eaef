// One printer behind its driver, on a clock that the test moves: what it says of a job is only what is known, and it comes back by itself.
import { describe, expect, it } from 'vitest';
import { type HandClock, handClock } from '#schema/values/test-clock';
import { type Mechanism, openMechanism } from '#scripts/sandbox/printer/mechanism';
import { cut, text } from '../../receipt/blocks.ts';
import { encodeReceipt } from '../../receipt/escpos/encode.ts';
import { profileOf } from '../../receipt/test-sale.ts';
import type { LinkEvents } from '../link.ts';
import type { OpenLink } from './link.ts';
import { type PrinterDriver, startPrinter } from './printer.ts';
import { standingOf } from './status.ts';

const job = encodeReceipt([text('Kopi'), cut], { profile: profileOf(), logo: undefined });

/** A cable to the simulated printer, which can be pulled and clogged. */
function openCable({ silent = false } = {}) {
  let events: LinkEvents | undefined;
  let plugged = true;
  let clogged = false;
  let opened = 0;
  /** Answers that the printer is too busy to give. */
  let held: number[] | undefined;
  const deliver = (byte: number) => queueMicrotask(() => events?.bytes(Uint8Array.of(byte)));
  const answer = (byte: number) => (held ? void held.push(byte) : deliver(byte));
  const mechanism = openMechanism({ widthDots: 576, ...(!silent && { answer }) });
  const openLink: OpenLink = async (_, heard) => {
    opened += 1;
    if (!plugged) throw new Error('nobody there');
    events = heard;
    return {
      isOpen: () => plugged && events === heard,
      write(bytes) {
        if (clogged) return new Promise(() => undefined);
        if (!plugged || events !== heard) return Promise.reject(new Error('gone'));
        mechanism.take(bytes);
        return Promise.resolve();
      },
      close() {
        if (events === heard) events = undefined;
      },
    };
  };
  return {
    mechanism,
    openLink,
    opened: () => opened,
    hold() {
      held = [];
    },
    release() {
      for (const byte of held ?? []) deliver(byte);
      held = undefined;
    },
    clog: () => {
      clogged = true;
    },
    pull() {
      plugged = false;
      const gone = events;
      events = undefined;
      mechanism.forget();
      gone?.closed();
    },
    plug() {
      plugged = true;
    },
  };
}

interface Scene {
  clock: HandClock;
  cable: ReturnType<typeof openCable>;
  printer: Mechanism;
  driver: PrinterDriver;
  /** Every condition that was told. */
  told: string[];
}

async function scene(story: (scene: Scene) => Promise<void>, { silent = false, answers = true, plugged = true } = {}) {
  const clock = handClock();
  const cable = openCable({ silent });
  if (!plugged) cable.pull();
  const told: string[] = [];
  const driver: PrinterDriver = startPrinter({
    link: { kind: 'network', host: 'printer', port: 9100 },
    answers,
    openLink: cable.openLink,
    clock,
    onChange: () => void told.push(driver.state().condition),
  });
  await clock.pass(1);
  await story({ clock, cable, printer: cable.mechanism, driver, told });
  const stopped = driver.stop();
  await clock.pass(1);
  await stopped;
}

describe('a printer', () => {
  it('[IOT-08] is ready once it has answered, and a job is printed when it says so', () =>
    scene(async ({ driver, printer, clock }) => {
      expect(driver.state()).toMatchObject({ condition: 'ready', paperLow: false });
      const outcome = driver.print(job);
      await clock.pass(10);
      expect(await outcome).toEqual({ kind: 'printed' });
      expect(printer.pieces().map(({ lines }) => lines)).toEqual([['Kopi']]);
      expect(printer.faults()).toEqual([]);
    }));

  it('[IOT-08] [IOT-02] says that its paper is out, its cover open, that it is jammed or low on paper, and when it is well again', () =>
    scene(async ({ printer, clock, told, driver }) => {
      printer.setPaper('out');
      await clock.pass(3_000);
      printer.setPaper('ok');
      printer.setCover('open');
      await clock.pass(3_000);
      printer.setCover('closed');
      printer.setJam(true);
      await clock.pass(3_000);
      printer.setJam(false);
      printer.setPaper('low');
      await clock.pass(3_000);
      expect(told).toEqual(['ready', 'paper-out', 'cover-open', 'error', 'ready']);
      expect(driver.state().paperLow).toBe(true);
    }));

  it('[IOT-08] a job that runs out of paper is waited for, and printed when there is paper again', () =>
    scene(async ({ driver, printer, clock }) => {
      printer.setPaper('out');
      const outcome = driver.print(job);
      await clock.pass(60_000);
      expect(driver.state().condition).toBe('paper-out');
      printer.setPaper('ok');
      await clock.pass(2_000);
      expect(await outcome).toEqual({ kind: 'printed' });
    }));

  it('[IOT-08] a job in a printer that stays jammed is in doubt, and the next begins on a new link', () =>
    scene(async ({ driver, printer, clock, cable }) => {
      printer.setJam(true);
      const outcome = driver.print(job);
      await clock.pass(130_000);
      expect(await outcome).toEqual({ kind: 'doubt', problem: 'error' });
      expect(cable.opened()).toBe(2);
    }));

  it('[IOT-08] a job of which a printer takes no more is in doubt', () =>
    scene(async ({ driver, clock, cable }) => {
      cable.clog();
      const outcome = driver.print(job);
      await clock.pass(21_000);
      expect(await outcome).toEqual({ kind: 'doubt', problem: 'stalled' });
    }));

  it('[IOT-08] one that says nothing while it prints is waited for; one answer that comes too late costs no link', () =>
    scene(async ({ driver, clock, cable }) => {
      cable.hold();
      const outcome = driver.print(job);
      await clock.pass(20_000);
      cable.release();
      await clock.pass(10);
      expect(await outcome).toEqual({ kind: 'printed' });
      cable.hold();
      for (let step = 0; step < 60 && driver.state().condition === 'ready'; step++) await clock.pass(100);
      expect(driver.state().condition).toBe('offline');
      cable.release();
      await clock.pass(1_000);
      expect([driver.state().condition, cable.opened()]).toEqual(['ready', 1]);
    }));

  it('[IOT-08] one that never says that it is done leaves doubt', () =>
    scene(async ({ driver, clock, cable }) => {
      cable.hold();
      const outcome = driver.print(job);
      await clock.pass(40_000);
      expect(await outcome).toEqual({ kind: 'doubt', problem: 'silent' });
    }));

  it('[IOT-08] a cable that is pulled in the middle leaves doubt, before it nothing was touched', () =>
    scene(async ({ driver, printer, clock, cable }) => {
      printer.setPaper('out');
      const outcome = driver.print(job);
      await clock.pass(1_500);
      cable.pull();
      await clock.pass(10);
      expect(await outcome).toEqual({ kind: 'doubt', problem: 'lost' });
      expect(driver.state().condition).toBe('offline');
      expect(await driver.print(job)).toEqual({ kind: 'untouched', problem: 'offline' });
    }));

  it('[IOT-08] is looked for again and again, never more than every fifteen seconds apart, and found when it is back', () =>
    scene(
      async ({ driver, clock, cable }) => {
        expect(driver.state().condition).toBe('offline');
        await clock.pass(3_600_000);
        expect(cable.opened()).toBeGreaterThan(3_600_000 / 15_000 - 2);
        expect(cable.opened()).toBeLessThan(3_600_000 / 15_000 + 10);
        cable.plug();
        await clock.pass(15_000);
        expect(driver.state().condition).toBe('ready');
      },
      { plugged: false },
    ));

  it('[IOT-08] one that keeps silent is offline, unless it is known for it: then what its link took is printed', async () => {
    await scene(
      async ({ driver, clock }) => {
        await clock.pass(10_000);
        expect(driver.state().condition).toBe('offline');
      },
      { silent: true },
    );
    await scene(
      async ({ driver, printer }) => {
        expect(driver.state().condition).toBe('ready');
        expect(await driver.print(job)).toEqual({ kind: 'printed' });
        expect(printer.pieces()).toHaveLength(1);
      },
      { silent: true, answers: false },
    );
  });

  it.each([
    [
      { printer: 0x12, offlineCause: 0x12, paper: 0x12 },
      { condition: 'ready', paperLow: false },
    ],
    [
      { printer: 0x12, offlineCause: 0x12, paper: 0x1e },
      { condition: 'ready', paperLow: true },
    ],
    [
      { printer: 0x1a, offlineCause: 0x32, paper: 0x7e },
      { condition: 'paper-out', paperLow: true },
    ],
    [
      { printer: 0x1a, offlineCause: 0x36, paper: 0x7e },
      { condition: 'cover-open', paperLow: true },
    ],
    [
      { printer: 0x1a, offlineCause: 0x52, paper: 0x12 },
      { condition: 'error', paperLow: false },
    ],
    [
      { printer: 0x1a, offlineCause: 0x12, paper: 0x12 },
      { condition: 'offline', paperLow: false },
    ],
  ])('[IOT-02] %o means %o', (answers, standing) => {
    expect(standingOf(answers)).toEqual(standing);
  });
});
