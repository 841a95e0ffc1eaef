// Devices of the store node on this machine, by what people type, and a command to one of them followed to its end.

import type { Clock } from '#schema/values/clock';
import type { Device } from '#schema/wire/device';
import type { CommandArgs, DeviceCommand } from '#schema/wire/device-command';
import type { LocalNode } from './connect.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import { pickOne } from './find.ts';
import { makeId } from './ids.ts';
import { wait } from './ui/clock.ts';

const POLL_MS = 250;

export async function findNodeDevice(node: LocalNode, text: string): Promise<Device> {
  const { items } = await node.device.list();
  return pickOne(items, {
    noun: 'device',
    text,
    list: 'lapak device list --here',
    namesOf: ({ name, number }) => (number === null ? [name] : [name, String(number)]),
  });
}

/** What a device or its node says instead of doing it, in words. */
const details: Record<string, string> = {
  'no-answer': 'it was told, and said nothing in time',
  restarted: 'the store node was restarted in the middle of it',
  jammed: 'its motor did not come home',
  busy: 'it is pouring, or being tested',
  'unknown-slot': 'it has no such slot',
  'no-image': 'the store node does not have that firmware, and its centre neither',
  'timed-out': 'its time was over before the device had all of it, which runs what it ran before',
  'takes-no-updates': 'it takes no updates',
  'update-in-progress': 'it is in an update already',
  'rolled-back': 'it went back to the firmware before: the new one never heard its node, or could not start',
  'bad-signature': 'its maker did not sign that image',
  'bad-digest': 'the image was changed on its way',
  'bad-size': 'the image does not fit its memory',
  'flash-error': 'its memory could not take the image, or it is no image for it',
};

export const detailText = (detail: string | null): string => (detail === null ? '' : (details[detail] ?? detail));

const endings: Partial<Record<DeviceCommand['state'], { exit: ExitCode; why: string; next: string }>> = {
  failed: { exit: exitCodes.outsideFailed, why: 'The device could not do it', next: 'Mend what it names and try again.' },
  expired: { exit: exitCodes.timedOut, why: 'The device was not there in time', next: 'See `lapak device list --here`.' },
  unknown: {
    exit: exitCodes.outsideFailed,
    why: 'Nobody knows whether it was done',
    next: 'Look at the device before you try again.',
  },
};

interface Wish {
  command: string;
  args?: CommandArgs;
  ttlSeconds: number;
}

export interface Following {
  clock: Clock;
  timeoutMs: number;
  /** Told again and again while it is not over. */
  onWait?(): Promise<void>;
}

/** Until it was done, or not: then it fails with the reason. */
export async function commandDevice(
  node: LocalNode,
  device: Pick<Device, 'id' | 'name'>,
  wish: Wish,
  { clock, timeoutMs, onWait }: Following,
): Promise<DeviceCommand> {
  const deadline = clock.now() + timeoutMs;
  let now = await node.device.command({ params: { id: device.id }, body: { id: makeId(), ...wish } });
  for (;;) {
    if (now.state === 'done') return now;
    const ending = endings[now.state];
    if (ending)
      throw new Failure({
        ...ending,
        code: now.state,
        what: `${device.name} did not “${wish.command}”.`,
        why: `${ending.why}${now.detail ? `: ${detailText(now.detail)}` : ''}.`,
      });
    if (clock.now() >= deadline)
      throw new Failure({
        exit: exitCodes.timedOut,
        code: 'device-waiting',
        what: 'It is not done yet.',
        why: now.state === 'queued' ? `${device.name} is not there.` : `${device.name} has not answered yet.`,
        next: 'It is done when the device is there, unless that takes too long; see `lapak device monitor`.',
      });
    await onWait?.();
    await wait(clock, POLL_MS);
    now = await node.device.commandState({ params: { id: now.id } });
  }
}
