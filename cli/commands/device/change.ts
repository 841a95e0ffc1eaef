// lapak device change DEVICE: another name, slots, link or settings; its node has it in about a second.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { deviceFlags, findDevice, readLink, readSlots, readValues } from '../../devices.ts';
import { wrongUse } from '../../failure.ts';
import { dryRunFlag, storeFlag } from '../../flags.ts';

export default class DeviceChange extends LapakCommand<typeof DeviceChange> {
  static override summary = 'Change a device.';
  static override examples = [
    '<%= config.bin %> device change "Water 1" --slot 0=AIR-600 --slot 1=AIR-1500',
    '<%= config.bin %> device change "Fridge 1" --set highest=50 --set doorOpenMinutes=none',
  ];
  static override args = { device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }) };
  static override flags = {
    name: Flags.string({ summary: 'What people call it.' }),
    ...deviceFlags,
    store: storeFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'change the device';

  async run(): Promise<void> {
    const { name, slot, link, set, store } = this.flags;
    const centre = await this.centre();
    const { id } = await findDevice(centre, this.args.device, store);
    const body = {
      ...(name !== undefined && { name }),
      ...(slot && { slots: await readSlots(centre, slot) }),
      ...(link !== undefined && { link: readLink(link) }),
      ...(set && { config: readValues(set) }),
    };
    if (Object.keys(body).length === 0)
      throw wrongUse('Nothing was said to change.', 'Say --name, --slot, --link or --set: see --help.');
    const device = await centre.device.change({ params: { id }, body });
    this.show(device, () => `Changed ${device.name}; its settings are at version ${device.configVersion}.\n`);
  }
}
