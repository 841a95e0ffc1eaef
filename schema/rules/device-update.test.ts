// How an update ends once its time is over: by what its device may have done already.
import { describe, expect, it } from 'vitest';
import { firmwareText, readFirmware, timeOver, updateMachine, updateStates } from './device-update.ts';

const expiresAt = 1_000_000;
const hourMs = 3_600_000;

describe('an update whose time is over', () => {
  it.each(['waiting', 'receiving', 'checking'] as const)(
    '[DSP-10] while it is %s is given up: the device runs what it ran',
    (state) => {
      expect(timeOver({ state, expiresAt }, expiresAt - 1)).toBeUndefined();
      expect(timeOver({ state, expiresAt }, expiresAt)).toEqual({ state: 'given-up', outcome: 'failed', detail: 'timed-out' });
      expect(updateMachine.step(state, 'give-up')).toMatchObject({ value: 'given-up' });
    },
  );

  it.each(['ready', 'restarting', 'on-trial'] as const)(
    '[DSP-10] while it is %s may finish its trial; after that nobody knows what the device runs',
    (state) => {
      expect(timeOver({ state, expiresAt }, expiresAt + 5 * 60_000)).toBeUndefined();
      expect(timeOver({ state, expiresAt }, expiresAt + hourMs)).toMatchObject({ state: 'unknown', outcome: 'unknown' });
      expect(updateMachine.step(state, 'doubt')).toMatchObject({ value: 'unknown' });
    },
  );

  it('[DSP-10] has no second end', () => {
    for (const state of updateStates.filter(updateMachine.isFinal))
      expect(timeOver({ state, expiresAt }, expiresAt + hourMs)).toBeUndefined();
  });
});

it.each([
  ['1.4.0', 0x00010400],
  ['65535.255.255', 0xffffffff],
  ['1.4', undefined],
  ['1.256.0', undefined],
  ['v1.4.0', undefined],
])('[DSP-10] a version is read as people write it: %s', (text, firmware) => {
  expect(readFirmware(text)).toBe(firmware);
  if (firmware !== undefined) expect(firmwareText(firmware)).toBe(text);
});
