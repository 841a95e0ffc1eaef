// The agent of a machine with our core: its authority pours, and beside it stand its settings, its firmware, and a hand for commands.

import type { PouringConfig } from '#schema/rules/device';
import { firmwareText } from '#schema/rules/device-update';
import { assert } from '#schema/values/assert';
import type { Clock } from '#schema/values/clock';
import { capabilities, type MessageOf } from '#schema/wire/dispenser';
import { type Asking, openAsking } from '../dispense/asking.ts';
import type { Authority } from '../dispense/authority.ts';
import { openConfiguring } from '../dispense/configuring.ts';
import { testMotor } from '../dispense/motor-test.ts';
import { openUpdating, type Updating } from '../dispense/updating.ts';
import type { Agent } from './agent.ts';
import type { CommandAnswer, DeviceHand } from './commands/queue.ts';
import type { StoreDevice } from './devices.ts';
import { type Firmware, isUnfinished, type UpdateRow } from './firmware.ts';
import { type CountRefusal, firmwareRefusals } from './refusals.ts';

const PING_MS = 3_000;
/** It finishes what it pours first. */
const RESTART_MS = 60_000;

type Order = Parameters<DeviceHand['obey']>[0];

interface DispenserAgentParts {
  device: StoreDevice;
  authority: Authority;
  firmware: Firmware;
  clock: Clock;
  now: () => number;
  isPaused: () => boolean;
  refused: CountRefusal;
  onChange(): void;
  /** The end of a command that took long; what else it changes on disk is done in the same commit. */
  answer(commandId: string, answer: CommandAnswer, also: () => void): void;
}

export function openDispenserAgent(parts: DispenserAgentParts): Agent {
  const { authority, firmware, clock, now, isPaused, refused, onChange, answer } = parts;
  let { device } = parts;
  let hello: MessageOf<'hello'> | undefined;
  let state: MessageOf<'state'> | undefined;
  let updating: Updating | undefined;
  const asking = openAsking(authority, clock);
  const configuring = openConfiguring({
    conversation: authority,
    clock,
    wanted: () => ({ version: device.configVersion, config: device.config as PouringConfig, paused: isPaused() }),
    onChange,
  });
  authority.on('hello', (heard) => {
    hello = heard;
    onChange();
  });
  authority.on('state', (heard) => {
    state = heard;
    onChange();
  });

  function follow(row: UpdateRow): void {
    const image = firmware.image(row.digest);
    const bytes = firmware.bytes(row.digest);
    assert(image && bytes, 'an image is kept as long as an update needs it');
    updating = openUpdating({
      conversation: authority,
      clock,
      image: { firmware: image.firmware, digest: Buffer.from(row.digest, 'hex'), bytes },
      boot: hello?.bootId ?? null,
      from: row,
      onStep(progress, reason) {
        const keep = () => firmware.step(device.id, progress, now());
        if (isUnfinished({ ...row, ...progress })) {
          keep();
          return onChange();
        }
        dropUpdate();
        const refusal = firmwareRefusals.find((word) => word === reason);
        if (refusal) refused(refusal);
        const outcome = progress.state === 'confirmed' ? 'done' : 'failed';
        answer(row.commandId, { outcome, detail: reason ?? progress.state }, keep);
      },
    });
  }

  function dropUpdate(): void {
    updating?.stop();
    updating = undefined;
  }

  function update({ id, args, expiresAt }: Order): CommandAnswer | 'later' {
    const digest = String(args.digest);
    const failed = (detail: string): CommandAnswer => ({ outcome: 'failed', detail });
    const image = firmware.image(digest);
    if (!image) return failed('no-image');
    if (hello?.firmware === image.firmware) return { outcome: 'done', detail: 'already-there' };
    if (hello && (hello.capabilities & capabilities.takesUpdates) === 0) return failed('takes-no-updates');
    if (isUnfinished(firmware.update(device.id))) return failed('update-in-progress');
    follow(firmware.begin({ deviceId: device.id, commandId: id, digest, expiresAt }, now()));
    updating?.begin();
    return 'later';
  }

  const problem = (): { works: boolean; reason: string | null } => {
    const { fault } = authority.state();
    if (fault !== null) return { works: false, reason: fault };
    if (state && state.jammed !== 0) return { works: false, reason: 'jammed' };
    if (configuring.refused()) return { works: true, reason: 'config-refused' };
    return { works: true, reason: state && state.empty !== 0 ? 'empty' : null };
  };

  return {
    state() {
      const { presence, busy, lastSeenAt } = authority.state();
      const row = firmware.update(device.id);
      const image = isUnfinished(row) ? firmware.image(row.digest) : undefined;
      const progress = updating?.progress() ?? row;
      return {
        present: presence === 'present',
        busy,
        ...problem(),
        asksFirst: authority.asksFirst(),
        lastSeenAt,
        firmware: hello ? firmwareText(hello.firmware) : null,
        configVersion: configuring.running(),
        update:
          image && progress
            ? { state: progress.state, received: progress.received, size: image.size, firmware: firmwareText(image.firmware) }
            : null,
      };
    },
    // Without its greeting nothing that carries a seal would reach it.
    isThere: () => authority.state().presence === 'present' && hello !== undefined,
    obey: handOf({ authority, asking, boot: () => hello?.bootId, update }),
    follow(changed) {
      device = changed;
      configuring.follow();
    },
    dropUpdate,
    async start() {
      const row = firmware.update(device.id);
      if (isUnfinished(row)) follow(row);
      await authority.start();
    },
    async stop() {
      asking.stop();
      configuring.stop();
      dropUpdate();
      await authority.stop();
    },
  };
}

interface HandParts {
  authority: Authority;
  asking: Asking;
  /** Of the start that it last greeted with. */
  boot(): Uint8Array | undefined;
  update(order: Order): CommandAnswer | 'later';
}

/** What each command is with our core; the queue let no other through. */
function handOf({ authority, asking, boot, update }: HandParts): DeviceHand['obey'] {
  async function ping(): Promise<CommandAnswer | 'silent'> {
    const heard = await asking.ask({ ask: () => authority.send({ kind: 'getState' }), answer: 'hello', withinMs: PING_MS });
    if (!heard) return 'silent';
    const { pending, slots } = heard;
    return { outcome: 'done', detail: `firmware ${firmwareText(heard.firmware)}, ${slots} slots, ${pending} outcomes wait` };
  }

  async function test(slot: number): Promise<CommandAnswer | 'silent'> {
    const tested = await testMotor(authority, asking, slot);
    if (!tested) return 'silent';
    const { result, drops, motorMs } = tested;
    if (result !== 'turned') return { outcome: 'failed', detail: result };
    return { outcome: 'done', detail: `turned in ${motorMs} ms, ${drops} fell` };
  }

  async function restart(): Promise<CommandAnswer | 'silent'> {
    const before = boot();
    const heard = await asking.ask({
      ask: () => authority.sendSealed<'restart'>({ kind: 'restart' }),
      answer: 'hello',
      isAnswer: ({ bootId }) => before === undefined || Buffer.compare(bootId, before) !== 0,
      withinMs: RESTART_MS,
    });
    return heard ? { outcome: 'done', detail: `firmware ${firmwareText(heard.firmware)}` } : 'silent';
  }

  return async (order) => {
    const { command, args } = order;
    if (command === 'ping') return ping();
    if (command === 'test-motor') return test(Number(args.slot));
    if (command === 'update') return update(order);
    assert(command === 'restart', `a dispenser knows no ${command}`);
    return restart();
  };
}
