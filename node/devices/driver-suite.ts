// What every driver promises, whatever carries its messages. At the far end is a dispenser's own core; drivers.test.ts runs it for each link,
// drivers.native.test.ts over a pty and a broker of its own.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '#schema/values/clock';
import { decodeMessage, encodeMessage } from '#schema/wire/dispenser';
import { type TrialNode, trialCode, trialNode } from '#scripts/dispenser-trial/node';
import type { Driver, Presence } from './driver.ts';
import type { VirtualDispenser } from './virtual/dispenser.ts';

export interface DriverTrial {
  driver: Driver;
  machine: VirtualDispenser;
  setPlugged(plugged: boolean): void;
  clock: Clock;
  /** Lets time go on until it is so; fails where it never is. */
  until(what: string, isSo: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const getState = encodeMessage({ kind: 'getState' });

export function driverSuite(
  name: string,
  open: () => Promise<DriverTrial>,
  { isThere = true, isMachine = false }: { isThere?: boolean; isMachine?: boolean } = {},
): void {
  describe.skipIf(!isThere)(`a driver: ${name}`, () => {
    let trial: DriverTrial;
    let node: TrialNode;
    let heard: (Presence | Uint8Array)[];
    let sending = false;
    const presences = () => heard.filter((one) => typeof one === 'string');
    const isPresent = () => presences().at(-1) === 'present';
    /** Once it knows the time it pours also where its node's word comes late. */
    const knowsTime = (state = node.of('state').at(-1)) => state?.clockValid === 'yes';
    const greetings = () => node.of('hello').map(({ bootId }) => Buffer.from(bootId).toString('hex'));

    const send = (bytes: Uint8Array) => {
      sending = true;
      const taken = trial.driver.send(bytes);
      sending = false;
      return taken;
    };
    const start = () =>
      trial.driver.start({
        presence(presence) {
          expect(sending, 'told from within a call into the driver').toBe(false);
          heard.push(presence);
        },
        message(bytes) {
          expect(sending, 'told from within a call into the driver').toBe(false);
          heard.push(bytes);
          node.receive(bytes);
        },
      });
    const scan = (serial: number) => trial.machine.scan(trialCode({ serial, expiresAtMs: trial.clock.now() + 15 * 60_000 }));

    beforeEach(async () => {
      trial = await open();
      heard = [];
      node = trialNode({ clock: trial.clock, send });
    });
    afterEach(() => trial.stop());

    it('[DSP-06] [DSP-07] takes nothing before anybody is there, then says that the device is, and its greeting comes whole', async () => {
      expect(send(getState)).toBe(false);
      await start();
      await trial.until('a greeting', () => node.of('configReport').length > 0);
      expect(presences()).toEqual(['present']);
      expect(heard[0]).toBe('present');
      for (const message of heard) if (typeof message !== 'string') expect(decodeMessage(message).ok).toBe(true);
      expect(greetings().length).toBeGreaterThan(0);
    });

    it('[DSP-06] [DSP-07] carries a pour from the scan to the acknowledged outcome, again and again', async () => {
      await start();
      await trial.until('the time told', knowsTime);
      for (let serial = 1; serial <= 3; serial++) {
        scan(serial);
        await trial.until(`outcome ${serial}`, () => node.of('outcome').some((outcome) => outcome.serial === serial));
        await trial.until('rest', () => node.of('state').at(-1)?.pending === 0 && node.of('state').at(-1)?.phase === 'idle');
      }
      expect(node.of('outcome').map(({ result }) => result)).toEqual(Array.from(node.of('outcome'), () => 'ok'));
      expect(trial.machine.motorTurns()).toBe(3);
    });

    it('[DSP-06] [DSP-07] says that a device is lost and takes nothing for it; plugged in again it is greeted anew', async () => {
      await start();
      await trial.until('a greeting', () => greetings().length > 0);
      trial.setPlugged(false);
      // Whoever waits for an answer notices sooner than whoever is silent.
      send(getState);
      await trial.until('the loss', () => presences().at(-1) === 'lost');
      expect(send(getState)).toBe(false);
      const before = greetings().length;
      trial.setPlugged(true);
      await trial.until('its return', isPresent);
      await trial.until('another greeting', () => greetings().length > before);
      expect(send(getState)).toBe(true);
      expect(presences()).toEqual(['present', 'lost', 'present']);
      expect(new Set(greetings()).size).toBe(1);
    });

    it('[DSP-06] [DSP-07] a device that lost its power is another boot when it is back, and pours', async () => {
      await start();
      await trial.until('a greeting', () => greetings().length > 0);
      const before = node.of('state').length;
      trial.machine.cutPower();
      trial.machine.powerOn();
      await trial.until('the other boot', () => new Set(greetings()).size === 2);
      await trial.until('its return', isPresent);
      await trial.until('the time told', () => node.of('state').slice(before).some(knowsTime));
      scan(9);
      await trial.until('an outcome', () => node.of('outcome').some(({ serial, result }) => serial === 9 && result === 'ok'));
    });

    // One that is the machine itself takes its power along when it is stopped.
    it.skipIf(isMachine)(
      '[DSP-06] [DSP-07] opened anew while the motor turns, it ends no pour and starts none, and hears what came of it',
      async () => {
        await start();
        await trial.until('the time told', knowsTime);
        scan(7);
        await trial.until('the pour', () => node.of('vendStarted').length > 0);
        await trial.driver.stop();
        await start();
        await trial.until('its outcome', () => node.of('outcome').some(({ serial }) => serial === 7));
        expect(node.of('outcome').every(({ serial, result }) => serial === 7 && result === 'ok')).toBe(true);
        expect(trial.machine.motorTurns()).toBe(1);
        expect(new Set(greetings()).size).toBe(1);
      },
    );

    it('[DSP-06] [DSP-07] tells nothing after it was stopped; started again it goes on', async () => {
      await start();
      await trial.until('the time told', knowsTime);
      await trial.driver.stop();
      const before = heard.length;
      expect(send(getState)).toBe(false);
      scan(5);
      await trial.until(
        'the dispenser at rest',
        () => trial.machine.display().what === 'ready' || trial.machine.motorTurns() > 0,
      );
      expect(heard.length).toBe(before);
      const greeted = greetings().length;
      await start();
      await trial.until('its return', isPresent);
      await trial.until('another greeting, without which nothing can be sealed', () => greetings().length > greeted);
    });
  });
}
