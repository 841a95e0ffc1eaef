// A played dispenser as a program of its own at the end of a pty: found, poured, pulled out and found again.
import { expect, it, onTestFinished } from 'vitest';
import { randomBytes, systemClock } from '#node/base/clock';
import type { Presence } from '#node/devices/driver';
import { openSerial } from '#node/devices/serial/driver';
import { trialCode, trialDispenser, trialNode } from '#scripts/dispenser-trial/node';
import { openPty } from '#scripts/dispenser-trial/pty';
import { hasPrograms } from '#scripts/dispenser-trial/toolchain';
import { testFolder } from './test-cli.ts';
import { playByCommand, soon } from './test-played.ts';

const hasSocat = hasPrograms('a played dispenser at a pty', ['socat']);
const key = Buffer.from(trialDispenser.rootKey).toString('hex');

it.skipIf(!hasSocat)(
  '[DSP-06] [DSP-11] plays a dispenser at a serial line, over noise and a pulled cable',
  {
    timeout: 180_000,
  },
  async () => {
    const pty = await openPty();
    onTestFinished(() => pty.remove());
    const [nodeEnd, dispenserEnd] = pty.ends;
    const driver = openSerial({ path: nodeEnd, clock: systemClock, random: randomBytes, refused: () => {} });
    onTestFinished(() => driver.stop());
    const presences: Presence[] = [];
    const node = trialNode({ clock: systemClock, send: (bytes) => void driver.send(bytes) });
    await driver.start({ message: node.receive, presence: (presence) => presences.push(presence) });
    const args = ['--number', '7', '--serial', dispenserEnd, '--motor-ms', '100', '--at-start', 'noise 5'];
    const played = playByCommand(testFolder(), args, { LAPAK_DISPENSER_KEY: key });
    await expect.poll(() => node.of('state').at(-1)?.clockValid, soon).toBe('yes');
    played.type(`scan ${trialCode({ serial: 1, expiresAtMs: systemClock.now() + 600_000 })}`);
    await expect.poll(() => node.of('outcome').at(-1)?.result, soon).toBe('ok');
    await pty.pull();
    await expect.poll(() => presences.at(-1), soon).toBe('lost');
    await pty.plug();
    await expect.poll(() => presences.at(-1), soon).toBe('present');
    expect(await played.state()).toMatchObject({ on: true, turns: 1 });
  },
);
