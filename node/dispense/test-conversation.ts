// A conversation with the dispenser's own core over one clock that the test moves, greeted as the authority greets it; for what stands beside
// the authority.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DeviceSettings, MessageName, MessageOf } from '#schema/wire/dispenser';
import { type TrialClock, trialClock } from '#scripts/dispenser-trial/clock';
import { trialCode, trialDispenser } from '#scripts/dispenser-trial/node';
import { trialStartMs } from '#scripts/dispenser-trial/store';
import { trialModule } from '#scripts/dispenser-trial/wasm';
import type { Driver } from '../devices/driver.ts';
import { createVirtualDispenser, type VirtualDispenser } from '../devices/virtual/dispenser.ts';
import { type Conversation, openConversation } from './conversation.ts';

const CARRY_MS = 5;

export interface TestConversation {
  conversation: Conversation;
  machine: VirtualDispenser;
  clock: TrialClock;
  /** What it said of this kind, in its order. */
  heard<Name extends MessageName>(kind: Name): MessageOf<Name>[];
  /** Its messages reach the node, and no word of the node reaches it. */
  setDeaf(deaf: boolean): void;
  /** It hears its node, and nobody hears it. */
  setMute(mute: boolean): void;
  scan(serial: number): void;
}

export async function openTestConversation(settings: Partial<DeviceSettings> = {}): Promise<TestConversation> {
  const clock = trialClock(trialStartMs);
  const folder = mkdtempSync(join(tmpdir(), 'lapak-conversation-'));
  let boots = 0;
  let isDeaf = false;
  let isMute = false;
  const machine = createVirtualDispenser({
    wasm: await trialModule(),
    ...trialDispenser,
    flashFile: join(folder, 'flash'),
    clock,
    random: (length) => new Uint8Array(length).fill(++boots),
    motorMs: 1000,
    settings,
  });
  /** A line that takes what it is given and a while to carry it; what nobody hears is lost. */
  function send(message: Uint8Array): boolean {
    clock.after(CARRY_MS, () => isDeaf || machine.send(message));
    return true;
  }

  const dispenser = {
    id: 'water',
    number: trialDispenser.dispenserNumber,
    name: 'Water',
    slots: [],
    driver: 'virtual',
    ...trialDispenser,
  };
  const driver: Driver = {
    send,
    start: ({ message, presence }) => machine.start({ presence, message: (bytes) => isMute || message(bytes) }),
    stop: () => machine.stop(),
  };
  const conversation = openConversation({ dispenser, driver, onHeard() {}, onCommand() {}, onUnreadable() {} });
  const kept: { kind: MessageName }[] = [];
  const kinds = ['hello', 'configReport', 'updateStatus', 'motorTested', 'state', 'outcome'] as const;
  for (const kind of kinds) conversation.on(kind, (message) => void kept.push(message));
  conversation.on('hello', ({ bootId }) => {
    conversation.send({ kind: 'helloAck', bootId });
    conversation.sendSealed<'time'>({ kind: 'time', unix: Math.floor(clock.now() / 1000), mayLower: 'no' });
  });
  conversation.on('scan', ({ scan, serial }) => void conversation.sendSealed<'authOk'>({ kind: 'authOk', scan, serial }));
  onTestFinished(async () => {
    await conversation.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    conversation,
    machine,
    clock,
    heard: (kind) => kept.filter((message) => message.kind === kind) as never,
    setDeaf(deaf) {
      isDeaf = deaf;
    },
    setMute(mute) {
      isMute = mute;
    },
    scan: (serial) => machine.scan(trialCode({ serial, expiresAtMs: clock.now() + 15 * 60_000 })),
  };
}
