// A printer on a serial line, over a pty: printed, pulled out in the middle, and found again when it is back.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openMechanism } from '#scripts/sandbox/printer/mechanism';
import { systemClock } from '../../base/clock.ts';
import { cut, text } from '../../receipt/blocks.ts';
import { encodeReceipt } from '../../receipt/escpos/encode.ts';
import { profileOf } from '../../receipt/test-sale.ts';
import { openLink } from './open-link.ts';
import { type PrinterDriver, startPrinter } from './printer.ts';

/** Opens a pty, tells the name of its far end, and carries its bytes from and to this process. */
const BRIDGE = `
import os, pty, select, sys, tty
near, far = pty.openpty()
tty.setraw(near); tty.setraw(far)
sys.stderr.write(os.ttyname(far) + "\\n"); sys.stderr.flush()
while True:
    ready, _, _ = select.select([near, 0], [], [])
    if near in ready: os.write(1, os.read(near, 65536))
    if 0 in ready:
        data = os.read(0, 65536)
        if not data: break
        os.write(near, data)
`;

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pty'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (!hasPython()) console.log('Skipped: a serial line needs python3 to play its other end.');

const job = encodeReceipt([text('Kopi'), cut], { profile: profileOf({ columns: 32 }), logo: undefined });

/** Plugs the simulated printer in where the driver looks for it. */
async function plugIn(path: string) {
  const bridge = spawn('python3', ['-c', BRIDGE]);
  const mechanism = openMechanism({ widthDots: 384, answer: (byte) => void bridge.stdin.write(Uint8Array.of(byte)) });
  bridge.stdout.on('data', (bytes: Buffer) => mechanism.take(bytes));
  const far = await new Promise<string>((resolve) =>
    bridge.stderr.once('data', (name: Buffer) => resolve(name.toString().trim())),
  );
  rmSync(path, { force: true });
  symlinkSync(far, path);
  const gone = new Promise<void>((resolve) => bridge.once('exit', () => resolve()));
  const pull = () => {
    rmSync(path, { force: true });
    bridge.kill();
    return gone;
  };
  onTestFinished(pull);
  return { ...mechanism, pull };
}

describe.skipIf(!hasPython())('a printer on a serial line', () => {
  it('[IOT-08] prints, leaves doubt when it is pulled in the middle, and prints again when it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lapak-serial-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'printer');
    const first = await plugIn(path);
    const driver: PrinterDriver = startPrinter({
      link: { kind: 'serial', path, baudRate: 115_200 },
      answers: true,
      openLink,
      clock: systemClock,
      onChange: () => undefined,
    });
    onTestFinished(() => driver.stop());
    await expect.poll(() => driver.state().condition, { timeout: 10_000 }).toBe('ready');
    expect(await driver.print(job)).toEqual({ kind: 'printed' });
    expect(first.pieces().map(({ lines }) => lines)).toEqual([['Kopi']]);
    first.setPaper('out');
    const doubted = driver.print(job);
    await expect.poll(() => driver.state().condition, { timeout: 10_000 }).toBe('paper-out');
    await first.pull();
    expect(await doubted).toMatchObject({ kind: 'doubt' });
    await expect.poll(() => driver.state().condition, { timeout: 10_000 }).toBe('offline');
    const second = await plugIn(path);
    await expect.poll(() => driver.state().condition, { timeout: 20_000 }).toBe('ready');
    expect(await driver.print(job)).toEqual({ kind: 'printed' });
    expect([second.pieces().length, second.faults()]).toEqual([1, []]);
  });
});
