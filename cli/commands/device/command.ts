// lapak device command DEVICE WORD: asks a device to do something, through its store's node, and says what became of it.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { DeviceOrder } from '#schema/wire/device-order';
import { LapakCommand } from '../../base-command.ts';
import type { Centre } from '../../connect.ts';
import { findDevice, readValues } from '../../devices.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { dryRunFlag, storeFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { wait } from '../../ui/clock.ts';

const POLL_MS = 250;

const endings: Partial<Record<DeviceOrder['state'], { exit: ExitCode; why: string; next: string }>> = {
  failed: { exit: exitCodes.outsideFailed, why: 'The device could not do it', next: 'Mend what it names and ask again.' },
  expired: {
    exit: exitCodes.timedOut,
    why: 'The device was not there in time; it did not begin',
    next: 'See `lapak device show`.',
  },
  unknown: {
    exit: exitCodes.outsideFailed,
    why: 'It was sent, and nobody answered',
    next: 'Look at the device before you ask again.',
  },
};

export default class DeviceCommand extends LapakCommand<typeof DeviceCommand> {
  static override summary = 'Ask a device to do something.';
  static override examples = [
    '<%= config.bin %> device command "Water 1" test-motor --arg slot=0',
    '<%= config.bin %> device command "Fridge 1" defrost --ttl 3600 --no-wait',
  ];
  static override args = {
    device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }),
    command: Args.string({
      required: true,
      description: 'The word for it: ping, restart, test-motor, or what the device knows.',
    }),
  };
  static override flags = {
    arg: Flags.string({ multiple: true, summary: 'What goes with it; may be said several times.', helpValue: '<name=value>' }),
    ttl: Flags.integer({ summary: 'Seconds that it may wait until the device is there; 900 unless said.', min: 1 }),
    wait: Flags.boolean({ summary: 'Stay until something became of it.', default: true, allowNo: true }),
    store: storeFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'ask the device';

  async run(): Promise<void> {
    const { arg, ttl, store } = this.flags;
    const centre = await this.centre();
    const { id: deviceId, name } = await findDevice(centre, this.args.device, store);
    const body = {
      id: makeId(),
      command: this.args.command,
      ...(arg && { args: readValues(arg) }),
      ...(ttl !== undefined && { ttlSeconds: ttl }),
    };
    const given = await centre.deviceOrder.give({ params: { id: deviceId }, body });
    const order = this.flags.wait ? await this.outcomeOf(centre, given) : given;
    const ending = endings[order.state];
    if (ending)
      throw new Failure({
        ...ending,
        code: order.state,
        what: `${name} did not answer “${order.command}” with success.`,
        why: `${ending.why}${order.detail ? `: ${order.detail}` : ''}.`,
      });
    this.show(order, () =>
      order.state === 'done'
        ? `${name} did “${order.command}”${order.detail ? `: ${order.detail}` : ''}.\n`
        : `${name} is asked to “${order.command}” until ${order.expiresAt} (${order.id}).\n`,
    );
  }

  /** Until its time is over, or ours. */
  private async outcomeOf(centre: Centre, given: DeviceOrder): Promise<DeviceOrder> {
    const { clock, timeoutMs } = this.waiting();
    const deadline = clock.now() + timeoutMs;
    for (;;) {
      const order = await centre.deviceOrder.show({ params: { id: given.deviceId, commandId: given.id } });
      if (order.state !== 'queued') return order;
      if (order.overdue || clock.now() >= deadline)
        throw new Failure({
          exit: exitCodes.timedOut,
          code: 'store-silent',
          what: 'It was asked for, and nobody has said what became of it.',
          why: order.overdue ? 'Its time is over: it does not begin any more.' : 'The store or the device has not answered yet.',
          next: `See \`lapak device show\`, or wait longer with --timeout. Its id is ${order.id}.`,
        });
      await wait(clock, POLL_MS);
    }
  }
}
