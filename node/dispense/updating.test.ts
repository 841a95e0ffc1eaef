// A new firmware on its way to a dispenser's own core: through losses, power cuts and pours to the word that it stays, or back to the one before.
import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { virtualImage } from '../devices/virtual/test-image.ts';
import { openTestConversation } from './test-conversation.ts';
import { openUpdating, type UpdateImage, type UpdateProgress } from './updating.ts';

const older = 0x00010000;
const newer = 0x00010100;

const imageOf = (bytes: Uint8Array, firmware = newer): UpdateImage => ({
  firmware,
  bytes,
  digest: createHash('sha256').update(bytes).digest(),
});
const content = (size: number) => Uint8Array.from({ length: size }, (_, at) => at % 251);
const sound = imageOf(virtualImage(newer, content(4_000)));

async function shop(image = sound) {
  const trial = await openTestConversation();
  const steps: string[] = [];
  const ends: (string | null)[] = [];
  let from: UpdateProgress = { state: 'waiting', received: 0, bootId: null };
  const open = (boot: Uint8Array | null) =>
    openUpdating({
      ...trial,
      image,
      boot,
      from,
      onStep(progress, reason) {
        if (progress.state !== from.state) steps.push(progress.state);
        if (reason !== null) ends.push(reason);
        from = progress;
      },
    });
  let updating = open(null);
  onTestFinished(() => updating.stop());
  await trial.conversation.start(() => {});
  const firmware = () => trial.heard('hello').at(-1)?.firmware;
  return {
    ...trial,
    steps,
    ends,
    firmware,
    progress: () => updating.progress(),
    /** As a node that was stopped and started. */
    restartNode(kept: Partial<UpdateProgress> = {}) {
      updating.stop();
      from = { ...from, ...kept };
      updating = open(null);
    },
    /** Until that firmware has greeted, and no answer has reached it. */
    untilItGreets(version: number) {
      for (let step = 0; step < 10_000 && firmware() !== version; step++) trial.clock.pass(1);
      expect(firmware()).toBe(version);
    },
    /** Until so many bytes are there. */
    untilReceived(bytes: number) {
      for (let step = 0; step < 10_000 && updating.progress().received < bytes; step++) trial.clock.pass(1);
      expect(updating.progress().received).toBeGreaterThanOrEqual(bytes);
    },
  };
}

const whole = ['receiving', 'checking', 'ready', 'restarting', 'on-trial', 'confirmed'];

