// lapak device test DEVICE: turns a motor once without a voucher, or with --link only asks whether the device is there.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { pours } from '#schema/rules/device';
import { LapakCommand } from '../../base-command.ts';
import { wrongUse } from '../../failure.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { commandDevice, findNodeDevice } from '../../node-devices.ts';

/** Nobody wants a motor to turn when everybody has gone home. */
const TTL_S = 30;

export default class DeviceTest extends LapakCommand<typeof DeviceTest> {
  static override summary = 'Test a device of the store node on this machine.';
  static override description =
    'A machine that pours turns the motor of one slot, once, without a voucher: what falls is yours. Any other device, or any with --link, is asked whether it is there.';
  static override examples = [
    '<%= config.bin %> device test "Water 1"',
    '<%= config.bin %> device test "Water 1" --slot 2 --yes',
    '<%= config.bin %> device test "Milk fridge"',
    '<%= config.bin %> device test "Water 1" --link',
  ];
  static override args = { device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }) };
  static override flags = {
    slot: Flags.integer({ summary: 'The slot whose motor turns; the first unless said.', min: 0, max: 255 }),
    link: Flags.boolean({ summary: 'Turn nothing: only ask whether it is there.', exclusive: ['slot'] }),
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask first.' }),
    ...dataFolderFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'test the device';

  async run(): Promise<void> {
    const node = await this.localNode();
    const device = await findNodeDevice(node, this.args.device);
    const turns = pours(device.kind) && !this.flags.link;
    if (this.flags.slot !== undefined && !turns)
      throw wrongUse(`${device.name} is a ${device.kind}: it has no slots.`, 'Leave --slot out.', 'no-slots');
    if (device.kind === 'printer')
      throw wrongUse(`${device.name} is a printer.`, `Print a test page: lapak printer test ${device.name}`, 'is-printer');
    const slot = this.flags.slot ?? device.slots[0]?.slot ?? 0;
    if (turns) await this.ask(`Turn the motor of slot ${slot} of ${device.name} once? What falls is not sold.`);
    const wish = turns ? { command: 'test-motor', args: { slot } } : { command: 'ping' };
    const done = await commandDevice(node, device, { ...wish, ttlSeconds: TTL_S }, this.waiting());
    this.show(done, () => `${device.name} ${turns ? `slot ${slot}` : 'is there'}: ${done.detail ?? 'done'}\n`);
  }
}
