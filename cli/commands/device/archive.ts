// lapak device archive DEVICE: its store forgets it; what it did stays. Said with --undo, it is back.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { isId } from '#schema/values/id';
import { LapakCommand } from '../../base-command.ts';
import { findDevice } from '../../devices.ts';
import { dryRunFlag, storeFlag, yesFlag } from '../../flags.ts';

export default class DeviceArchive extends LapakCommand<typeof DeviceArchive> {
  static override summary = 'Take a device out of its store.';
  static override examples = ['<%= config.bin %> device archive "Water 1"'];
  static override args = { device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }) };
  static override flags = {
    undo: Flags.boolean({ summary: 'Bring it back; one that is archived is named by its whole id.' }),
    store: storeFlag,
    ...yesFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'archive the device';

  async run(): Promise<void> {
    const { undo = false, store } = this.flags;
    const { device: text } = this.args;
    const centre = await this.centre();
    const device = isId(text) ? await centre.device.show({ params: { id: text } }) : await findDevice(centre, text, store);
    if (!undo) await this.ask(`Archive ${device.name} of ${device.storeCode}? Nothing is sold from it any more.`);
    const changed = await centre.device.change({ params: { id: device.id }, body: { archived: !undo } });
    this.show(changed, () => (undo ? `${changed.name} is back in its store.\n` : `Archived ${changed.name} (${changed.id}).\n`));
  }
}
