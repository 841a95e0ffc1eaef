// lapak device command DEVICE WORD: asks a device to do something, through its store's node, and says what became of it.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { checkEnding, followOrder } from '../../device-orders.ts';
import { findDevice, readValues } from '../../devices.ts';
import { dryRunFlag, storeFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';

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
    const order = checkEnding(this.flags.wait ? await followOrder(centre, given, this.waiting()) : given, name);
    this.show(order, () =>
      order.state === 'done'
        ? `${name} did “${order.command}”${order.detail ? `: ${order.detail}` : ''}.\n`
        : `${name} is asked to “${order.command}” until ${order.expiresAt} (${order.id}).\n`,
    );
  }
}