describe('an update', () => {
  it('[DSP-10] goes piece by piece, restarts the dispenser, and stays once that has heard its node', async () => {
    const { clock, steps, firmware, progress, ends } = await shop();
    clock.pass(50);
    expect(firmware()).toBe(older);
    clock.pass(60_000);
    expect(steps).toEqual(whole);
    expect(firmware()).toBe(newer);
    expect(progress()).toMatchObject({ state: 'confirmed', received: sound.bytes.length });
    expect(ends).toEqual([]);
  });

  it('[DSP-10] goes on where it was after the link went, as often as it goes', async () => {
    const trial = await shop();
    const sent: number[] = [];
    for (const bytes of [500, 1_500, 3_000]) {
      trial.untilReceived(bytes);
      sent.push(trial.heard('updateStatus').length);
      trial.machine.setLink(false);
      trial.clock.pass(60_000);
      trial.machine.setLink(true);
    }
    trial.clock.pass(60_000);
    expect(trial.steps).toEqual(whole);
    // After the first loss nothing was sent from the beginning again.
    const later = trial.heard('updateStatus').slice(sent[0]);
    expect(later.filter(({ step, received }) => step === 'receiving' && received === 0)).toEqual([]);
  });

  it('[DSP-10] begins anew after a power cut in the middle of a write', async () => {
    const trial = await shop();
    trial.untilReceived(2_000);
    trial.machine.cutPower();
    trial.clock.pass(5_000);
    trial.machine.powerOn();
    trial.clock.pass(60_000);
    expect(trial.steps).toEqual(['receiving', 'waiting', ...whole]);
    expect(trial.firmware()).toBe(newer);
  });

  it('[DSP-10] goes on where it was after the node was started anew, even from a place that lay behind', async () => {
    const trial = await shop();
    trial.untilReceived(2_000);
    trial.machine.setLink(false);
    trial.restartNode({ received: 0 });
    const before = trial.heard('updateStatus').length;
    trial.machine.setLink(true);
    trial.clock.pass(60_000);
    expect(trial.steps).toEqual(whole);
    expect(trial.firmware()).toBe(newer);
    const later = trial.heard('updateStatus').slice(before);
    expect(later.filter(({ step, received }) => step === 'receiving' && received < 2_000)).toEqual([]);
  });

  it('[DSP-10] begins anew where node and dispenser were both started anew', async () => {
    const trial = await shop();
    trial.untilReceived(2_000);
    trial.machine.cutPower();
    trial.restartNode();
    trial.machine.powerOn();
    trial.clock.pass(60_000);
    expect(trial.steps).toEqual(['receiving', 'waiting', ...whole]);
    expect(trial.firmware()).toBe(newer);
  });

  it('[DSP-10] is on trial also where the power went between its last byte and the restart', async () => {
    const trial = await shop();
    for (let step = 0; step < 10_000 && !trial.steps.includes('restarting'); step++) trial.clock.pass(1);
    trial.machine.cutPower();
    trial.clock.pass(1_000);
    trial.machine.powerOn();
    trial.clock.pass(60_000);
    expect(trial.steps).toEqual(whole);
  });

  it('[DSP-10] that never hears its node gives way to the firmware before, and is told as that', async () => {
    const trial = await shop();
    trial.untilItGreets(newer);
    trial.setDeaf(true);
    trial.clock.pass(5_000);
    expect(trial.firmware()).toBe(newer);
    trial.clock.pass(400_000);
    expect(trial.firmware()).toBe(older);
    expect(trial.progress().state).toBe('rolled-back');
    expect(trial.ends).toEqual(['rolled-back']);
  });

  it('[DSP-10] that was kept while its node did not hear it is known as kept at the next link-up', async () => {
    const trial = await shop();
    trial.untilItGreets(newer);
    // The word of its node is on its way, and what the dispenser says to that is lost.
    trial.setMute(true);
    trial.clock.pass(1_000);
    trial.setMute(false);
    expect(trial.progress().state).toBe('on-trial');
    trial.machine.setLink(false);
    trial.clock.pass(1_000);
    trial.machine.setLink(true);
    trial.clock.pass(30_000);
    expect(trial.progress().state).toBe('confirmed');
  });

  it('[DSP-10] is tried once: the power that goes during the trial brings the firmware before', async () => {
    const trial = await shop();
    trial.untilItGreets(newer);
    trial.setDeaf(true);
    trial.clock.pass(5_000);
    trial.machine.cutPower();
    trial.machine.powerOn();
    trial.setDeaf(false);
    trial.clock.pass(5_000);
    expect(trial.firmware()).toBe(older);
    expect(trial.progress().state).toBe('rolled-back');
  });

  it.each([
    ['no image of this board', imageOf(content(1_000)), 'flash-error'],
    [
      'not signed',
      imageOf(virtualImage(newer, content(1_000)).map((byte, at) => (at === 20 ? byte ^ 1 : byte))),
      'bad-signature',
    ],
    ['another than its digest says', { ...sound, digest: new Uint8Array(32) }, 'bad-digest'],
    ['too large for the board', imageOf(virtualImage(newer, content(70_000))), 'bad-size'],
  ])('[DSP-10] that is %s is refused with its reason: nothing restarts', async (_, image, reason) => {
    const trial = await shop(image as UpdateImage);
    trial.clock.pass(120_000);
    expect(trial.progress().state).toBe('refused');
    expect(trial.ends).toEqual([reason]);
    expect(new Set(trial.heard('hello').map(({ firmware }) => firmware))).toEqual(new Set([older]));
  });

  it('[DSP-10] waits while something is poured, and the pour is whole', async () => {
    const trial = await shop();
    trial.untilReceived(1_000);
    trial.scan(1);
    trial.clock.pass(100);
    const during = trial.progress().received;
    expect(trial.machine.motorTurns()).toBe(1);
    trial.clock.pass(800);
    expect(trial.progress().received).toBe(during);
    expect(trial.heard('updateStatus').at(-1)?.step).toBe('busy');
    // Asked now and then, not again and again.
    expect(trial.heard('updateStatus').filter(({ step }) => step === 'busy').length).toBeLessThan(4);
    trial.clock.pass(120_000);
    expect(trial.heard('outcome')[0]).toMatchObject({ serial: 1, result: 'ok' });
    expect(trial.steps).toEqual(whole);
  });

  it('[DSP-10] to the firmware that already runs ends at once', async () => {
    const trial = await shop(imageOf(virtualImage(older, content(100)), older));
    trial.clock.pass(1_000);
    expect(trial.progress().state).toBe('confirmed');
    expect(trial.ends).toEqual(['already-there']);
    expect(trial.heard('updateStatus')).toEqual([]);
  });
});
