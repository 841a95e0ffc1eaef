// A virtual dispenser and a node on one clock: the smallest store in which something pours. Tests start it and tell a story with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVirtualDispenser, type VirtualDispenser } from '#node/devices/virtual/dispenser';
import type { DeviceSettings } from '#schema/wire/dispenser';
import { type TrialClock, trialClock } from './clock.ts';
import { type TrialNode, type TrialNodeOptions, type TrialVoucher, trialCode, trialDispenser, trialNode } from './node.ts';
import { trialModule } from './wasm.ts';

export const trialStartMs = Date.UTC(2026, 0, 5, 9);

export interface TrialStore {
  clock: TrialClock;
  node: TrialNode;
  dispenser: VirtualDispenser;
  code(serial: number, more?: Partial<TrialVoucher>): string;
  /** Holds the code of a serial before the scanner and lets it come to an end. */
  pour(serial: number, more?: Partial<TrialVoucher>): void;
  restart(): void;
  stop(): Promise<void>;
}

export async function trialStore(
  options: { settings?: Partial<DeviceSettings>; node?: Partial<TrialNodeOptions>; keyEpoch?: number } = {},
): Promise<TrialStore> {
  const clock = trialClock(trialStartMs);
  const folder = mkdtempSync(join(tmpdir(), 'lapak-dispenser-'));
  let boots = 0;
  const dispenser = createVirtualDispenser({
    wasm: await trialModule(),
    ...trialDispenser,
    flashFile: join(folder, 'flash'),
    clock,
    random: (length) => new Uint8Array(length).fill(++boots),
    motorMs: 1000,
    ...(options.keyEpoch === undefined ? {} : { keyEpoch: options.keyEpoch }),
    settings: options.settings ?? {},
  });
  const node = trialNode({ clock, send: (bytes) => dispenser.send(bytes), ...options.node });
  await dispenser.start({ message: node.receive, presence: () => {} });
  clock.pass(100);
  const code = (serial: number, more: Partial<TrialVoucher> = {}) =>
    trialCode({ serial, expiresAtMs: clock.now() + 15 * 60_000, ...more });
  return {
    clock,
    node,
    dispenser,
    code,
    pour(serial, more) {
      dispenser.scan(code(serial, more));
      clock.pass(12_000);
    },
    restart() {
      dispenser.cutPower();
      clock.pass(100);
      dispenser.powerOn();
      clock.pass(100);
    },
    async stop() {
      await dispenser.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
