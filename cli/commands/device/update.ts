// lapak device update DEVICE FILE: brings a firmware image to the store node on this machine and sees the device through its update.
import { readFile } from 'node:fs/promises';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../../base-command.ts';
import { notFound } from '../../failure.ts';
import { dataFolderFlag, dryRunFlag } from '../../flags.ts';
import { commandDevice, detailText, findNodeDevice } from '../../node-devices.ts';

/** Hours, because it never interrupts a pour and outlives every loss of the link. */
const STAY_MS = 6 * 3_600_000;

export default class DeviceUpdate extends LapakCommand<typeof DeviceUpdate> {
  static override summary = 'Give a device of the store node on this machine a new firmware.';
  static override description =
    'It never interrupts a pour, goes on after any loss, and the new firmware stays only once it has heard its node. Interrupted here, it goes on at the node.';
  static override examples = ['<%= config.bin %> device update "Water 1" dispenser-1.4.0.bin --firmware 1.4.0'];
  static override args = {
    device: Args.string({ required: true, description: 'Its name, number or id, or a prefix of one.' }),
    file: Args.string({ required: true, description: 'The signed image that its build made.' }),
  };
  static override flags = {
    firmware: Flags.string({ summary: 'The version that the image says of itself.', required: true, helpValue: '<1.4.0>' }),
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask first.' }),
    ...dataFolderFlag,
    ...dryRunFlag,
  };

  protected readonly attempt = 'update the device';

  async run(): Promise<void> {
    const { firmware } = this.flags;
    const node = await this.localNode();
    const device = await findNodeDevice(node, this.args.device);
    const image = await this.readImage();
    const running = device.firmware ?? 'a firmware that nobody knows';
    await this.ask(`Replace ${running} on ${device.name} by ${firmware} (${image.length} bytes)?`);
    const { digest } = await node.device.addFirmware({ body: { firmware, image: image.toString('base64') } });
    const progress = this.progress(`Updating ${device.name}`, 'bytes', image.length);
    const onWait = async () => {
      const { items } = await node.device.list();
      progress.reach(items.find(({ id }) => id === device.id)?.update?.received ?? 0);
    };
    const wish = { command: 'update', args: { digest }, ttlSeconds: STAY_MS / 1_000 };
    const done = await commandDevice(node, device, wish, { clock: this.clock, timeoutMs: STAY_MS, onWait }).finally(progress.end);
    this.show(done, () =>
      done.detail === 'already-there'
        ? `${device.name} runs ${firmware} already.\n`
        : `${device.name} runs ${firmware} and keeps it${done.detail === 'confirmed' ? '' : ` (${detailText(done.detail)})`}.\n`,
    );
  }

  private async readImage(): Promise<Buffer> {
    try {
      return await readFile(this.args.file);
    } catch {
      throw notFound(
        `There is no file ${this.args.file} that can be read.`,
        'Name the image that the build made.',
        'no-image-file',
      );
    }
  }
}
